"""The tables of the record, by what they hold."""

from __future__ import annotations

from reportedly.record.models.articles import (
    Address,
    Article,
    Coding,
    CopyBand,
    Credit,
    Dependency,
    Revision,
    StoryTerm,
)
from reportedly.record.models.decisions import Decision, Release
from reportedly.record.models.events import ControlInterval, Disagreement, Event
from reportedly.record.models.names import Actor, Place, Source, SourceEvent
from reportedly.record.models.responses import Job, OutletSetting, Response
from reportedly.record.models.statements import EventFigure, LinkKey, Participation, Statement, Voice
from reportedly.record.models.tokens import Token

__all__ = [
    "Actor",
    "Address",
    "Article",
    "Coding",
    "ControlInterval",
    "CopyBand",
    "Credit",
    "Decision",
    "Dependency",
    "Disagreement",
    "Event",
    "EventFigure",
    "Job",
    "LinkKey",
    "OutletSetting",
    "Participation",
    "Place",
    "Release",
    "Response",
    "Revision",
    "Source",
    "SourceEvent",
    "Statement",
    "StoryTerm",
    "Token",
    "Voice",
]

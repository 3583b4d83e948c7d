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
from reportedly.record.models.statements import EventFigure, LinkKey, Participation, Statement, Voice

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
    "LinkKey",
    "Participation",
    "Place",
    "Release",
    "Revision",
    "Source",
    "SourceEvent",
    "Statement",
    "StoryTerm",
    "Voice",
]

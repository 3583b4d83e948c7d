"""The errors that a user sees: each is one line that names the input and the reason."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Anything the user can be told in one line; the command line exits non-zero with it."""


class ReadError(ReportedlyError):
    """A source cannot be read as an article."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class LeftOut(ReadError):
    """A source was read well and is left out on purpose (another language, say)."""


class InputError(ReportedlyError):
    """An input file of the command line is malformed; says the file and the line."""


class SettingError(ReportedlyError):
    """A setting has a value that cannot be used."""


class ComponentError(ReportedlyError):
    """A pipeline component is missing or its requirements are not met."""


class RecordError(ReportedlyError):
    """The record cannot be opened, read or written."""


class QueryError(ReportedlyError):
    """A filter of a query has a value that cannot be used, or what is asked for is not in the record."""


class DecisionError(ReportedlyError):
    """A decision cannot be made: its target, field or value is not one that can be decided on."""

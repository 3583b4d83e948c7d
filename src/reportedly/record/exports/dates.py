"""Days in the terms of export formats. An event's days are those that reports mean; the day of publication is never
taken for one of them."""

from __future__ import annotations

import datetime

from msgspec import Struct

from reportedly.record.exports.shapes import EventRecord

WEEK, MONTH = 7, 31


def days(record: EventRecord) -> int | None:
    """How many days the event may have taken or may lie in, both ends counted; None if a side is open."""
    if not record.first or not record.last:
        return None
    return (datetime.date.fromisoformat(record.last) - datetime.date.fromisoformat(record.first)).days + 1


def ucdp_precision(record: EventRecord) -> int | None:
    """UCDP's date_prec: 1 the day, 2 two to six days, 3 a week, 4 eight days to a month, 5 more; None if open."""
    known = days(record)
    if known is None:
        return None
    for precision, most in ((1, 1), (2, WEEK - 1), (3, WEEK), (4, MONTH)):
        if known <= most:
            return precision
    return 5


class Dated(Struct, frozen=True):
    """ACLED's event_date (ISO) and time_precision, and whether the day was chosen by its rule."""

    day: str | None = None
    precision: int | None = None
    chosen: bool = False


def acled(record: EventRecord) -> Dated:
    """ACLED's date: the day (precision 1), else the middle of a week (2) or of a month (3). ACLED has no code for
    what is less exact: nothing then."""
    known = days(record)
    if known is None or known > MONTH or not record.first:
        return Dated()
    if known == 1:
        return Dated(record.first, 1)
    middle = datetime.date.fromisoformat(record.first) + datetime.timedelta(days=(known - 1) // 2)
    return Dated(middle.isoformat(), 2 if known <= WEEK else 3, True)


def first_published(record: EventRecord) -> str | None:
    """The ISO day of the earliest report, None if no report has one."""
    return min((article.published[:10] for article in record.articles if article.published), default=None)

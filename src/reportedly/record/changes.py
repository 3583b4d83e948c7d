"""What changed from one release to the next, and why: events added, removed, merged, and fields old and new.

Two files of events in JSON Lines, both sorted by id, are read side by side, a line at a time. The reasons are found
in the lines themselves: articles that came in, codings by a newer coder, decisions of people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import msgspec
from msgspec import Struct

from reportedly.record.exports import files
from reportedly.record.exports.source import SOMEBODY
from reportedly.record.models import Event, Statement

FILES = ("changes.json", "changes.md")
KINDS = ("added", "removed", "merged", "changed")
#: Fields of an event's line that are compared; the others follow from them or are of no interest by themselves.
FIELDS = (
    *("judgement", "type", "mode", "place", "first", "last", "certainty", "disputed", "background", "killed"),
    *("credibility", "airwars", "origins", "outlets"),
)
Line = dict[str, Any]


class Change(Struct, frozen=True, kw_only=True):
    """One event that is not as it was. `kind` is added, removed, merged or changed; `into` the event that it was
    merged into; `fields` the fields that differ, each as [old, new]; `because` why, as far as that shows."""

    event: str
    kind: str
    label: str
    fields: dict[str, list[Any]] = {}
    into: str | None = None
    because: tuple[str, ...] = ()


def write(before: Path | None, after: Path, folder: Path, since: str | None, *, names: bool = False) -> dict[str, int]:
    """Write changes.json and changes.md for two files of events.

    Args:
        before: the events of the last release; None for a first one.
        after: those of this one.
        folder: where the changes go.
        since: when the last release was made, an ISO date-time.
        names: say who decided; without it, "a person" did, also where the last release has names.

    Returns:
        How many changes of each kind.
    """
    counts: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    with ExitStack() as stack:
        as_json, as_text = (stack.enter_context(files.replacing(folder / name)) for name in FILES)
        as_json.write(b"[")
        told = (
            f"Since the release of {since[:19] if since else before.parent.name}."
            if before
            else "The first release: every event is new."
        )
        as_text.write(f"# Changes\n\n{told}\n".encode())
        for number, change in enumerate(compare(before, after, since, names=names)):
            counts[change.kind] += 1
            as_json.write((b",\n" if number else b"\n") + msgspec.json.encode(change))
            if before:
                as_text.write(_told(change).encode("utf-8", "replace"))
        as_json.write(b"\n]\n")
        total = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
        as_text.write(f"\nAltogether: {total}.\n".encode())
    return dict(counts)


def compare(before: Path | None, after: Path, since: str | None = None, *, names: bool = False) -> Iterator[Change]:
    """The changes from one file of events to another, by id; `since` and `names` as of `write`."""
    for old, new in _pairs(before, after, names):
        if old is None and new is not None:
            yield Change(event=new["id"], kind="added", label=new["label"], because=_why_added(new, since))
        elif old is not None and new is None:
            yield _gone(old, names)
        elif old is not None and new is not None:
            differing = {name: [old.get(name), new.get(name)] for name in FIELDS if old.get(name) != new.get(name)}
            if differing:
                label = new["label"]
                yield Change(event=new["id"], kind="changed", label=label, fields=differing, because=_why(old, new))


def _pairs(before: Path | None, after: Path, names: bool) -> Iterator[tuple[Line | None, Line | None]]:
    """The lines of both files by id; None where one has no such event."""
    with ExitStack() as stack:
        old_lines = _lines(stack.enter_context(_open(before)), names) if before else iter(())
        new_lines = _lines(stack.enter_context(_open(after)), names)
        old, new = next(old_lines, None), next(new_lines, None)
        while old is not None or new is not None:
            if new is None or (old is not None and old["id"] < new["id"]):
                yield old, None
                old = next(old_lines, None)
            elif old is None or new["id"] < old["id"]:
                yield None, new
                new = next(new_lines, None)
            else:
                yield old, new
                old, new = next(old_lines, None), next(new_lines, None)


def _open(path: Path) -> TextIO:
    with files.told(path):
        return path.open(encoding="utf-8")


def _lines(file: TextIO, names: bool = False) -> Iterator[Line]:
    """The events of a file; without names, whoever decided is "a person"."""
    decode = msgspec.json.Decoder(Line).decode
    for text in file:
        if text.strip():
            line = decode(text)
            for one in () if names else line["decisions"]:
                one["user"] = SOMEBODY
            yield line


def counts(events: Path) -> dict[str, int]:
    """What a file of events holds: events, and the statements, articles and decisions that they rest on."""
    found: Counter[str] = Counter(events=0, statements=0, confirmed=0)
    articles: set[str] = set()
    with _open(events) as file:
        for line in _lines(file):
            found["events"] += 1
            found["statements"] += len(line["reports"])
            found["confirmed"] += line["judgement"] == "confirmed"
            articles.update(article["id"] for article in line["articles"])
    return {**found, "articles": len(articles)}


def _why_added(new: Line, since: str | None) -> tuple[str, ...]:
    told = tuple(_decided(one) for one in new["decisions"] if one["kind"] == "split")
    if not told and since and Event.objects.filter(public_id=new["id"], created__lte=since).exists():
        told = ("it was in the record before and left out: other filters, or a decision that was taken back",)
    return told or (_reports(new["articles"]),)


def _reports(articles: list[Line]) -> str:
    names = [_name(article) for article in articles]
    return f"new report{'s' if len(names) > 1 else ''}: {'; '.join(names)}"


def _name(article: Line) -> str:
    parts = (
        article["outlet"],
        f"“{article['title']}”" if article["title"] else None,
        (article["published"] or "")[:10],
    )
    return ", ".join(filter(None, parts)) or article["id"]


def _why(old: Line, new: Line) -> tuple[str, ...]:
    """Why an event is not as it was: decisions of people first, then reports, then codings."""
    return (*_decisions(old, new), *_articles(old, new)) or ("worked out anew from the same reports",)


def _decisions(old: Line, new: Line) -> Iterator[str]:
    before, after = (
        {(one["made"], one["target"], one["kind"], one["field"]): one for one in line["decisions"]}
        for line in (old, new)
    )
    yield from (_decided(one) for key, one in after.items() if key not in before)
    yield from (f"taken back: {_decided(one)}" for key, one in before.items() if key not in after)


def _decided(one: Line) -> str:
    about = f" {one['field']}" if one["field"] else ""
    return f"{one['user']} decided to {one['kind']}{about} on {one['made'][:10]}: {one['reason']}"


def _articles(old: Line, new: Line) -> Iterator[str]:
    before, after = ({article["id"]: article for article in line["articles"]} for line in (old, new))
    came = [after[name] for name in sorted(after.keys() - before.keys())]
    if came:
        yield _reports(came)
    for name in sorted(before.keys() - after.keys()):
        yield f"no longer a report of it: {_name(before[name])}"
    for name in sorted(before.keys() & after.keys()):
        yield from _recoded(before[name], after[name])


def _recoded(old: Line, new: Line) -> Iterator[str]:
    if old["revision"] != new["revision"]:
        yield f"the article was changed (revision {old['revision']} to {new['revision']}): {_name(new)}"
    elif old["coder"] != new["coder"]:
        yield f"coded anew by {_coder(new)} (before: {_coder(old)}): {_name(new)}"


def _coder(article: Line) -> str:
    coder = article["coder"] or {}
    return ", ".join(filter(None, (coder.get(name) for name in ("program", "model", "lexicons")))) or "an unknown coder"


def _gone(old: Line, names: bool) -> Change:
    """An event that is there no more: merged or rejected by people, outside of the filters, or coded otherwise."""
    row = Event.objects.filter(public_id=old["id"]).select_related("merged_into").first()
    label = old["label"]
    if row is not None and row.merged_into is not None:
        why = _told_by_people(old["id"], "merge", names)
        return Change(event=old["id"], kind="merged", label=label, into=row.merged_into.public_id, because=why)
    if row is not None and row.judgement == "rejected":
        return Change(event=old["id"], kind="removed", label=label, because=_told_by_people(old["id"], "reject", names))
    into = _moved_to(old)
    if into is not None and into != old["id"]:
        why = ("its reports were linked anew, with those of the other event",)
        return Change(event=old["id"], kind="merged", label=label, into=into, because=why)
    why = ("the filters leave it out now",) if into else ("its reports are no longer coded as an event",)
    return Change(event=old["id"], kind="removed", label=label, because=why)


def _moved_to(old: Line) -> str | None:
    """The event that most of an event's reports are of now."""
    keys = [report["key"] for report in old["reports"]]
    found = Statement.objects.filter(key__in=keys, current=True, event__isnull=False).exclude(judgement="rejected")
    counted = Counter(found.values_list("event__public_id", flat=True))
    return min(counted, key=lambda name: (-counted[name], name), default=None)


def _told_by_people(public_id: str, kind: str, names: bool) -> tuple[str, ...]:
    from reportedly.record import decisions_standing
    from reportedly.record.models import Decision

    rows = Decision.objects.filter(target_kind="event").filter(target=public_id)
    standing = decisions_standing.standing(rows)
    told: list[Line] = [msgspec.to_builtins(one) for one in standing if one.kind == kind]
    whose = [one if names else one | {"user": SOMEBODY} for one in told]
    return tuple(map(_decided, whose)) or (f"{kind}d by people",)


def _told(change: Change) -> str:
    """One change for people."""
    lines = [
        f"\n## {change.label or change.event}\n\n{change.kind}{f' into {change.into}' if change.into else ''} ({change.event})\n"
    ]
    lines += [f"- {name}: {_plain(old)} → {_plain(new)}" for name, (old, new) in change.fields.items()]
    lines += [f"- because: {why}" for why in change.because]
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:
    """A field's value for people."""
    if isinstance(value, dict):
        if "name" in value:
            return f"{value['name']} ({value.get('precision') or 'precision not known'})"
        bounds = ((name, value.get(name)) for name in ("low", "best", "high"))
        return ", ".join(f"{name} {'–' if one is None else f'{one:g}'}" for name, one in bounds)
    return "–" if value in (None, "") else str(value)

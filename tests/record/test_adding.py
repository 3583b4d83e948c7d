"""Articles are added once, changed ones as revisions; what hangs on them is derived, on both databases."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from reportedly.data import CodedArticle, Versions
from reportedly.errors import ReadError, RecordError
from reportedly.record import adding, checking, deriving_events, deriving_held, deriving_series, linking_lookup, models
from reportedly.record.adding import Adder
from reportedly.settings import Settings
from tests.record import working
from tests.record.factories import ISIS, SDF, Draft, StemLinker


class Linking(StemLinker):
    """A linker that fails at one article."""

    def mentions(self, article: CodedArticle) -> list:  # type: ignore[type-arg]
        """Its mentions, unless its headline says that it breaks."""
        if article.title == "breaks":
            raise ArithmeticError("of no use")
        return super().mentions(article)


@pytest.fixture
def adder(record: str) -> Adder:
    """Adds to an empty record, linking without models."""
    return Adder(Settings(), Linking())  # type: ignore[arg-type]


def strike(id: str, outlet: str = "Harbour Times", day: str = "2019-03-02", killed: str = "12", **more: str) -> Draft:
    """A report of one strike on Hajin."""
    draft = Draft(id, outlet, day, **more)
    draft.sentence(f"Shells hit the market in Hajin on Friday, killing {killed} people, {outlet} rescuers said.")
    draft.place("Hajin", 34.69, 40.83).date("Friday", "2019-03-01")
    draft.said(f"{outlet} rescuers", "said", speaker=f"{outlet} rescuers")
    return draft.figure(killed, measure="killed").event("hit", figures=(killed,))


def taking(id: str, outlet: str, place: str = "Baghuz", who: dict[str, str] = SDF, day: str = "2019-03-23") -> Draft:
    """A report that a place was taken."""
    draft = Draft(id, outlet, day)
    draft.sentence(f"{who['name']} fighters captured {place} on {day}.").place(place, 34.45, 40.95).date(day, day)
    return draft.control("captured", "captures", who["name"], place, id=who["id"])


def run(adder: Adder, articles: Iterable[CodedArticle | ReadError]) -> list[str]:
    """The fates of articles, errors as their words."""
    fates = adding.add_all(adder, iter(articles), Settings())
    return [str(fate) if isinstance(fate, ReadError) else fate for fate in fates]


def test_an_article_becomes_rows(adder: Adder) -> None:
    assert adder.add(strike("a1").article()) == "new"
    article = models.Article.objects.get()
    assert (article.public_id, article.outlet and article.outlet.name) == ("a1", "Harbour Times")
    assert [row.layer for row in article.statements.order_by("pk")] == ["event", "figure", "said"]
    event = models.Event.objects.get()
    assert (event.type, event.killed_best, event.place and event.place.name) == ("ASSAULT", 12, "Hajin")
    assert (str(event.first), event.articles, event.background) == ("2019-03-01", 1, False)
    assert event.label == "Shells hit the market in Hajin, 2019-03-01"
    assert models.Source.objects.get(key="speaker:harbour times rescuers").said == 3
    assert checking.check() == []


def test_the_same_article_is_never_there_twice(adder: Adder) -> None:
    """By its address however it is written, and by outlet, headline and text at another one, which is kept."""
    first = strike("a1", url="https://www.harbour.example/hajin?utm_source=x").article()
    again = strike("a9", url="http://harbour.example/hajin/#top").article()
    moved = strike("a8", url="https://harbour.example/2019/hajin", title="Report a1").article()
    other = strike("a7", "Ridge Post", title="Report a1").article()
    again.title = "Report a1"
    assert run(adder, [first, first, again, moved, other]) == ["new", "known", "known", "known", "new"]
    assert models.Article.objects.count() == 2
    addresses = models.Address.objects.filter(article__public_id="a1").values_list("key", flat=True)
    assert set(addresses) == {"harbour.example/hajin", "harbour.example/2019/hajin"}
    assert models.Statement.objects.count() == 6


def test_a_changed_text_is_a_new_revision_and_the_old_one_kept(adder: Adder) -> None:
    address = "https://harbour.example/hajin"
    before, after = (strike("a1", killed=killed, url=address).article() for killed in ("12", "14"))
    assert run(adder, [before, after, before, after]) == ["new", "revised", "known", "known"]
    article = models.Article.objects.get()
    assert [revision.number for revision in article.revisions.all()] == [1, 2]
    assert article.revision is not None and "14 people" in article.revision.text
    assert models.Statement.objects.filter(current=True).count() == 3
    assert models.Statement.objects.filter(current=False).count() == 3
    assert [event.killed_best for event in models.Event.objects.filter(articles__gt=0)] == [14]
    assert models.Source.objects.get(key="outlet:harbour times").said == 3
    assert checking.check() == []


def test_a_sentence_that_stays_keeps_its_event(adder: Adder) -> None:
    """The event of an article that was changed elsewhere is the same; that of a sentence that went has no report."""
    address = "https://harbour.example/hajin"
    draft = strike("a1", url=address)
    draft.sentence("Rebels seized a depot nearby.").event("seized", type="SEIZE", actor=(ISIS,))
    assert run(adder, [draft.article()]) == ["new"]
    hit, seized = (row.event for row in models.Statement.objects.filter(layer="event").order_by("start"))
    changed = Draft("a1", "Harbour Times", url=address).sentence("Corrected on Sunday.")
    changed.sentence("Shells hit the market in Hajin on Friday, killing 12 people, Harbour Times rescuers said.")
    changed.place("Hajin", 34.69, 40.83).date("Friday", "2019-03-01").event("hit")
    assert run(adder, [changed.article()]) == ["revised"]
    now = models.Statement.objects.get(layer="event", current=True)
    assert now.event == hit and now.start > 0
    assert seized is not None
    seized.refresh_from_db()
    assert (seized.articles, seized.findings) == (0, None)
    assert checking.check() == []


def test_an_event_id_is_never_given_again(adder: Adder) -> None:
    """Another event at the same stretch of a changed text is another event."""
    address = "https://harbour.example/hajin"
    one = Draft("a1", url=address).sentence("Shells hit the town.").event("hit")
    two = Draft("a1", url=address).sentence("Rebels ran from it.").event("ran", type="RETREAT")
    two.coded.events[0].start, two.coded.events[0].end = one.coded.events[0].start, one.coded.events[0].end
    assert run(adder, [one.article(), two.article()]) == ["new", "revised"]
    first, second = models.Event.objects.order_by("pk")
    assert second.public_id == f"{first.public_id}-2"
    assert (first.articles, second.articles) == (0, 1)


def test_coding_anew_is_asked_for(record: str) -> None:
    """A newer coding of the same text is passed over, or takes the place of the old one, which stays."""
    old, new = strike("a1").article(), strike("a1").article()
    new.coder, new.figures[0].low = Versions(program="2", model="m", lexicons="l"), 11.0
    adder = Adder(Settings(), StemLinker())  # type: ignore[arg-type]
    assert run(adder, [old, new]) == ["new", "known"]
    event = models.Event.objects.get()
    recoding = Adder(Settings(), StemLinker(), recode=True)  # type: ignore[arg-type]
    assert run(recoding, [new, new, old]) == ["revised", "known", "known"]
    assert models.Coding.objects.count() == 2
    assert models.Statement.objects.get(layer="figure", current=True).low == 11
    assert models.Statement.objects.get(layer="event", current=True).event == event
    assert checking.check() == []


def test_reports_of_one_event_are_put_together(adder: Adder) -> None:
    """Two outlets bear each other out on the strike; a third gives another toll."""
    tolls = (("a1", "Harbour Times", "12"), ("a2", "Ridge Post", "12"), ("a3", "Eastgate", "30"))
    drafts = [strike(id, outlet, killed=killed) for id, outlet, killed in tolls]
    assert run(adder, [draft.article() for draft in drafts]) == ["new"] * 3
    event = models.Event.objects.get()
    assert (event.articles, event.outlets, event.origins, event.disputed) == (3, 3, 3, True)
    figures = {row.article.public_id: row for row in models.Statement.objects.filter(layer="figure")}
    assert [figures[id].corroborated for id in ("a1", "a2", "a3")] == [True, True, False]
    assert [figures[id].contradicted for id in ("a1", "a2", "a3")] == [True, True, True]
    linked = models.Statement.objects.get(key__startswith="a2/event")
    assert linked.because and linked.because["with"].startswith("a1/event") and linked.probability == 0.9
    dispute = models.Disagreement.objects.get(event=event)
    assert set(dispute.statements.values_list("article__public_id", flat=True)) == {"a1", "a2", "a3"}
    assert checking.check() == []


def test_who_holds_a_place_follows_from_statements(adder: Adder) -> None:
    later = taking("a2", "Ridge Post", who=ISIS, day="2019-04-02")
    assert run(adder, [taking("a1", "Harbour Times").article(), later.article()]) == ["new", "new"]
    held = models.ControlInterval.objects.order_by("first")
    assert [(one.actor.name, str(one.first), str(one.last)) for one in held] == [
        ("Syrian Democratic Forces", "2019-03-23", "2019-04-02"),
        ("Islamic State", "2019-04-02", "None"),
    ]
    assert checking.check() == []


def test_a_mention_is_kept_whole_and_what_is_of_its_article_once(sqlite_record: str) -> None:
    """As linking has made it, so that it can be compared years later."""
    linker = StemLinker()
    run(Adder(Settings(), linker), [strike("a1").article()])  # type: ignore[arg-type]
    row, article = models.Statement.objects.get(layer="event"), models.Article.objects.get()
    mention = linker.mentions(strike("a1").article())[0]
    assert linking_lookup.decode(row, bytes(article.profile)) == mention
    assert bytes(article.profile) and bytes(article.profile) not in bytes(row.features or b"")


def test_copies_are_one_origin(adder: Adder) -> None:
    """Also where the original comes later, and an event of the copy is none of its own."""
    long = " ".join(f"The {word} of the town was closed after the shelling." for word in ("market", "school", "bridge"))
    said = "Rescuers said so on Saturday, and a doctor of the only clinic spoke of more than forty wounded people."
    copy = Draft("a1", "Ridge Post", "2019-03-03").sentence(long).event("closed").sentence(said)
    copy.sentence("A convoy left later.").event("left", type="RETREAT")
    original = Draft("a2", "Harbour Times", "2019-03-02").sentence(long).event("closed").sentence(said)
    assert run(adder, [copy.article()]) == ["new"]
    assert [event.origins for event in models.Event.objects.all()] == [1, 1]
    assert run(adder, [original.article()]) == ["new"]
    dependency = models.Dependency.objects.get()
    assert (dependency.article.public_id, dependency.on.public_id) == ("a1", "a2")
    closed = models.Event.objects.get(articles=2)
    assert (closed.outlets, closed.origins) == (2, 1)
    assert checking.check() == []


def test_what_is_added_together_is_what_is_added_one_by_one(sqlite_record: str) -> None:
    adder = Adder(Settings(), Linking())  # type: ignore[arg-type]
    articles = [working.story(number) for number in (*range(8), 3)]
    assert adder.add_together(articles) == ["new"] * 8 + ["known"]
    together = working.content()
    models.Article.objects.update(revision=None, coding=None)
    for name in ("Disagreement", "ControlInterval", "Article", "Event", "Source", "Actor", "Place"):
        getattr(models, name).objects.all().delete()
    run(adder, articles)
    assert working.content() == together
    assert checking.check() == []


def test_an_event_with_very_many_reports_is_looked_at_in_part(
    sqlite_record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the last reports; articles and outlets are counted whole, and the record is sound."""
    monkeypatch.setattr(deriving_events, "REPORTS", 4)
    monkeypatch.setattr(deriving_series, "POINTS", 4)
    monkeypatch.setattr(deriving_held, "STATEMENTS", 4)
    adder = Adder(Settings(), Linking())  # type: ignore[arg-type]
    reports = [strike(f"a{n}", f"Outlet {n}", day=f"2019-03-{2 + n:02}").article() for n in range(8)]
    takings = [taking(f"t{n}", f"Outlet {n}", who=(SDF, ISIS)[n % 2], day=f"2019-03-{2 + n:02}") for n in range(8)]
    assert run(adder, [*reports, *(draft.article() for draft in takings)]) == ["new"] * 16
    event = models.Event.objects.get(type="ASSAULT")
    assert (event.articles, event.outlets) == (8, 8)
    found = deriving_events.findings(event)
    assert found is not None and found.articles == 4
    held = models.ControlInterval.objects.order_by("first").values_list("first", "actor__name")
    assert [str(first) for first, _ in held] == [f"2019-03-{2 + n:02}" for n in range(8)]
    assert checking.check() == []


def test_one_that_fails_does_not_stop_the_others(adder: Adder) -> None:
    broken, nul = strike("a2", title="breaks").article(), strike("a3").article()
    nul.title = "half\0"
    unread = ReadError("page.html", "no text")
    fates = run(adder, [strike("a1").article(), broken, nul, unread, strike("a4").article()])
    assert [fates[0], fates[-1]] == ["new", "new"]
    assert "could not be added (ArithmeticError: of no use)" in fates[1]
    assert "NUL character" in fates[2] and fates[3] == "page.html: no text"
    assert models.Article.objects.count() == 2


def test_a_full_disk_is_one_line_and_the_record_is_sound(sqlite_record: str) -> None:
    """Everything before stays; with room again a repeat goes on."""
    from django.db import connection

    adder = Adder(Settings(), StemLinker())  # type: ignore[arg-type]
    articles = [strike(f"a{number}", f"Outlet {number}").article() for number in range(12)]
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + 12}")
    with pytest.raises(RecordError, match=r"record\.db: database or disk is full$"):
        run(adder, articles)
    added = models.Article.objects.count()
    assert 0 < added < 12
    assert checking.check() == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000")
    assert run(adder, articles) == ["known"] * added + ["new"] * (12 - added)
    assert checking.check() == []


def test_check_finds_what_is_wrong(sqlite_record: str) -> None:
    adder = Adder(Settings(), StemLinker())  # type: ignore[arg-type]
    run(adder, [strike("a1").article(), taking("a2", "Ridge Post").article()])
    models.Event.objects.filter(type="ASSAULT").update(killed_best=99)
    models.ControlInterval.objects.all().delete()
    models.Statement.objects.filter(layer="figure").update(corroborated=True)
    models.EventFigure.objects.update(corroborated=True)
    models.Place.objects.filter(name="Hajin").update(named=7)
    models.Statement.objects.filter(layer="said").delete()
    found = "\n".join(checking.check())
    for wrong in ("killed_best is not what", "history of control", "makes of it", "not 7", "2 of the 3 statements"):
        assert wrong in found
    assert msgspec.json.encode(checking.check(derived=False)) != b"[]"

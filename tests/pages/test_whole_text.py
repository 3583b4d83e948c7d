"""The whole text with layers: every letter of it once, each mark under its layer, each statement under its sentence."""

from __future__ import annotations

import re

import msgspec
from django.test import Client
from django.urls import reverse

from reportedly.data import Attribution, CodedArticle, Entity, Figure, Span
from reportedly.pages.views import whole_text
from reportedly.record.models import Article, OutletSetting, Statement
from tests.pages import staffing


def article() -> Article:
    """The longest article."""
    return max(Article.objects.select_related("revision", "outlet"), key=lambda row: len(row.revision.text))


def test_a_reader_sees_every_letter_of_the_text(record: str) -> None:
    row = article()
    answer = staffing.signed_in("reader").get(reverse("article-text", args=[row.public_id]))
    found = "".join(piece.text for sentence in answer.context["sentences"] for piece in sentence.pieces)
    assert found == row.revision.text
    page = answer.content.decode()
    assert [name for name in whole_text.LAYERS if f'id="layer-{name}"' not in page] == []


def test_every_statement_stands_under_its_sentence(record: str) -> None:
    row = article()
    answer = staffing.signed_in("coder").get(reverse("article-text", args=[row.public_id]))
    placed = {
        one.evidence.statement: sentence for sentence in answer.context["sentences"] for _, one in sentence.statements
    }
    rows = Statement.objects.filter(article=row, current=True)
    assert set(placed) == set(rows.values_list("key", flat=True))
    for one in rows.filter(layer__in=("figure", "event", "control")):
        text = "".join(piece.text for piece in placed[one.key].pieces)
        assert one.text in text
        marked = "".join(piece.text for piece in placed[one.key].pieces if whole_text.OF[one.layer] in piece.layers)
        assert one.text in marked
    assert reverse("staff-statement", args=[rows[0].key]) in answer.content.decode()


def test_marks_that_overlap_are_cut_into_pieces_with_both_layers() -> None:
    text = "The army said 12 men died. It left."
    coded = CodedArticle(
        text=text,
        sentences=[Span(0, 26), Span(27, 35)],
        entities=[Entity(start=4, end=8, text="army", type="Organisation")],
        figures=[Figure(start=14, end=20, text="12 men")],
        attributions=[Attribution(source=[Span(0, 8)], cue=[Span(9, 13)], content=[Span(14, 25)])],
    )
    first, second = whole_text.sentences(coded, [])
    assert [(piece.text, piece.layers) for piece in first.pieces] == [
        ("The ", ("attributions",)),
        ("army", ("entities", "attributions")),
        (" ", ()),
        ("said", ("attributions",)),
        (" ", ()),
        ("12 men", ("figures",)),
        (" died. ", ()),
    ]
    assert [piece.text for piece in second.pieces] == ["It left."]


def test_the_public_reads_whole_only_what_the_outlet_allows(client: Client, record: str) -> None:
    row = article()
    assert row.outlet is not None
    address, page = reverse("article-text", args=[row.public_id]), reverse("article", args=[row.public_id])
    assert client.get(address).headers["Location"].startswith(reverse("sign-in"))
    assert address not in client.get(page).content.decode()
    editor = staffing.signed_in("editor")
    given = {"whole_text": "yes", "reason": "The outlet wrote so."}
    editor.post(reverse("staff-outlet", args=[row.outlet.key]), given)
    assert OutletSetting.objects.get().user == "editor-of-the-staff"
    assert client.get(address).status_code == 200
    assert address in client.get(page).content.decode()
    other = Article.objects.exclude(outlet=row.outlet)[0]
    assert client.get(reverse("article-text", args=[other.public_id])).status_code == 302
    editor.post(reverse("staff-outlet", args=[row.outlet.key]), {"reason": "Asked again."})
    assert client.get(address).status_code == 302


def test_the_text_is_escaped(record: str) -> None:
    row = article()
    assert row.coding is not None
    coded = msgspec.json.decode(bytes(row.coding.coded), type=CodedArticle)
    evil = '<script>alert("1")</script><img src=x onerror=alert(2)>'
    row.coding.coded = msgspec.json.encode(msgspec.structs.replace(coded, text=evil + coded.text[len(evil) :]))
    row.coding.save()
    page = staffing.signed_in("reader").get(reverse("article-text", args=[row.public_id])).content.decode()
    text = re.sub(r"</?span[^>]*>", "", page)
    assert "<script>alert" not in page and "<img" not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)" in text

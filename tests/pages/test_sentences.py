"""Events and sentences that are written without a template: what they say, and that nothing of it becomes markup."""

from __future__ import annotations

import msgspec
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reportedly.events.findings import Support
from reportedly.pages.templatetags import sentences
from reportedly.record.queries import control, events
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter

HOSTILE = '<script>alert("it\'s")</script>'
SAFE = "&lt;script&gt;alert(&quot;it&#x27;s&quot;)&lt;/script&gt;"
SAID = Evidence(
    statement="a-1:e0",
    layer="event",
    article="a-1",
    title="Shelling",
    outlet="Northern Wire",
    published="2019-03-02",
    url=None,
    speakers=("Colonel Aras",),
    party=True,
    certainty="reported",
    hedged=False,
    text="shelled",
    quote="Troops shelled the camp.",
)
SUPPORT = Support(
    statement="a-1:e0",
    article="a-1",
    outlet="Northern Wire",
    published="2019-03-02",
    speakers=("Colonel Aras",),
    party=True,
    hedged=True,
    quote="Troops shelled the camp.",
)


def test_a_sentence_says_who_says_it_and_leads_to_its_article(client: Client) -> None:
    assert sentences.sentence(SAID) == (
        '<q>Troops shelled the camp.</q> <span class="small">Colonel Aras [party to the conflict], '
        '<a href="/articles/a-1?at=a-1%3Ae0#a-1%3Ae0">Northern Wire, 2 March 2019</a></span>'
    )
    own = msgspec.structs.replace(SAID, speakers=(), outlet=None, published=None, party=False, quote="“Go,” he said.")
    assert sentences.sentence(own).startswith('<q class="bare">“Go,” he said.</q> <span class="small"><a href=')
    assert sentences.sentence(own).endswith(">an unnamed outlet</a></span>")


def test_a_sentence_that_is_known_is_not_said_again(client: Client) -> None:
    whole = sentences.supporters([SUPPORT, SUPPORT], None)
    assert whole.count("<li>") == 1
    assert "<q>Troops shelled the camp.</q><br>" in whole and "said with reservation" in whole
    again = sentences.supporters([SUPPORT], {SUPPORT.quote})
    assert "<q>" not in again and "the same sentence" in again


def test_nothing_becomes_markup(client: Client) -> None:
    said = msgspec.structs.replace(SAID, outlet=HOSTILE, published=HOSTILE, speakers=(HOSTILE + "!",), quote=HOSTILE)
    support = msgspec.structs.replace(SUPPORT, outlet=HOSTILE, published=HOSTILE, speakers=(HOSTILE,), quote=HOSTILE)
    line = events.listed(Filter(limit=1))[0]
    event = msgspec.structs.replace(line, label=HOSTILE, certainty=HOSTILE, support=(support,))
    for written in (sentences.sentence(said), sentences.supporters([support], None), sentences.summary(event)):
        assert "<script" not in written and SAFE in written


def test_an_event_wears_what_people_found(client: Client) -> None:
    line = events.listed(Filter(limit=1))[0]
    plain = msgspec.structs.replace(line, judgement="", disputed=False)
    assert sentences.tags(plain) == '<span class="tag machine">machine coding, not verified</span>'
    confirmed = sentences.tags(msgspec.structs.replace(line, judgement="confirmed", disputed=True))
    assert "≠ disputed" in confirmed and "✓ confirmed by a person" in confirmed and "machine" not in confirmed
    assert "✗ rejected by a person" in sentences.tags(msgspec.structs.replace(line, judgement="rejected"))


def test_the_map_of_control_names_whom_the_list_names(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        features = client.get("/control/map.json").json()["features"]
    assert len(asked) <= 3
    lines = control.listed(Filter(limit=1000))
    assert lines and len(features) == len(lines)
    for feature, line in zip(features, lines, strict=True):
        drawn = feature["properties"]
        assert (drawn["place"], drawn["actor"], drawn["contested"]) == (line.place, line.actor, line.contested)
        assert drawn["says"] == list(dict.fromkeys(one.says for one in line.evidence))
        assert drawn["against"] == list(dict.fromkeys(one.says for one in line.against))

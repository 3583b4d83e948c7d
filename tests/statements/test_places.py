"""Stage `places` on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as limits
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Article, CodedArticle, Place
from reportedly.statements import language
from tests.conftest import Coder


@pytest.fixture(scope="session")
def coder(nlp: Language) -> Coder:
    """Code one text with the stages up to this one, which must need none of those after it."""

    def code(text: str, **fields: str) -> CodedArticle:
        return language.coded(coded(nlp, Article(text=text, **fields)), language.versions(nlp))

    return code


def coded(nlp: Language, article: Article) -> Doc:
    doc = language.document(nlp, article)
    for name, stage in nlp.pipeline:
        doc = stage(doc)
        if name == "reportedly_places":
            break
    return doc


def named(article: CodedArticle, text: str) -> Place:
    found = [place for place in article.places if place.text == text]
    assert found, f"{text} not among {[place.text for place in article.places]}"
    return found[0]


def texts(article: CodedArticle) -> list[str]:
    return [place.text for place in article.places]


def test_a_city_has_its_record(coder: Coder) -> None:
    place = named(coder("Shells fell on Aleppo overnight, residents of the city said."), "Aleppo")
    assert (place.geonameid, place.country, place.precision) == (170063, "SY", "point")
    assert place.latitude is not None and abs(place.latitude - 36.2) < 0.1


def test_spellings_of_one_city_are_one_place(coder: Coder) -> None:
    for spelling in ("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr"):
        article = coder(f"Two convoys left {spelling} for Damascus, the Syrian army said. Syria closed the road.")
        assert named(article, spelling).geonameid == 170794


def test_spelling_that_no_list_has_is_folded_in_its_country(coder: Coder) -> None:
    article = coder("Rebels in Syria shelled the town of Khan Shaikhoon. The Syrian government blamed Turkey.")
    assert named(article, "Khan Shaikhoon").country == "SY"
    elsewhere = coder("Farmers in Peru met in the town of Khan Shaikhoon. Lima sent a minister, Peru said.")
    assert all(place.country != "SY" for place in elsewhere.places)


def test_camps_and_rivers_come_from_the_supplement(coder: Coder) -> None:
    article = coder("Families were taken from Baghouz to al-Hol, across the Euphrates, aid workers in Syria said.")
    assert named(article, "Baghouz").country == "SY"
    camp = named(article, "al-Hol")
    assert (camp.country, camp.precision, camp.geonameid) == ("SY", "point", None)
    assert named(article, "Euphrates").precision == "region"


def test_the_area_beside_a_name_decides(coder: Coder) -> None:
    article = coder("A barn burned down in Paris, Texas, on Friday. The Paris fire chief said nobody was hurt.")
    assert {place.country for place in article.places if place.text == "Paris"} == {"US"}
    assert named(coder("The talks in Paris, France, went on."), "Paris").country == "FR"


def test_the_outlet_is_evidence(coder: Coder) -> None:
    text = "A water main broke in London on Monday. City council in London meets tonight."
    assert named(coder(text), "London").country == "GB"
    assert named(coder(text, publisher="lfpress.com"), "London").country == "CA"


def test_countries_and_regions_have_their_precision(coder: Coder) -> None:
    article = coder("Troops crossed from Iraq into Anbar province. The Middle East watched, and so did Ohio.")
    assert named(article, "Iraq").precision == "country"
    assert named(article, "Anbar province").precision == "region"
    assert named(article, "Ohio").precision == "region"


def test_abbreviated_states(coder: Coder) -> None:
    article = coder("DENVER, Colo. (AP) - A judge from Topeka, Kan., and a clerk from Austin, TX, were named.")
    assert named(article, "Topeka").country == "US"
    assert [place.geonameid for place in article.places if place.text.startswith("Kan")] == [4273857]


def test_adjectives_are_not_places(coder: Coder) -> None:
    article = coder("The Russian envoy met Turkish officials and the French ambassador.")
    assert article.places == []


def test_an_unknown_village_has_the_area_of_what_is_near_it(coder: Coder) -> None:
    article = coder("Mortars hit the village of Tell Qarmuz, 20 km east of Hasakah, in Syria, a medic said.")
    village = named(article, "Tell Qarmuz")
    assert (village.precision, village.country, village.geonameid) == ("near", "SY", None)
    assert village.latitude == named(article, "Hasakah").latitude


def test_an_unknown_place_that_nothing_describes_stays_open(coder: Coder) -> None:
    article = coder("He was born in the village of Wobblethorn and never left it.")
    for place in article.places:
        assert (place.latitude, place.country, place.precision) == (None, None, None)


def test_near_a_place_is_not_the_place(coder: Coder) -> None:
    assert named(coder("A drone crashed near Kirkuk, Iraq said."), "Kirkuk").precision == "near"


def test_leading_article_is_left_out(coder: Coder) -> None:
    assert "US" in texts(coder("The US sent aid to Jordan. The US will send more."))


@limits(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    strategies.text(max_size=200) | strategies.sampled_from(["al-", "-Al U.S.-led", "🏚️ Paris 🏚️", "St. St.", "A" * 500])
)
def test_any_text_keeps_its_offsets(nlp: Language, text: str) -> None:
    doc = coded(nlp, Article(text=text))
    for place in doc._.places:
        assert text[place.start : place.end] == place.text

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalog import identity
from catalog.errors import BadValue
from catalog.identity import find_identity_numbers
from tests import factories

# Numbers that the tax agency gives out for tests: nobody has them.
BORN_1981 = "198112189876"
BORN_1912 = "191212121212"


def _written(text: str) -> list[str]:
    return [one.written for one in find_identity_numbers(text)]


class TestWrittenForms:
    @pytest.mark.parametrize(
        "written",
        [
            "19811218-9876",
            "811218-9876",
            "198112189876",
            "8112189876",
            "811218 9876",
            "19811218 9876",
            "811218\u00a09876",
            "811218\u20139876",
            "811218\u20119876",
            "811218\u22129876",
            "811218 - 9876",
            "811218 -9876",
            "811218-\n9876",
            "811218-\r\n9876",
            "811218\n9876",
            "121212+1212",
            "19121212+1212",
            "19121212-1212",
        ],
    )
    def test_every_written_form_is_found_where_it_stands(self, written: str) -> None:
        text = f"Klienten ({written}) flyttade."
        (found,) = find_identity_numbers(text)
        assert text[found.start : found.end] == found.written == written
        assert found.kind == "personnummer"

    @pytest.mark.parametrize("written", ["19811278-9873", "811278-9873", "701063-2391"])
    def test_samordningsnummer_is_told_apart(self, written: str) -> None:
        assert [one.kind for one in find_identity_numbers(written)] == ["samordningsnummer"]

    def test_several_are_found_in_order(self) -> None:
        assert _written("811218-9876, 121212+1212 och 701063-2391") == ["811218-9876", "121212+1212", "701063-2391"]


class TestNoIdentityNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "811218-9877",  # checksum
            "811318-9876",  # month
            "810230-1239",  # no such day
            "810000-0000",
            "811218-0006",  # birth number 000
            "556036-0793",  # an organisation's number
            "1.2.1-487/2018",
            "08-508 250 00",
            "8112189876543",  # a longer run of digits
            "48112189876",
            "811218-98765",
            "17811218-9876",
            "2011-12-18 9876",
            "811218--9876",
            "811218\n\n9876",
            "81121\u0661-9876",
            "",
        ],
    )
    def test_is_not_found(self, text: str) -> None:
        assert _written(text) == []


@given(text=st.text(alphabet="0123456789-+ \n", max_size=200))
def test_whatever_is_found_stands_free_and_has_ten_or_twelve_digits(text: str) -> None:
    for found in find_identity_numbers(text):
        assert text[found.start : found.end] == found.written
        assert sum(letter.isdigit() for letter in found.written) in {10, 12}
        assert not text[: found.start][-1:].isdigit()
        assert not text[found.end :][:1].isdigit()


@pytest.mark.parametrize("unit", ["811218", "811218-", "8112189876", "19811218 - ", "1" * 40 + " ", "811218-\n"])
def test_ten_megabytes_of_the_worst_text_are_searched(unit: str) -> None:
    """Not linear, this would go on for hours: every repetition of the pattern has a bound."""
    text = unit * (10_000_000 // len(unit))
    assert all(one.written for one in find_identity_numbers(text))


class TestInDocument:
    def test_numbers_are_told_by_page_and_place(self, session: Session) -> None:
        document = factories.document(session, pages=["Inget här.", "Se 811218-9876."], classification="internal")
        (finding,) = identity.in_document(session, document.id)
        assert (finding.page, finding.start, finding.end, finding.written) == (2, 3, 14, "811218-9876")
        assert finding.decision == ""

    def test_number_in_the_documents_own_fields_is_on_page_0(self, session: Session) -> None:
        document = factories.document(session, title="Utredning 811218-9876", classification="internal")
        assert [one.page for one in identity.in_document(session, document.id)] == [0]

    def test_decision_about_a_number_on_a_page_is_remembered(self, session: Session) -> None:
        document = factories.document(session, pages=["811218-9876", "811218-9876"], classification="internal")
        first, second = identity.undecided(session, document.id)
        identity.decide(session, document.id, first.page, first.fingerprint, "may_stand", by="Eva")
        assert [one.decision for one in identity.in_document(session, document.id)] == ["may_stand", ""]
        assert identity.undecided(session, document.id) == [second]

    def test_number_written_in_another_way_is_the_same(self, session: Session) -> None:
        document = factories.document(session, pages=["811218-9876 och 19811218 9876"], classification="internal")
        first, second = identity.in_document(session, document.id)
        assert first.fingerprint == second.fingerprint

    def test_fingerprint_says_nothing_about_another_document(self, session: Session) -> None:
        marks = {
            identity.in_document(
                session, factories.document(session, name, pages=["811218-9876"], classification="internal").id
            )[0].fingerprint
            for name in ("a.pdf", "b.pdf")
        }
        assert len(marks) == 2

    def test_last_decision_counts(self, session: Session) -> None:
        document = factories.document(session, pages=["811218-9876"], classification="internal")
        (finding,) = identity.undecided(session, document.id)
        for decision in ("may_stand", "not_a_number"):
            identity.decide(session, document.id, finding.page, finding.fingerprint, decision, by="Eva")
        assert [one.decision for one in identity.in_document(session, document.id)] == ["not_a_number"]

    def test_decision_that_nobody_knows_is_refused(self, session: Session) -> None:
        document = factories.document(session)
        with pytest.raises(BadValue, match="perhaps"):
            identity.decide(session, document.id, 1, "", "perhaps", by="Eva")


class TestInProject:
    @pytest.mark.parametrize(
        "fields",
        [
            {"title": "Om 811218-9876"},
            {"aim": "811218-9876"},
            {"finding_note": "811218-9876"},
            {"summary": {"metod": "811218-9876"}},
            {"contact": "811218-9876"},
            {"partners": ["811218-9876"]},
        ],
    )
    def test_every_text_of_the_project_is_searched(self, session: Session, fields: dict[str, object]) -> None:
        project = factories.project(session, **{"published": False, **fields})  # type: ignore[arg-type]
        assert [one.written for one in identity.in_project(project)] == ["811218-9876"]

    def test_the_projects_words_are_searched_too(self, session: Session) -> None:
        project = factories.project(session, published=False, terms={"keyword": ["boende", "811218-9876"]})
        assert [one.written for one in identity.in_project(project)] == ["811218-9876"]

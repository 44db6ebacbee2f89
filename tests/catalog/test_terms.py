from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import terms
from catalog.database import Database
from catalog.errors import NotThere
from catalog.models import ControlledTerm, Document, Project
from catalog.seeded_terms import FIXED, SEEDS
from catalog.slugs import slug
from tests import factories


class TestEnsure:
    def test_new_label_becomes_a_term_with_a_key_made_of_it(self, session: Session) -> None:
        term = terms.ensure(session, "keyword", "Långvarig  hemlöshet")
        assert (term.kind, term.key, term.label) == ("keyword", "langvarig-hemloshet", "Långvarig hemlöshet")

    def test_label_is_the_same_whatever_the_case_of_its_letters(self, session: Session) -> None:
        assert terms.ensure(session, "keyword", "Åldrande") == terms.ensure(session, "keyword", "åldrande")

    def test_words_that_differ_in_aring_only_are_two_terms(self, session: Session) -> None:
        first, second = terms.ensure(session, "keyword", "får"), terms.ensure(session, "keyword", "far")
        assert (first.key, second.key) == ("far", "far-2")
        assert terms.ensure(session, "keyword", "far") == second

    def test_old_name_leads_to_the_term(self, session: Session) -> None:
        terms.seed(session)
        assert terms.ensure(session, "target_group", "Hemlösa personer").label == "personer i hemlöshet"

    def test_same_label_of_another_kind_is_another_term(self, session: Session) -> None:
        assert terms.ensure(session, "keyword", "MI") != terms.ensure(session, "method", "MI")


class TestChoose:
    def test_key_or_label_may_be_chosen(self, session: Session) -> None:
        terms.seed(session)
        assert terms.choose(session, "organisation", "sodermalm") == terms.choose(session, "organisation", "Södermalm")


class TestLabels:
    def test_fixed_lists_stand_in_their_order_and_others_by_label(self, session: Session) -> None:
        terms.seed(session)
        found = terms.labels(session)
        for kind, values in FIXED.items():
            assert [(key, one.label, one.label_en) for key, one in found[kind].items()] == list(values)
        organisations = [one.label for one in found["organisation"].values()]
        assert organisations[-3:] == ["Äldreförvaltningen", "Älvsjö", "Östermalm"]
        assert organisations.index("Spånga-Tensta") < organisations.index("Stadsledningskontoret")

    def test_only_the_kinds_asked_for_are_given_also_empty_ones(self, session: Session) -> None:
        terms.seed(session)
        found = terms.labels(session, ["status", "keyword"])
        assert list(found) == ["status", "keyword"]
        assert found["keyword"] == {}

    def test_merged_organisation_names_its_successor(self, session: Session) -> None:
        terms.seed(session)
        organisations = terms.labels(session, ["organisation"])["organisation"]
        assert {key: one.successor_key for key, one in organisations.items() if one.successor_key} == {
            "hagersten-liljeholmen": "hagersten-alvsjo",
            "alvsjo": "hagersten-alvsjo",
            "norrmalm": "norra-innerstaden",
            "ostermalm": "norra-innerstaden",
            "spanga-tensta": "jarva",
            "rinkeby-kista": "jarva",
        }


class TestCurrentKey:
    def test_merged_organisation_counts_under_its_successor(self, session: Session) -> None:
        terms.seed(session)
        for name, key in (("Älvsjö", "hagersten-alvsjo"), ("Järva", "jarva"), ("Farsta", "farsta")):
            assert terms.current_key(terms.ensure(session, "organisation", name)) == key

    def test_successors_are_followed_to_the_last(self, session: Session) -> None:
        first, second, third = (terms.ensure(session, "organisation", name) for name in "ABC")
        first.successor, second.successor = second, third
        assert terms.current_key(first) == "c"

    def test_circle_of_successors_ends(self, session: Session) -> None:
        first, second = (terms.ensure(session, "organisation", name) for name in "AB")
        first.successor = second
        session.flush()
        second.successor = first
        assert terms.current_key(first) == "b"
        assert sorted(terms.names(first)) == ["A", "B"]

    def test_successor_is_at_hand_after_the_session(self, database: Database) -> None:
        with database.transaction() as session:
            terms.seed(session)
            made = factories.project(session, terms={"organisation": ["Norrmalm"]})
        with database.reading() as session:
            project = session.get_one(type(made), made.id)
            found = list(project.terms)
        assert [terms.current_key(term) for term in found] == ["norra-innerstaden"]


class TestNames:
    def test_term_is_found_by_old_names_and_by_what_it_became(self, session: Session) -> None:
        terms.seed(session)
        term = terms.rename(session, "organisation", "norrmalm", old_names=["Vasastaden"])
        assert list(terms.names(term)) == ["Norrmalm", "Vasastaden", "Norra innerstaden"]

    def test_vocabulary_holds_every_name_by_key(self, session: Session) -> None:
        terms.seed(session)
        assert terms.vocabularies(session, ["method"])["method"]["motiverande-samtal-mi"] == [
            "motiverande samtal (MI)",
            "motiverande samtal",
            "MI",
        ]
        assert set(terms.vocabularies(session)) == {seed.kind for seed in SEEDS}


class TestRename:
    def test_old_label_becomes_an_old_name_and_the_key_stays(self, session: Session) -> None:
        terms.ensure(session, "method", "Kamratstöd")
        term = terms.rename(session, "method", "kamratstod", label="peer support", label_en="peer support")
        assert (term.key, term.label, term.old_names) == ("kamratstod", "peer support", ["Kamratstöd"])

    def test_what_carries_the_term_is_promised_to_the_index(self, session: Session) -> None:
        terms.seed(session)
        carrier = factories.project(session, terms={"organisation": ["Norrmalm"]}, status="avslutat")
        other = factories.project(session, "Annat", terms={"organisation": ["Farsta"]})
        document = factories.document(session, project_id=carrier.id, document_type="bilaga")
        for kind, key, expected in (
            ("organisation", "norrmalm", (1, 0, 1)),
            ("status", "avslutat", (1, 0, 1)),
            ("document_type", "bilaga", (0, 0, 1)),
        ):
            subjects: tuple[Project | Document, ...] = (carrier, other, document)
            before = [one.version for one in subjects]
            terms.rename(session, kind, key, label=f"{key} nytt")
            for one in subjects:
                session.refresh(one)
            assert tuple(one.version - was for one, was in zip(subjects, before, strict=True)) == expected

    def test_organisation_is_merged_and_parted_again(self, session: Session) -> None:
        terms.seed(session)
        merged = terms.rename(session, "organisation", "bromma", successor_key="jarva")
        assert terms.current_key(merged) == "jarva"
        assert terms.current_key(terms.rename(session, "organisation", "bromma", successor_key="")) == "bromma"

    def test_missing_term_cannot_be_renamed(self, session: Session) -> None:
        with pytest.raises(NotThere, match="nowhere"):
            terms.rename(session, "organisation", "nowhere", label="x")


class TestSeed:
    def test_seeding_again_adds_nothing_and_changes_nothing(self, session: Session) -> None:
        assert terms.seed(session) == len(SEEDS)
        terms.rename(session, "organisation", "farsta", label="Farsta och Sköndal")
        assert terms.seed(session) == 0
        assert terms.labels(session)["organisation"]["farsta"].label == "Farsta och Sköndal"

    def test_term_that_a_later_version_adds_comes_to_an_old_bank(self, session: Session) -> None:
        terms.seed(session)
        session.delete(terms.ensure(session, "organisation", "Älvsjö"))
        session.flush()
        assert terms.seed(session) == 1
        assert terms.current_key(terms.ensure(session, "organisation", "Älvsjö")) == "hagersten-alvsjo"

    def test_seeds_have_keys_of_their_own_and_names_that_lead_to_one_term(self) -> None:
        keys = [(seed.kind, seed.key) for seed in SEEDS]
        assert len(keys) == len(set(keys))
        names = [(seed.kind, name.casefold()) for seed in SEEDS for name in (seed.label, *seed.old_names)]
        assert len(names) == len(set(names))

    def test_names_of_the_open_lists_have_keys_made_of_them(self) -> None:
        assert all(seed.key == slug(seed.label) for seed in SEEDS if seed.kind not in FIXED)

    def test_order_of_terms_is_swedish(self) -> None:
        assert sorted(["ö", "z", "ä", "å", "a"], key=terms.swedish_order) == ["a", "z", "å", "ä", "ö"]


def test_key_of_a_term_is_unique_within_its_kind(session: Session) -> None:
    made = [terms.ensure(session, "keyword", label) for label in ("å", "ä", "a", "Å")]
    assert [term.key for term in made] == ["a", "a-2", "a-3", "a"]
    assert session.query(ControlledTerm).count() == 3

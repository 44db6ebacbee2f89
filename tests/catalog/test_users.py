from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from catalog import users
from catalog.errors import BadValue, NameTaken, NotThere, WeakPassword
from tests import factories
from tests.factories import PASSWORD


class TestAdd:
    def test_person_is_added_and_the_password_is_not_kept(self, session: Session) -> None:
        user = factories.user(session, "Eva Ek", "redaktor")
        assert (user.name, user.role, user.active) == ("Eva Ek", "redaktor", True)
        assert user.password_hash.startswith("$argon2id$")
        assert PASSWORD not in user.password_hash

    @pytest.mark.parametrize("name", ["Åsa", "åsa", "ÅSA", " åsa ", "A\u030asa"])
    def test_name_is_taken_whatever_the_case_of_its_letters(self, session: Session, name: str) -> None:
        factories.user(session, "Åsa")
        with pytest.raises(NameTaken):
            factories.user(session, name)

    def test_names_that_differ_in_aring_only_are_two_people(self, session: Session) -> None:
        assert factories.user(session, "Åsa").id != factories.user(session, "Asa").id

    def test_short_password_is_refused_in_plain_words(self, session: Session) -> None:
        with pytest.raises(WeakPassword, match="at least 12 characters; this one has 11"):
            factories.user(session, password="x" * 11)
        assert users.everybody(session) == []

    def test_unknown_role_and_empty_name_are_refused(self, session: Session) -> None:
        with pytest.raises(BadValue, match="kung"):
            factories.user(session, role="kung")
        with pytest.raises(BadValue):
            factories.user(session, "  ")


class TestCheckPassword:
    def test_right_password_gives_the_person(self, session: Session) -> None:
        user = factories.user(session, "Åsa")
        assert users.check_password(session, "åsa", PASSWORD) == user

    @pytest.mark.parametrize(("name", "password"), [("Eva", "fel lösenord"), ("Eva", ""), ("Ingen", PASSWORD)])
    def test_wrong_password_and_unknown_name_give_nobody(self, session: Session, name: str, password: str) -> None:
        factories.user(session, "Eva")
        assert users.check_password(session, name, password) is None

    def test_unknown_name_costs_the_same_work(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        checked: list[str] = []
        verify = PasswordHasher.verify

        def counted(self: PasswordHasher, password_hash: str, password: str) -> bool:
            checked.append(password_hash)
            return verify(self, password_hash, password)

        monkeypatch.setattr(PasswordHasher, "verify", counted)
        users.check_password(session, "Ingen", PASSWORD)
        assert len(checked) == 1

    def test_blocked_person_is_nobody(self, session: Session) -> None:
        users.block(session, factories.user(session).id)
        assert users.check_password(session, "Eva", PASSWORD) is None

    def test_hash_of_older_strength_is_made_anew(self, session: Session) -> None:
        user = factories.user(session)
        user.password_hash = old = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
        session.flush()
        assert users.check_password(session, "Eva", PASSWORD) == user
        assert user.password_hash != old
        assert users.check_password(session, "Eva", PASSWORD) == user

    def test_hash_that_cannot_be_read_lets_nobody_in(self, session: Session) -> None:
        factories.user(session).password_hash = "broken"
        session.flush()
        assert users.check_password(session, "Eva", PASSWORD) is None


class TestSessions:
    def test_role_password_and_block_end_every_session(self, session: Session) -> None:
        user = factories.user(session)
        marks = [user.session_mark]
        users.set_role(session, user.id, "lasare")
        marks.append(user.session_mark)
        users.set_password(session, user.id, "ett nytt lösenord")
        marks.append(user.session_mark)
        users.block(session, user.id)
        marks.append(user.session_mark)
        assert len(set(marks)) == 4
        assert (user.role, user.active) == ("lasare", False)

    def test_new_password_replaces_the_old_one(self, session: Session) -> None:
        users.set_password(session, factories.user(session).id, "ett nytt lösenord")
        assert users.check_password(session, "Eva", PASSWORD) is None
        assert users.check_password(session, "Eva", "ett nytt lösenord") is not None

    def test_unknown_role_and_short_password_change_nothing(self, session: Session) -> None:
        user = factories.user(session)
        mark = user.session_mark
        with pytest.raises(BadValue):
            users.set_role(session, user.id, "kung")
        with pytest.raises(WeakPassword):
            users.set_password(session, user.id, "kort")
        assert (user.role, user.session_mark) == ("redaktor", mark)

    def test_unblocked_person_may_sign_in_again(self, session: Session) -> None:
        user = factories.user(session)
        users.block(session, user.id)
        users.unblock(session, user.id)
        assert users.check_password(session, "Eva", PASSWORD) == user


class TestFinding:
    def test_people_are_found_by_id_and_by_name(self, session: Session) -> None:
        user = factories.user(session, "Åsa")
        assert users.get(session, user.id) == user == users.by_name(session, "åsa")
        assert users.by_name(session, "Asa") is None
        with pytest.raises(NotThere):
            users.get(session, 1)

    def test_everybody_is_listed_by_name(self, session: Session) -> None:
        for name in ("eva", "Ali", "Dan"):
            factories.user(session, name)
        assert [user.name for user in users.everybody(session)] == ["Ali", "Dan", "eva"]

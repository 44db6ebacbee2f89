from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.slugs import LONGEST, numbered, slug


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Hägersten-Älvsjö", "hagersten-alvsjo"),
        ("Bo kvar på Skärholmen", "bo-kvar-pa-skarholmen"),
        ("Egenmakt – privatekonomi", "egenmakt-privatekonomi"),
        ("motiverande samtal (MI)", "motiverande-samtal-mi"),
        ("barn 0–2 år", "barn-0-2-ar"),
        ("A\u030ar", "ar"),
        ("Café Æble, Straße", "cafe-aeble-strasse"),
        ("ﬁnland", "finland"),
        ("—", ""),
        ("日本", ""),
    ],
)
def test_name_is_written_in_small_ascii_letters(name: str, written: str) -> None:
    assert slug(name) == written


@given(name=st.text(max_size=300))
def test_slug_is_a_safe_part_of_an_address(name: str) -> None:
    written = slug(name)
    assert len(written) <= LONGEST
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in written)
    assert slug(written) == written


def test_next_ones_are_numbered_and_stay_within_the_length() -> None:
    assert list(islice(numbered("Bo kvar", "projekt"), 3)) == ["bo-kvar", "bo-kvar-2", "bo-kvar-3"]
    assert [len(one) for one in islice(numbered("x" * 500, "projekt"), 3)] == [120, 120, 120]
    assert next(numbered("—", "projekt")) == "projekt"

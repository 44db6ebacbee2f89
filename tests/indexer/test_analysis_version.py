"""The analysis has a number, which stands for the tokens it gives; editors' words and lists tell themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from indexer import analyse, analysis_version, forms, grams
from indexer.analysis import version, word_types
from indexer.analysis.tokens import words_of
from tests.indexer.varied_text import PAGES

CHANGED = f"""

The analysis gives other tokens than before for the text in tests/indexer/varied_text.py.
- Was that not meant? Then mend the code.
- Was it meant? Then raise ANALYSIS in indexer/analysis/version.py by one, to {version.ANALYSIS + 1}, so that every
  bank builds its index anew, and write the digest {{}} beside it.
- Is no code changed, but the word data (hunspell-sv), Snowball or a list in mappings/swedish? Then write the digest
  alone; they are in the version as they are.
"""


def everything_promised() -> Iterator[object]:
    """What the record and the index hold of each page, and what a question's words are."""
    for page in PAGES:
        tokens = analyse(page)
        yield tokens.exact, tokens.parts, tokens.spans.hex()
        yield word_types.leaves(tokens.exact), word_types.wholes(tokens.exact)
        yield word_types.grams_of(tokens.exact, 1000), word_types.stems(tokens.exact)
        for word in dict.fromkeys(words_of(page)):
            yield word, *forms(word), grams(word)


def test_a_change_of_tokens_is_a_change_of_the_number() -> None:
    digest = hashlib.sha256("\n".join(map(ascii, everything_promised())).encode()).hexdigest()[:32]

    assert digest == version.DIGEST_OF_TOKENS, CHANGED.format(digest)


@pytest.mark.parametrize(
    ("what", "other"), [("ANALYSIS", version.ANALYSIS + 1), ("sources_digest", lambda: "of other word data")]
)
def test_another_number_and_other_word_data_are_another_version(
    what: str, other: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = analysis_version()
    monkeypatch.setattr(version, what, other)
    analysis_version.cache_clear()
    try:
        assert analysis_version() != before
    finally:
        analysis_version.cache_clear()

"""What the processes of a bank share from before the first fork."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from commands import warmth
from indexer.analysis import forms, word_data


def test_a_bank_that_can_keep_its_swedish_words_nowhere_says_so_and_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(word_data, "_places", lambda: (tmp_path / "file" / "share",))
    monkeypatch.setattr(forms, "table", word_data.table.__wrapped__)
    monkeypatch.setattr(forms, "_forms", forms._FormsOfWords())

    with pytest.raises(click.ClickException, match="cannot be written to"):
        warmth._open_words()

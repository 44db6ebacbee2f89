"""`python -m indexer.analysis` makes the table of Swedish words where it is missing, and says where it lies."""

from __future__ import annotations

from indexer.analysis.word_data import table_folder

if __name__ == "__main__":
    print(table_folder())  # noqa: T201 - a command's answer

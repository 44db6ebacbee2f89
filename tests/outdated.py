"""Makes a bank's live index one of another mapping, as a newer program finds it."""

from __future__ import annotations

import json

from workers.bank import Bank


def outdate(bank: Bank) -> str:
    """Gives the generation's name."""
    live = bank.generations.live()
    told = bank.settings.index_folder / live / "index.json"
    told.write_text(json.dumps({**json.loads(told.read_text()), "mapping": "of last year"}), encoding="utf-8")
    return live

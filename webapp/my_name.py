"""What the record writes down about who did something."""

from __future__ import annotations

from webapp.signed_in import signed_in


def my_name() -> str:
    """The name of the person who asks; empty for visitors."""
    person = signed_in()
    return str(person.name) if person else ""

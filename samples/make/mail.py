"""A mail with its tables as an attached CSV file, as officials send figures to each other."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from samples.make.dialect import plain
from samples.make.tree import Source, Table, texts_of

BOUNDARY = "=_exempel"


def write(source: Source, target: Path) -> None:
    """The document as a mail from the unit's mailbox to the editors."""
    facts = source.facts
    message = EmailMessage(policy=SMTP)
    message["Subject"] = facts.title
    message["From"] = Address(facts.unit, addr_spec="avsandare@example.org")
    message["To"] = Address("Kunskapsbankens redaktion", addr_spec="redaktionen@example.org")
    message["Date"] = format_datetime(facts.moment)
    paragraphs = [plain(text) for block in source.blocks if not isinstance(block, Table) for text in texts_of(block)]
    message.set_content("\n\n".join([*paragraphs, facts.footer]) + "\n")
    for table in source.blocks:
        if isinstance(table, Table):
            rows = "\r\n".join(";".join(plain(cell) for cell in row) for row in table.rows)
            message.add_attachment(
                rows.encode("utf-8-sig"), maintype="text", subtype="csv", filename=f"{plain(table.caption)}.csv"
            )
    message.set_boundary(BOUNDARY)
    target.write_bytes(message.as_bytes())

"""A mail that hangs on an Outlook mail as a file of its own: as the internet carries it, so that any program opens it.

Nothing in it depends on the moment: the same mail gives the same bytes, which the bank then knows again.
"""

from __future__ import annotations

from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from indexer.extraction.charset import decoded
from indexer.extraction.outlook_message import Attached, OutlookMessage, Person


def as_mail(message: OutlookMessage) -> bytes:
    """Raises RecursionError where mails hang on mails beyond reason."""
    return _mail(message, 0).as_bytes()


def _mail(message: OutlookMessage, depth: int) -> Message:
    # All that stands between the boundaries is in base64, or a mail of a greater depth.
    mail = MIMEMultipart("mixed", boundary=f"=_mail_{depth:04}")
    mail["Subject"] = _encoded(message.subject)
    people = (("From", [message.sender]), ("To", message.to), ("Cc", message.cc))
    for name, told in people:
        if written := ", ".join(_address(one) for one in told if any(one)):
            mail[name] = written
    if message.sent:
        mail["Date"] = format_datetime(message.sent)
    mail.attach(_text(message, depth))
    for one in message.attached:
        if one.content:
            mail.attach(_part(one, one.content, depth))
    return mail


def _text(message: OutlookMessage, depth: int) -> Message:
    html = message.html if isinstance(message.html, str) else decoded(message.html)
    text = MIMEMultipart("alternative", boundary=f"=_text_{depth:04}")
    for kind, told in (("plain", message.plain), ("html", html)):
        if told.strip():
            text.attach(MIMEText(told, kind, "utf-8"))
    return text if text.get_payload() else MIMEText("", "plain", "utf-8")


def _part(attached: Attached, content: bytes | OutlookMessage, depth: int) -> Message:
    if isinstance(content, OutlookMessage):
        return MIMEMessage(_mail(content, depth + 1))
    part = MIMEApplication(content)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attached.name))
    return part


def _address(person: Person) -> str:
    return formataddr(person, "utf-8") if person.address.isascii() and person.address else _encoded(str(person))


def _encoded(text: str) -> str:
    return Header(text, "utf-8").encode(linesep="\n")

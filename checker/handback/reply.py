"""The draft e-mail by which a reviewer answers a submission, in the terms of its procedure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path, PurePath

import msgspec

from checker.findings import Finding, Result
from checker.handback.values import rows_of
from checker.options import Reviewer
from checker.packs.model import DocumentType, Mails, Notice
from checker.packs.pack import Pack
from checker.recognise.model import FieldValue, Recognised
from checker.report import words

_RETURNS, _ACCEPTS, _ASKS = "Devolución", "Conformidad", "Solicitud de aclaración"
"""Names of the e-mails where the norm gives none."""
_OPENXML = "application/vnd.openxmlformats-officedocument"
_MEDIA = {
    ".docx": f"{_OPENXML}.wordprocessingml.document",
    ".xlsx": f"{_OPENXML}.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".eml": "application/octet-stream",  # as message/rfc822 it could not be carried byte for byte
}
_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_MAILBOX = re.compile(r"([^<>]*)<([^<>\s]+)>")


class _Item(msgspec.Struct, frozen=True):
    """A finding as the letter lists it."""

    where: str
    message: str
    numeral: str
    remedy: str


class _Said(msgspec.Struct, frozen=True):
    says: str
    numeral: str


def reply(
    result: Result,
    submission: Recognised,
    pack: Pack,
    attachment: Path | None,
    target_dir: Path,
    name: str,
    reviewer: Reviewer | None,
) -> Path:
    """Write ``<name>.respuesta.eml`` into ``target_dir`` and give its path.

    A compliant submission gets the e-mail that says so, any other one the e-mail that returns it, with what falls short and what
    could not be verified. ``To`` is the sender of the submission where it came by mail. The same input gives the same bytes.
    Raises OSError when ``attachment`` cannot be read.
    """
    signer = reviewer or Reviewer()
    accepts = result.verdict == "compliant"
    context = _context(result, submission, pack, attachment, signer)
    text, html = (
        _render(f"{'conformidad' if accepts else 'devolucion'}.{kind}.j2", context) for kind in ("txt", "html")
    )
    message = EmailMessage(policy=SMTP)
    message["Subject"] = str(context["subject"])
    _address(message, "From", _mailbox(f"{signer.name} <{signer.email}>") if signer.email else None)
    if mail := submission.document.mail:
        _address(message, "To", _mailbox(mail.sender))
        if mail.message_id and _MESSAGE_ID.fullmatch(mail.message_id.strip()):
            message["In-Reply-To"] = message["References"] = mail.message_id.strip()
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if attachment is not None:
        maintype, subtype = _MEDIA.get(attachment.suffix.lower(), "application/octet-stream").split("/")
        message.add_attachment(attachment.read_bytes(), maintype=maintype, subtype=subtype, filename=attachment.name)
    target_dir.mkdir(parents=True, exist_ok=True)
    target = target_dir / f"{name}.respuesta.eml"
    target.write_bytes(_fixed(message, text))
    return target


def _fixed(message: EmailMessage, text: str) -> bytes:
    """The message as bytes, with boundaries that depend on its content alone."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:24]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_vobo_{digest}_{number}")
    return message.as_bytes()


# Content ----------------------------------------------------------------------------------------------------------------


def _context(
    result: Result, submission: Recognised, pack: Pack, attachment: Path | None, signer: Reviewer
) -> dict[str, object]:
    document_type = submission.type
    mails = document_type.mails if document_type else None
    accepts = result.verdict == "compliant"
    file = words.one_line(PurePath(result.path).name)
    title = document_type.title if document_type else ""
    observations = [f for f in result.findings if f.outcome == "violated" and f.severity == "error"]
    advice = [f for f in result.findings if f.outcome == "violated" and f.severity != "error"]
    if not observations and result.verdict == "noncompliant":
        observations, advice = advice, []
    notices = list(_notices(mails, submission.fields)) if accepts else []
    subject = f"{_name(mails, result, bool(observations))}: {title or 'documento por revisar'} — {file}"
    return {
        "subject": words.one_line(subject),
        "title": title,
        "file": file,
        "norm": _with_article(words.one_line(pack.info.title)),
        "source": " y ".join(dict.fromkeys(_numeral(n.source) for n in notices))
        or _numeral(_source(document_type, accepts)),
        "author": _role(pack, mails.author if mails else None),
        "via": _role(pack, mails.via if mails else None),
        "reviewer": _charge(pack, mails.reviewer if mails else None),
        "signer": signer,
        "observations": _items(observations, submission.type),
        "advice": _items(advice, submission.type),
        "doubts": _items(
            (f for f in result.findings if f.outcome == "undetermined" and f.severity != "info"), submission.type
        ),
        "notices": [_Said(words.one_line(n.says), _numeral(n.source)) for n in notices],
        "reason": words.one_line(result.reason or "").rstrip("."),
        "attachment": words.one_line(attachment.name) if attachment else "",
    }


_FEMININE = frozenset({"norma", "normas", "ley", "guía", "política"})


def _with_article(norm: str) -> str:
    """``la Norma …``, ``el Manual …``."""
    return f"{'la' if norm.partition(' ')[0].lower() in _FEMININE else 'el'} {norm}"


def _name(mails: Mails | None, result: Result, returns: bool) -> str:
    if result.verdict == "compliant":
        return mails.accepts if mails else _ACCEPTS
    if not returns and result.verdict == "undetermined":
        return _ASKS
    return mails.returns if mails else _RETURNS


def _source(document_type: DocumentType | None, accepts: bool) -> str:
    if document_type is None:
        return ""
    mails = document_type.mails
    if mails is None:
        return document_type.source
    return mails.accepts_source if accepts else mails.returns_source


def _items(findings: Iterable[Finding], document_type: DocumentType | None) -> list[_Item]:
    items = []
    for finding in findings:
        about, place = _about(finding, document_type), words.place(finding.location)
        where = f"{about} ({place})" if about and place else about or place or "el documento en su conjunto"
        items.append(
            _Item(
                where[:1].upper() + where[1:],
                words.one_line(finding.message),
                words.numeral(finding.citation),
                words.one_line(finding.remedy),
            )
        )
    return items


_SUBJECT = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


def _about(finding: Finding, document_type: DocumentType | None) -> str:
    """What the finding is about as the form calls it: ``Acuerdos, renglón 2, Fecha compromiso``."""
    match = _SUBJECT.fullmatch(finding.subject)
    field = document_type.fields.get(match[1]) if match and document_type else None
    if match is None or field is None:
        return words.about(finding)
    column = field.columns.get(match[3] or "")
    return ", ".join([field.title, *([f"renglón {match[2]}"] if match[2] else []), *([column.title] if column else [])])


def _notices(mails: Mails | None, fields: dict[str, FieldValue]) -> Iterable[Notice]:
    for notice in mails.notices if mails else ():
        table, _, column = notice.column.partition(".")
        rows = rows_of(fields[table]) if table in fields else ()
        if any(column in row.cells and row.cells[column].value == notice.value for row in rows):
            yield notice


def _numeral(source: str) -> str:
    return f"numeral {source}" if source[:1].isdigit() else source


def _charge(pack: Pack, role: str | None) -> str:
    known = pack.roles.get(role) if role else None
    return words.one_line(known.name) if known else ""


def _role(pack: Pack, role: str | None) -> str:
    """``persona Titular de la Dirección``, to stand after «A la»."""
    name = _charge(pack, role)
    return name[:1].lower() + name[1:] if name.lower().startswith("persona") else f"persona {name}" if name else ""


def _render(name: str, context: dict[str, object]) -> str:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    from checker.resources import templates_root

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates_root() / "mail"),
        autoescape=lambda template: bool(template and ".html" in template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    rendered = environment.get_template(name).render(context)
    return re.sub(r"\n{3,}", "\n\n", rendered).strip() + "\n"


# Addresses --------------------------------------------------------------------------------------------------------------


def _mailbox(written: str) -> Address | None:
    """The address in ``Nombre <correo>``; None where it is none that a header can hold."""
    line = words.one_line(written)
    match = _MAILBOX.fullmatch(line)  # first, since names come with commas that nobody quoted
    name, address = (match[1].strip('" '), match[2]) if match else parseaddr(line)
    try:
        return Address(display_name=name, addr_spec=address) if "@" in address else None
    except (MessageError, ValueError, IndexError):
        return None


def _address(message: EmailMessage, header: str, address: Address | None) -> None:
    if address is not None:
        message[header] = address

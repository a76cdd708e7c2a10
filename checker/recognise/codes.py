"""Fields of kind ``code``: what the QR or bar codes of a submission say. Looked for only where its type has such a field."""

from __future__ import annotations

from msgspec.structs import replace

from checker.recognise.model import FieldValue, Recognised


def with_codes(recognised: Recognised) -> Recognised:
    """The submission with its ``code`` fields filled from its pictures.

    Several codes are all told, one a line. A picture that may be a code and cannot be read leaves the field undetermined: it is not
    absent. What stands as text under the field's label is no code, and only says where one is expected.
    """
    document_type = recognised.type
    names = [n for n, f in document_type.fields.items() if f.kind == "code"] if document_type else []
    if not names:
        return recognised
    found = code_value(recognised)
    fields = {
        n: replace(found, label=recognised.fields[n].label) if n in names else v for n, v in recognised.fields.items()
    }
    return replace(recognised, fields=fields)


def code_value(recognised: Recognised) -> FieldValue:
    """What the pictures of the submission say, as the value of a field."""
    from parsers.barcodes import barcodes_of

    codes = barcodes_of(recognised.document)
    if codes.read:
        first, text = codes.read[0], "\n".join(b.text for b in codes.read)
        evidence = tuple(f"{b.format} decodificado de la imagen" for b in codes.read)
        return FieldValue("present", text, text, place=first.place, score=1.0, evidence=evidence)
    if codes.unread:
        gap = codes.unread[0]
        return FieldValue("undetermined", place=gap.place, reason=gap.reason)
    return FieldValue("absent")

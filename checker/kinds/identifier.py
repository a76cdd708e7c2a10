"""``identifier``: a value is a well-formed CURP, NSS, RFC, telephone number or e-mail address."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.identifiers import IdentifierName, identifier
from checker.kinds.data import called, data_of, recognised_letters
from checker.kinds.protocol import Context
from checker.recognise.model import Recognised

_NAMES = {
    "curp": "una CURP válida",
    "nss": "un NSS válido",
    "rfc": "un RFC válido",
    "phone": "un número telefónico de diez dígitos",
    "email": "una dirección de correo electrónico válida",
}


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"what": "is"}):
    """Words of the kind."""

    field: str
    what: IdentifierName


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How each value stands; silent where there is none. Blanks, hyphens and case never count.

    What OCR read is only doubted, for it takes one letter for another. So is the check digit of an RFC: the tax office has issued
    some that do not follow its own algorithm.
    """
    module = identifier(params.what)
    read = recognised_letters(submission)
    for datum in data_of(submission, params.field):
        if module.accepts(datum.text):
            yield Fact("identifier", rule, {"standing": "fine"}, datum.subject, datum.place, datum.text)
            continue
        found = module.examine(datum.text)
        standing: str = found.standing
        words = {}
        if found.problem:
            if read(datum.place):
                standing = "ocr"
            elif params.what == "rfc" and standing == "digit":
                standing = "unsure"
            words = {"called": called(submission, params.field, datum.row), "problem": found.problem}
        yield Fact("identifier", rule, {"standing": standing}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not written like one, or with a wrong check digit; a doubt about either."""
    return (
        Clause("identifier", rule, (Test("standing", "==", "shape"),), "violated", "wrong"),
        Clause("identifier", rule, (Test("standing", "==", "digit"),), "violated", "wrong"),
        Clause("identifier", rule, (Test("standing", "==", "unsure"),), "undetermined", "unsure"),
        Clause("identifier", rule, (Test("standing", "==", "ocr"),), "undetermined", "ocr"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is wrong, without the value: it is a person's."""
    w = fact.words
    name = _NAMES[params.what]
    if say == "wrong":
        return f"{w['called']} no es {name}: {w['problem']}."
    how = "según lo leyó el OCR, " if say == "ocr" else ""
    return f"No se pudo confirmar que {w['called']} sea {name}: {how}{w['problem']}."

"""``approved_by``: who signs as approving, authorising, validating or elaborating is whom the manual of organisation says."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.authority.register import Found, powers_at
from checker.authority.steps import steps_of
from checker.authority.units import actors, may_act, resembles, seat_of, the
from checker.authority.verbs import RANK, does, verb_of
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import Bearer, bearers_of, field_title, joined
from checker.packs.authority import Verb
from checker.recognise.model import Person, Recognised
from checker.spanish.people import is_charge
from checker.spanish.text import flat

_SUPERIORS = "OD-i03"
"""Interpretation of the manual that lets a unit above act, under its reading ``superior``."""
_LIKE_VERBS = "OD-i02"
"""Interpretation that takes «aprobó» and «autorizó» for one, under its reading ``equivalentes``."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    numeral: str
    """Numeral of the manual under which the function stands."""
    at: int
    """Its subnumeral."""
    verb: Verb
    signed: tuple[str, ...]
    """Fields of people: that of the verb first, then those worth as much; the first that names somebody is judged."""
    signatures: str | None = None
    """Field of signatures: who signs without saying as what."""
    owed: bool = False
    """A document that shows nobody leaves it undetermined; else the rule is silent there."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How the charges under the verb stand to the unit that should act: one fact."""
    pack = context.pack
    found = powers_at(pack, context.readings, params.numeral, params.at, params.verb)
    wanted = tuple(dict.fromkeys(role for f in found for role in actors(f.unit, f.power)))
    words = {
        "who": " o ".join(the(pack.roles[r].name) for r in wanted),
        "verb": does(params.verb),
        "citation": _citation(found),
    }
    field, signers = _signers(params, submission, context)
    if not signers:
        if params.owed:
            yield _fact(rule, "nobody", field, None, words)
        return
    accepted = may_act(
        wanted, pack.authority, pack.roles, above_too=pack.taken(_SUPERIORS, context.readings) == "superior"
    )
    standings = {_standing(s, params, wanted, accepted, context): s for s in reversed(signers)}
    words["title"] = field_title(submission, field)
    unsaid = field == params.signatures or _mixed(submission, field, signers)
    if "right" in standings and (field == params.signatures or not unsaid):
        yield _fact(rule, "right", field, standings["right"], words)
    elif unsaid:
        words["charges"] = joined([f"«{_charge(s)}»" for s in signers if _charge(s)]) or "ninguno"
        yield _fact(rule, "unsaid", field, signers[0], words)
    else:
        how = next((h for h in ("unnamed", "near", "within", "outside") if h in standings), "other")
        yield _fact(rule, how, standings[how].subject, standings[how], words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another unit acts; or it cannot be told which."""
    doubts = ("unnamed", "near", "within", "outside", "unsaid", "nobody")
    return (
        Clause("approved_by", rule, (Test("signer", "==", "other"),), "violated", "other"),
        *(Clause("approved_by", rule, (Test("signer", "==", d),), "undetermined", d) for d in doubts),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Who signs, and who should."""
    w = fact.words
    norm = f"conforme al numeral {w['citation']}, lo {w['verb']} {w['who']}"
    if params.verb == "visto-bueno":
        norm = f"conforme al numeral {w['citation']}, le {w['verb'].removesuffix(' a')} {w['who']}"
    where, charge, name = (w.get(key, "") for key in ("title", "charge", "name"))
    told = {
        "other": f"En «{where}» firma «{charge}»",
        "unnamed": f"No se pudo determinar por quién firma «{name}» en «{where}»: no consta un cargo que lo diga",
        "near": f"No se pudo confirmar el cargo «{charge}» en «{where}», que se parece al debido",
        "within": f"«{charge}», en «{where}», no es la persona titular de la unidad, y no consta que la supla",
        "outside": f"No se pudo determinar si «{charge}», que firma en «{where}», es de quien corresponde",
        "unsaid": f"Las firmas no dicen quién {w['verb']} el documento (cargos asentados: {w.get('charges', '')})",
        "nobody": f"El documento no muestra quién lo {w['verb']}",
    }
    return f"{told[say]}; {norm}."


def _citation(found: tuple[Found, ...]) -> str:
    return found[0].citation if found else ""


def _signers(params: Params, submission: Recognised, context: Context) -> tuple[str, list[Bearer]]:
    """Who signs under the verb, and the field in which they are told; nobody where nobody does.

    The first of the fields that names somebody; what the foot of the document shows, where the field does not say it clearly. Signatures
    without any verb serve only where none of the document's stands under one.
    """
    like = context.pack.taken(_LIKE_VERBS, context.readings) != "distintos"
    steps = steps_of(submission.document)
    for field in params.signed if like else params.signed[:1]:
        signers = bearers_of(submission, field)
        verb = verb_of(field.replace("_", " "))
        people = [p for step in steps if step.verb == verb for p in step.people]
        if signers and all(_charge(s) for s in signers) and not _mixed(submission, field, signers):
            return field, [_whole(s, people) for s in signers]
        if people:
            return field, [Bearer(f"{field}[{n}]", p.name, p.charge, p.place) for n, p in enumerate(people, 1)]
        if signers:
            return field, signers
    if params.signatures and not steps and not any(bearers_of(submission, f) for f in _people_fields(submission)):
        unsaid = bearers_of(submission, params.signatures)
        return (params.signatures, unsaid) if unsaid else (params.signed[0], [])
    return params.signed[0], []


def _whole(signer: Bearer, people: list[Person]) -> Bearer:
    """With the charge as the foot of the document has it, where the field holds only its beginning: a charge may take several lines."""
    own = flat(signer.charge)
    longer = (p.charge for p in people if len(p.charge) > len(own) and flat(p.charge).startswith(own))
    return msgspec.structs.replace(signer, charge=next(longer, signer.charge))


def _people_fields(submission: Recognised) -> list[str]:
    assert submission.type is not None, "rules run on submissions whose type is known"
    return [n for n, f in submission.type.fields.items() if f.kind == "people" and verb_of(n.replace("_", " "))]


def _mixed(submission: Recognised, field: str, signers: list[Bearer]) -> bool:
    """Several people who stand under another verb as well: the form was read, but not who signs as what."""
    own = [(s.name, s.place) for s in signers]
    return len(own) > 1 and any(
        [(s.name, s.place) for s in bearers_of(submission, other)] == own
        for other in submission.fields
        if other != field
    )


def _charge(signer: Bearer) -> str:
    return signer.charge or (signer.name if is_charge(signer.name) else "")


def _standing(
    signer: Bearer, params: Params, wanted: tuple[str, ...], accepted: frozenset[str], context: Context
) -> str:
    charge = _charge(signer)
    seat = seat_of(charge, context.pack.roles, context.pack.authority)
    if seat.role in accepted and (seat.standing == "head" or (seat.standing == "within" and params.verb == RANK[0])):
        return "right"  # a document is elaborated by whoever works in the unit
    if seat.role in accepted and seat.standing == "within":
        return "within"
    if seat.standing == "unknown":
        return "unnamed"
    register = context.pack.authority
    if seat.role is None and resembles(charge, wanted, context.pack.roles):
        return "near"
    # what the manual calls «órgano normativo» or «personal evaluador» has many offices, and the register none of them
    return "other" if seat.role in register or all(role in register for role in wanted) else "outside"


def _fact(rule: str, signer: str, subject: str, who: Bearer | None, words: dict[str, str]) -> Fact:
    told = {**words, "charge": _charge(who) if who else "", "name": who.name if who else ""}
    quote = ", ".join(dict.fromkeys(p for p in (who.name, who.charge) if p)) if who else ""
    return Fact("approved_by", rule, {"signer": signer}, subject, who.place if who else None, quote, (), told)

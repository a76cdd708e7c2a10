"""What is wrong or doubtful in a pack that is valid field by field: names that lead nowhere, obligations forgotten, labels that clash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from checker.packs.errors import nearest
from checker.packs.model import Column, DocumentType, Field
from checker.packs.pack import Pack, Rule
from checker.spanish.text import label_form


class Remark(msgspec.Struct, frozen=True):
    """One thing found; an ``error`` makes the pack unfit, a ``warning`` may be meant."""

    level: Literal["error", "warning"]
    where: str
    """File of the pack, and the id of what is meant."""
    problem: str


def lint(pack: Pack) -> list[Remark]:
    """Everything doubtful in the pack, file by file."""
    return [*_obligations(pack), *_roles(pack), *_interpretations(pack), *_types(pack), *_rules(pack)]


def _obligations(pack: Pack) -> Iterator[Remark]:
    where = "obligations.yaml"
    ruled = {o for rule in pack.rules for o in rule.obligations}
    for name, obligation in pack.obligations.items():
        if not name.startswith(f"{pack.info.prefix}-"):
            yield Remark("error", f"{where} {name}", f"does not begin with the pack's prefix {pack.info.prefix}")
        if name in ruled and (obligation.unchecked or obligation.pending):
            yield Remark("error", f"{where} {name}", "has rules, and says that it has none")
        if name not in ruled and not obligation.unchecked and not obligation.pending:
            yield Remark("error", f"{where} {name}", "has neither rules, nor a reason in `unchecked`, nor `pending`")
        if obligation.unchecked and obligation.pending:
            yield Remark("error", f"{where} {name}", "is both `unchecked` and `pending`")
        if obligation.unchecked and not obligation.reason:
            yield Remark("warning", f"{where} {name}", "is unchecked without a sentence in `reason`")


def _roles(pack: Pack) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for role in pack.roles.values():
        for name in (role.name, *role.abbreviations, *role.aliases):
            other = seen.setdefault(label_form(name), role.id)
            if other != role.id:
                yield Remark("warning", f"roles.yaml {role.id}", f"shares the name {name!r} with {other}")


def _interpretations(pack: Pack) -> Iterator[Remark]:
    for item in pack.interpretations.values():
        where, known = f"interpretations.yaml {item.id}", [r.id for r in item.readings]
        if item.taken not in known:
            yield Remark(
                "error", where, f"takes {item.taken!r}, which is none of its readings{nearest(item.taken, known)}"
            )
        if len(set(known)) != len(known):
            yield Remark("error", where, "has two readings of one id")


def _types(pack: Pack) -> Iterator[Remark]:
    for document in pack.types.values():
        where = f"documents {document.id}"
        for owner, label_owner in (("fields", document.fields), *_columns(document)):
            yield from _shared_labels(where, owner, label_owner)
        for field in document.fields.values():
            owed: list[Field | Column] = [field, *field.columns.values()]
            for item in owed:
                if item.required_by and item.required_by not in pack.obligations:
                    yield Remark(
                        "error", where, f"{item.title!r} is required by {item.required_by}, which is no obligation"
                    )
                if item.required_by and not item.remedy:
                    yield Remark("warning", where, f"{item.title!r} is required and has no remedy")
        if document.mails:
            for role in (document.mails.reviewer, document.mails.author, document.mails.via):
                if role and role not in pack.roles:
                    yield Remark("error", where, f"mails name the role {role!r}{nearest(role, pack.roles)}")


def _columns(document: DocumentType) -> Iterator[tuple[str, Any]]:
    for name, field in document.fields.items():
        if field.columns:
            yield f"columns of {name}", field.columns


def _shared_labels(where: str, owner: str, labelled: dict[str, Any]) -> Iterator[Remark]:
    """A label of two fields is ambiguous, except between a section and the column that it stands for, which are told apart by form."""
    seen: dict[str, str] = {}
    for name, item in labelled.items():
        for label in dict.fromkeys(map(label_form, item.labels)):
            other = seen.setdefault(label, name)
            if other != name:
                yield Remark("warning", where, f"{owner}: the label {label!r} is of {other} and of {name}")


def _rules(pack: Pack) -> Iterator[Remark]:
    for rule in pack.rules:
        where = f"{rule.origin} {rule.head.id}"
        yield from (Remark("error", where, problem) for problem in _dangling(rule, pack))
        if not rule.derived and not rule.head.examples.passes:
            yield Remark("error", where, "has no example that passes")
        if not rule.derived and not rule.head.examples.fails:
            yield Remark("error", where, "has no example that fails")


def _dangling(rule: Rule, pack: Pack) -> Iterator[str]:
    """Names in the rule that nothing defines."""
    head = rule.head
    for obligation in rule.obligations:
        if obligation not in pack.obligations:
            yield f"no obligation {obligation!r}"
    if head.interpretation:
        interpretation = pack.interpretations.get(head.interpretation)
        if interpretation is None:
            yield f"no interpretation {head.interpretation!r}{nearest(head.interpretation, pack.interpretations)}"
        elif head.reading and head.reading not in [r.id for r in interpretation.readings]:
            yield f"{head.interpretation} has no reading {head.reading!r}"
    elif head.reading:
        yield "names a reading without its interpretation"
    document = pack.types.get(head.on.document or "")
    if document is None:
        yield f"no document type {head.on.document!r}{nearest(head.on.document or '', pack.types)}"
        return
    paths = [*(head.when.fields if head.when else ()), *_paths(rule.params)]
    yield from (problem for path in paths if (problem := _unknown_path(path, document.fields)))
    for role in getattr(rule.params, "roles", ()):
        if role not in pack.roles:
            yield f"no role {role!r}{nearest(role, pack.roles)}"


def _paths(params: msgspec.Struct) -> list[str]:
    """Fields and ``table.column`` that the kind's words name."""
    given = msgspec.structs.asdict(params)
    single = [
        given[n] for n in ("field", "first", "then", "each", "of", "dates", "year", "unless_rows") if given.get(n)
    ]
    table = given.get("table") or given.get("field")
    columns = [*(given.get("when") or {}), *([given["column"]] if given.get("column") else [])]
    return [*single, *([given["table"]] if given.get("table") else []), *(f"{table}.{c}" for c in columns)]


def _unknown_path(path: str, fields: dict[str, Field]) -> str:
    name, _, column = path.partition(".")
    if name not in fields:
        return f"no field {name!r}{nearest(name, fields)}"
    if column and column not in fields[name].columns:
        return f"{name} has no column {column!r}{nearest(column, fields[name].columns)}"
    return ""

"""What is wrong or doubtful in a pack that is valid field by field: names that lead nowhere, obligations forgotten, labels that clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from checker.packs.authority_lint import authority_problems
from checker.packs.case_lint import case_rule_problems, procedure_problems
from checker.packs.errors import nearest
from checker.packs.model import Column, DocumentType, Field
from checker.packs.pack import Pack
from checker.packs.rule_lint import dangling
from checker.packs.table_lint import table_problems
from checker.spanish.text import label_form


class Remark(msgspec.Struct, frozen=True):
    """One thing found; an ``error`` makes the pack unfit, a ``warning`` may be meant."""

    level: Literal["error", "warning"]
    where: str
    """File of the pack, and the id of what is meant."""
    problem: str


def lint(pack: Pack, packs: Sequence[Pack] = ()) -> list[Remark]:
    """Everything doubtful in the pack, file by file; ``packs`` hold the types of others that its rules are about."""
    tables = (Remark("error", f"tables {name}", problem) for name, problem in table_problems(pack))
    authority = (Remark("error", where, problem) for where, problem in authority_problems(pack))
    rules = _rules(pack, packs)
    return [
        *_obligations(pack),
        *_roles(pack),
        *_interpretations(pack),
        *_types(pack),
        *tables,
        *authority,
        *_procedures(pack),
        *rules,
    ]


def _obligations(pack: Pack) -> Iterator[Remark]:
    where = "obligations.yaml"
    ruled = {o for rule in pack.every_rule for o in rule.obligations}
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


def _procedures(pack: Pack) -> Iterator[Remark]:
    for procedure in pack.casebook.procedures.values():
        for problem in procedure_problems(procedure, pack):
            yield Remark("error", f"procedures {procedure.id}", problem)


def _rules(pack: Pack, packs: Sequence[Pack]) -> Iterator[Remark]:
    for rule in pack.every_rule:
        where = f"{rule.origin} {rule.head.id}"
        if rule.head.on.case is None:
            yield from (Remark("error", where, problem) for problem in dangling(rule, pack, packs))
        elif not rule.derived:
            yield from (Remark("error", where, problem) for problem in case_rule_problems(rule, pack))
        if not rule.derived and not rule.head.examples.passes:
            yield Remark("error", where, "has no example that passes")
        if not rule.derived and not rule.head.examples.fails:
            yield Remark("error", where, "has no example that fails")

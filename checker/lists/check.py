"""Where long lists leave the way of other files: opened by their head, recognised, and judged row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from checker.findings import FieldReport
from checker.judged import Job
from parsers.long import open_long

if TYPE_CHECKING:
    from checker.evaluate import Located, Scope
    from checker.lists.layout import Layout
    from checker.options import Options
    from checker.packs.pack import Pack
    from checker.recognise.model import Recognised
    from checker.recognise.recognise import Candidate
    from parsers.rows import LongFile


class LongList(msgspec.Struct, frozen=True):
    """A list recognised by its head."""

    file: LongFile
    submission: Recognised
    """The head; of the rows it has only the first ones."""
    layouts: dict[int | None, Layout]

    @property
    def comparable(self) -> Recognised:
        """As other documents may compare themselves with it: not by its rows, which are not at hand."""
        head = self.submission
        assert head.type is not None, "lists have a type"
        name = head.type.rows or ""
        rows = replace(head.fields[name], state="undetermined", value=None, reason=_NOT_COMPARED)
        return replace(head, fields={**head.fields, name: rows})


_NOT_COMPARED = "la lista es demasiado larga para compararla renglón por renglón"


class WholeListNeededError(Exception):
    """A rule of the type needs more of the list at once than a row."""


def open_list(job: Job, candidates: list[Candidate], wanted: str | None, options: Options) -> LongList | None:
    """The list that the file of ``job`` is; None where it is short, of another type, or not laid out row by row.

    Where the head of a long file is of no known type, the rest need not be read to say so: the list has no type then.

    Raises :class:`parsers.errors.Unreadable`.
    """
    if not any(candidate.type.rows for candidate in candidates):
        return None
    file = open_long(job.path, options.limits)
    if file is None:
        return None
    from checker.lists.layout import layouts_of
    from checker.recognise.recognise import recognise
    from checker.recognise.types import THRESHOLD

    found = recognise(file.head, candidates, wanted)
    if len(found) == 1 and found[0].type is None and found[0].confidence < THRESHOLD:
        return LongList(file, found[0], {})
    if len(found) != 1 or found[0].type is None or found[0].type.rows is None:
        return None
    layouts = layouts_of(found[0], found[0].type.rows)
    return LongList(file, found[0], layouts) if layouts else None


def judge_list(
    found: LongList, pack: Pack, scope: Scope, options: Options
) -> tuple[tuple[Located, ...], Recognised, dict[str, FieldReport]]:
    """Findings in the order of the list, the submission with what could not be read in it, and the report of its rows: their number.

    Raises :class:`WholeListNeededError`, :class:`parsers.errors.Unreadable` and :class:`checker.engine.decide.EngineDisagreement`.
    """
    from checker.evaluate import evaluate, rules_on
    from checker.findings import Location
    from checker.kinds.protocol import Context
    from checker.lists.judge import judge_rows
    from checker.lists.plan import plan_of
    from checker.recognise.recognise import label_index
    from parsers.bulk import collector_paused

    head = found.submission
    assert head.type is not None, "lists have a type"
    rules = rules_on(pack, head.type.id, scope, options.readings)
    plan = plan_of(head.type, ((r, p) for r, p in rules if options.selects(r.head.id, r.obligations)))
    if plan is None:
        raise WholeListNeededError
    over = evaluate(pack, head, readings=options.readings, signed=options.signed, scope=scope, asks=plan.asks_head)
    context = Context(pack, options.readings, None, (pack, *scope.others))
    with collector_paused():
        told = judge_rows(found.file, head, plan, found.layouts, label_index(head.type), context, options.signed)
    document = replace(head.document, gaps=(*head.document.gaps, *told.gaps), notes=(*head.document.notes, *told.notes))
    value = head.fields[plan.table]
    report = FieldReport(value.state, {"rows": told.rows}, Location.of(value.place) if value.place else None)
    return (*over, *told.located), replace(head, document=document), {plan.table: report}

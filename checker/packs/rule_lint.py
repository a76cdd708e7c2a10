"""Names in a rule that nothing defines: obligations, readings, document types, and the fields, columns and catalogues of its kind's words.

The words of a kind are told by their names, so that a new kind is looked into without saying so: see the lists below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from checker.packs.errors import nearest
from checker.packs.model import DocumentType, Field, Mentions
from checker.packs.pack import Pack, Rule
from checker.packs.tables import Catalogue

PATHS = (
    "table field fields first then each of dates year month made than period rows unless_rows or_field attended code within under "
    "signed signatures"
).split()
"""Words that name fields, or ``table.column``; across documents also ``own=other``."""
COLUMNS = (
    "column columns by equal when months reached surnames inputs says where other_where percentage share whole base progress quantity unit "
    "siblings or_whole number"
).split()
"""Words that name columns of the rule's table: a name, several, the keys of a map of lists, or the values of a map of names."""
OTHER_TABLES = "other matrix".split()
"""Words that name a table of the other document, to which the right side of ``own=other`` belongs."""


def dangling(rule: Rule, pack: Pack, packs: Sequence[Pack] = ()) -> Iterator[str]:
    """Each name that leads nowhere, with the nearest that would; ``packs`` hold the document types of others."""
    head = rule.head
    for obligation in rule.obligations:
        if obligation not in pack.obligations:
            yield f"no obligation {obligation!r}"
    yield from _readings(rule, pack)
    document = _type(head.on.document or "", pack, packs)
    if document is None:
        yield f"no document type {head.on.document!r}{nearest(head.on.document or '', pack.types)}"
        return
    other: DocumentType | None = None
    if head.with_ is not None:
        other = _type(head.with_.document, pack, packs)
        if other is None:
            yield f"no document type {head.with_.document!r}{nearest(head.with_.document, pack.types)}"
    mentions: list[Mentions] = [said for said in (head.when, head.unless) if said is not None]
    where = head.with_.where if head.with_ else None
    for said in (*mentions, *([where] if where else [])):
        yield from (f"no role {role!r}{nearest(role, pack.roles)}" for role in said.roles if role not in pack.roles)
    if where is not None and other is not None:
        yield from (problem for name in where.fields for problem in _unknown(name, other))
    matches = head.with_.match if head.with_ else ()
    own = [*(f for said in mentions for f in said.fields), *matches]
    given = msgspec.structs.asdict(rule.params)
    # kinds that read norms speak of sections and terms, under the same words
    words = ("field", "table") if document.kind == "norm" else PATHS
    paths = [p for name in words for p in _names(given.get(name))]
    for path in (*own, *paths):
        own_path, joined, other_path = path.partition("=")
        yield from _unknown(own_path, document)
        if other is not None and (joined or path in matches or path in _names(given.get("fields"))):
            yield from _unknown(other_path or own_path, other)
    yield from _columns(given, pack, document, other)
    if (catalogue := given.get("catalogue")) and not isinstance(pack.tables.get(catalogue), Catalogue):
        known = [name for name, table in pack.tables.items() if isinstance(table, Catalogue)]
        yield f"no catalogue {catalogue!r}{nearest(catalogue, known)}"
    for role in _names(given.get("roles")):
        if role not in pack.roles:
            yield f"no role {role!r}{nearest(role, pack.roles)}"


def _readings(rule: Rule, pack: Pack) -> Iterator[str]:
    head = rule.head
    if head.interpretation:
        interpretation = pack.interpretations.get(head.interpretation)
        if interpretation is None:
            yield f"no interpretation {head.interpretation!r}{nearest(head.interpretation, pack.interpretations)}"
        elif head.reading and head.reading not in [r.id for r in interpretation.readings]:
            yield f"{head.interpretation} has no reading {head.reading!r}"
    elif head.reading:
        yield "names a reading without its interpretation"


def _type(name: str, pack: Pack, packs: Sequence[Pack]) -> DocumentType | None:
    """A type of the pack, or ``pack#type``."""
    owner, _, type_id = name.rpartition("#")
    if not owner:
        return pack.types.get(type_id)
    return next((p.types[type_id] for p in packs if p.info.id == owner and type_id in p.types), None)


def _columns(
    given: Mapping[str, object], pack: Pack, document: DocumentType, other: DocumentType | None
) -> Iterator[str]:
    table = next((n for word in ("table", "rows", "field") for n in _names(given.get(word))), None)
    if table is None:
        return
    table = table.partition(".")[0]
    theirs = next((n for word in OTHER_TABLES for n in _names(given.get(word))), None)
    if theirs and other is not None:
        yield from _unknown(theirs, other)
    for word in COLUMNS:
        for name in _names(given.get(word)):
            if word == "by" and name in pack.tables:
                continue  # a decision table
            own, _, their = name.partition("=")
            if word == "other_where":
                if theirs and other is not None and theirs in other.fields:
                    yield from _unknown_column(theirs, own, other.fields)
                continue
            if table in document.fields:
                yield from _unknown_column(table, own, document.fields)
            if theirs and other is not None and theirs in other.fields and word in ("by", "equal"):
                yield from _unknown_column(theirs, their or own, other.fields)


def _names(word: object) -> list[str]:
    """The names that a word gives: itself, its items, the keys of a map to lists, the values of a map to names."""
    if isinstance(word, str):
        return [word] if word else []
    if isinstance(word, dict):
        return [v if isinstance(v, str) else k for k, v in word.items()]
    return [item for item in word if isinstance(item, str)] if isinstance(word, tuple) else []


def _unknown(path: str, document: DocumentType) -> Iterator[str]:
    name, _, column = path.partition(".")
    if name not in document.fields:
        yield f"{document.id} has no field {name!r}{nearest(name, document.fields)}"
    elif column:
        yield from _unknown_column(name, column, document.fields)


def _unknown_column(table: str, column: str, fields: Mapping[str, Field]) -> Iterator[str]:
    if column not in fields[table].columns:
        yield f"{table} has no column {column!r}{nearest(column, fields[table].columns)}"

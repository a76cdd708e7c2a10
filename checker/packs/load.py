"""Packs from folders of YAML: read, validated, with the rules that follow from their document types.

Packs of others are untrusted: bounded in size and number, no code, no links out of their folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from checker.calendar.days import UnknownCalendar, must_be_known
from checker.kinds import CASE_KINDS, KINDS, case_kind, kind
from checker.packs import cache
from checker.packs.authority import Authority
from checker.packs.derive import derived_rules
from checker.packs.errors import PackError
from checker.packs.model import DocumentType, Interpretation, Obligation, PackInfo, Role, RuleHead
from checker.packs.pack import CaseData, Pack, Rule
from checker.packs.tables import Catalogue, DecisionTable, Register

__all__ = ["Pack", "PackError", "Rule", "load_packs", "pack_in_force"]

MAX_FILES = 500
"""YAML files of one pack."""
MAX_TOTAL = 8 << 20
"""Bytes of one pack."""
MAX_FOLDERS = 5_000
"""Folders looked into under one root."""
_SINGLE: dict[str, Any] = {
    "pack.yaml": PackInfo,
    "roles.yaml": list[Role],
    "obligations.yaml": dict[str, Obligation],
    "interpretations.yaml": list[Interpretation],
    "authority.yaml": Authority,
}
_FOLDERS = ("documents", "procedures", "rules", "tables")
_HEAD = {f.encode_name for f in msgspec.structs.fields(RuleHead)}
T = TypeVar("T")


def load_packs(roots: Sequence[Path]) -> tuple[Pack, ...]:
    """Every pack under ``roots`` (a root may be a pack itself), by id and edition.

    Raises :class:`PackError` for the first thing that a pack may not say, and for two packs of one id and edition.
    """
    found: dict[tuple[str, str], Pack] = {}
    for root in roots:
        for folder in _pack_folders(root):
            pack = _load(folder)
            key = (pack.info.id, pack.info.edition)
            if key in found:
                raise PackError(
                    folder / "pack.yaml", None, f"{key[0]} edition {key[1]} is already defined in {found[key].path}"
                )
            found[key] = pack
    return tuple(found[key] for key in sorted(found))


def pack_in_force(packs: Sequence[Pack], pack_id: str, day: dt.date | None) -> Pack:
    """The edition of ``pack_id`` that governs ``day`` (None: the newest).

    Where none governs that day, the one nearest in time: ``pack.governs(day)`` tells. Raises ``KeyError`` for an unknown id.
    """
    editions = [p for p in packs if p.info.id == pack_id]
    if not editions:
        raise KeyError(pack_id)
    newest = max(editions, key=lambda p: (p.info.in_force.start or dt.date.min, p.info.edition))
    if day is None:
        return newest
    return min(
        editions,
        key=lambda p: (_days_off(p, day), -(p.info.in_force.start or dt.date.min).toordinal(), p is not newest),
    )


def _days_off(pack: Pack, day: dt.date) -> int:
    start, end = pack.info.in_force.start or day, pack.info.in_force.end or day
    return max((start - day).days, (day - end).days, 0)


def _pack_folders(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        raise PackError(root, None, "not a folder")
    waiting, seen = [root], 0
    while waiting:
        folder = waiting.pop()
        seen += 1
        if seen > MAX_FOLDERS:
            raise PackError(root, None, f"more than {MAX_FOLDERS} folders")
        if (folder / "pack.yaml").is_file():
            yield folder
            continue
        below = (p for p in folder.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith("."))
        waiting.extend(sorted(below, reverse=True))


def _load(folder: Path) -> Pack:
    files = _read(folder)
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    sha256 = digest.hexdigest()
    data = cache.get(sha256)
    if isinstance(data, dict) and data.keys() == files.keys():
        return _Builder(folder, files, data, valid=True).pack(sha256)
    data = _parsed(folder, files)
    pack = _Builder(folder, files, data, valid=False).pack(sha256)
    cache.put(sha256, data)  # what is kept has been found valid
    return pack


def _parsed(folder: Path, files: dict[str, bytes]) -> dict[str, Any]:
    from checker.packs.yaml_file import parse

    return {name: parse(folder / name, content).data for name, content in files.items()}


def _read(folder: Path) -> dict[str, bytes]:
    """Relative name → content of the pack's YAML files, by name."""
    from checker.packs.errors import nearest

    base = folder.resolve()
    paths = [folder / n for n in _SINGLE if (folder / n).is_file()]
    for entry in sorted(folder.iterdir()):
        if entry.suffix == ".yml" or (entry.suffix == ".yaml" and entry.name not in _SINGLE):
            raise PackError(entry, None, f"not a file of a pack{nearest(entry.stem + '.yaml', _SINGLE)}")
        if entry.is_dir() and entry.name in _FOLDERS:
            paths.extend(sorted(entry.glob("*.yaml")))
        elif entry.is_dir() and any(entry.glob("*.y*ml")):
            raise PackError(entry, None, f"not a folder of a pack{nearest(entry.name, _FOLDERS)}")
    if len(paths) > MAX_FILES:
        raise PackError(folder, None, f"more than {MAX_FILES} files")
    files: dict[str, bytes] = {}
    total = 0
    for path in paths:
        if not path.resolve().is_relative_to(base):
            raise PackError(path, None, "links out of the pack")
        try:
            with path.open("rb") as file:
                content = file.read(MAX_TOTAL - total + 1)
        except OSError as error:
            raise PackError(path, None, f"cannot be read: {error.strerror}") from error
        total += len(content)
        if total > MAX_TOTAL:
            raise PackError(path, None, f"the pack is larger than {MAX_TOTAL >> 20} MiB")
        files[path.relative_to(folder).as_posix()] = content
    return files


def _on_case(entry: dict[str, Any]) -> bool:
    on = entry.get("on")
    return isinstance(on, dict) and "case" in on


class _Builder(msgspec.Struct):
    folder: Path
    files: dict[str, bytes]
    data: dict[str, Any]
    valid: bool
    """Whether this very content was found valid before: the words of its rules are then left for when they are asked."""

    def pack(self, sha256: str) -> Pack:
        info = self._convert("pack.yaml", (), self.data["pack.yaml"], PackInfo)
        try:
            must_be_known(info.calendar)
        except UnknownCalendar as error:
            raise self._error("pack.yaml", ("calendar",), str(error)) from error
        roles = self._by_id("roles.yaml", list[Role])
        interpretations = self._by_id("interpretations.yaml", list[Interpretation])
        obligations: dict[str, Obligation] = self._single("obligations.yaml", {})
        types: dict[str, DocumentType] = {}
        tables: dict[str, Catalogue | DecisionTable | Register] = {}
        rules: list[Rule] = []
        procedures: dict[str, Any] = {}
        for name in self.files:
            if name.startswith("documents/"):
                document = self._convert(name, (), self.data[name], DocumentType)
                if document.id in types:
                    raise self._error(name, ("id",), f"document type {document.id!r} is defined twice")
                self._check_columns(name, document)
                types[document.id] = document
                rules.extend(derived_rules(document, name))
            elif name.startswith("rules/"):
                rules.extend(self._rules(name))
            elif name.startswith("procedures/"):
                procedures[name] = self.data[name]
            elif name.startswith("tables/"):
                table = self._table(name)
                if table.id in tables:
                    raise self._error(name, ("id",), f"table {table.id!r} is defined twice")
                tables[table.id] = table
        cases = CaseData(procedures, tuple(self._case_rules()))
        self._check_ids([*rules, *([] if self.valid else self._cases(cases))])
        rules.sort(key=lambda r: r.head.id)
        return Pack(
            info,
            sha256,
            roles,
            obligations,
            interpretations,
            types,
            tables,
            tuple(rules),
            self.folder,
            self._single("authority.yaml", {}),
            cases,
        )

    def _cases(self, data: CaseData) -> tuple[Rule, ...]:
        """The rules on cases, once every file that says something of cases has been found valid."""
        from checker.packs.casebook import casebook_of
        from checker.packs.procedures import Procedure

        seen: dict[str, str] = {}
        for name, held in data.procedures.items():
            procedure = self._convert(name, (), held, Procedure)
            if procedure.id in seen:
                raise self._error(
                    name, ("id",), f"procedure {procedure.id!r} is already defined in {seen[procedure.id]}"
                )
            seen[procedure.id] = name
        return casebook_of(data).rules

    def _table(self, name: str) -> Catalogue | DecisionTable | Register:
        data = self.data[name]
        if isinstance(data, dict) and "lines" in data:
            return self._convert(name, (), data, DecisionTable)
        if isinstance(data, dict) and "instruments" in data:
            return self._convert(name, (), data, Register)
        return self._convert(name, (), data, Catalogue)

    def _single(self, name: str, default: Any) -> Any:
        if self.data.get(name) is None:
            return default
        return self._convert(name, (), self.data[name], _SINGLE[name])

    def _by_id(self, name: str, kind_of: Any) -> dict[str, Any]:
        entries = self._single(name, [])
        found: dict[str, Any] = {}
        for number, entry in enumerate(entries):
            if entry.id in found:
                raise self._error(name, (number, "id"), f"{entry.id!r} is defined twice")
            found[entry.id] = entry
        return found

    def _check_columns(self, name: str, document: DocumentType) -> None:
        """What derives rules, and what recognition follows, must lead somewhere."""
        for field_name, field in document.fields.items():
            if field.any_of_column:
                table, _, column = field.any_of_column.partition(".")
                if table not in document.fields or column not in document.fields[table].columns:
                    raise self._error(
                        name,
                        ("fields", field_name, "any_of_column"),
                        f"{field.any_of_column!r} is no table.column of this type",
                    )
            if (field.kind == "table") != bool(field.columns):
                raise self._error(name, ("fields", field_name), "a table has columns, and nothing else has")

    def _rules(self, name: str) -> Iterator[Rule]:
        """The rules on documents that a file of rules holds."""
        for number, entry in self._entries(name):
            if not _on_case(entry):
                word = self._kind_in(name, number, entry, KINDS)
                head = self._convert(name, (number,), {k: v for k, v in entry.items() if k in _HEAD}, RuleHead)
                words = entry[word]
                if not self.valid:
                    words = self._convert(name, (number, word), words, kind(word).Params)
                yield Rule(head, word, words, name)

    def _case_rules(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """The rules on cases of all files, left as parsed where they are known to be valid."""
        for name in self.files:
            for number, entry in self._entries(name) if name.startswith("rules/") else ():
                if _on_case(entry):
                    word = self._kind_in(name, number, entry, CASE_KINDS)
                    if not self.valid:
                        self._convert(name, (number,), {k: v for k, v in entry.items() if k in _HEAD}, RuleHead)
                        self._convert(name, (number, word), entry[word], case_kind(word).Params)
                    yield name, entry, word

    def _entries(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        entries = self.data[name] or []
        if not isinstance(entries, list):
            raise self._error(name, (), "a file of rules is a list")
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict):
                raise self._error(name, (number,), "a rule is a mapping")
            yield number, entry

    def _kind_in(self, name: str, number: int, entry: dict[str, Any], known: tuple[str, ...]) -> str:
        """The one key of a rule that names its check kind."""
        from checker.packs.errors import nearest

        kinds = [k for k in entry if k not in _HEAD]
        for key in kinds:
            if key not in known:
                raise self._error(name, (number, key), f"unknown key {key!r}{nearest(key, [*_HEAD, *known])}")
        if len(kinds) != 1:
            raise self._error(
                name, (number,), f"a rule has one check kind, this one has {len(kinds)}: {', '.join(known)}"
            )
        return kinds[0]

    def _check_ids(self, rules: list[Rule]) -> None:
        """An id names one rule, except that a column and the section that stands for it may share theirs."""
        seen: dict[str, Rule] = {}
        for rule in rules:
            other = seen.setdefault(rule.head.id, rule)
            if other is not rule and not (rule.derived and other.derived and rule.origin == other.origin):
                raise PackError(
                    self.folder / rule.origin, None, f"rule {rule.head.id} is already defined in {other.origin}"
                )

    def _convert(self, name: str, trail: tuple[str | int, ...], data: Any, kind_of: type[T]) -> T:
        try:
            return msgspec.convert(data, kind_of)
        except msgspec.ValidationError as error:
            from checker.packs.explain import culprit

            where, problem = culprit(data, kind_of, str(error))
            raise self._error(name, (*trail, *where), problem) from error

    def _error(self, name: str, trail: tuple[str | int, ...], problem: str) -> PackError:
        """With the line, for which the file is parsed once more."""
        from checker.packs.yaml_file import parse

        line = parse(self.folder / name, self.files[name]).line(trail)
        return PackError(self.folder / name, line, problem)

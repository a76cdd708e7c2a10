"""A folder or zip of e-mails and documents as one case: what it holds, of which procedure it is, and the record that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from checker.cases.directory import NAME, Directory, DirectoryError, parsed_directory, read_directory
from checker.cases.expediente_actors import Actors, day_of
from checker.cases.expediente_contents import Contents, Paper, Seen, contents_of
from checker.cases.expediente_events import Derived, derive
from checker.cases.expediente_items import items_of
from checker.cases.expediente_kinds import Kinds
from checker.cases.expediente_names import DESCRIPTION
from checker.cases.identify import Identifier
from checker.options import Options
from checker.packs.load import pack_in_force
from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from parsers.cases.model import CaseRecord
from parsers.errors import Unreadable
from parsers.model import Gap, Place

_SAMPLE = 40
"""Messages, and documents, by which the procedure is told."""
_LIKELY = 0.55
"""What a procedure must explain for an expediente to be taken for its."""
_CLEAR = 0.05
"""By how much it must explain it better than the next."""
_OWN_TYPES = 0.15
"""What it adds that all documents are of the pack's types."""


class Expediente(msgspec.Struct, frozen=True):
    """An expediente, read and derived."""

    record: CaseRecord
    contents: Contents
    directory: Directory | None
    sure: float = 1.0
    """How sure its procedure is, 0–1: 1 where somebody names it."""


class _Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``expediente.yaml``."""

    case: str = ""
    procedure: str = ""


def expediente_of(path: Path, packs: Sequence[Pack], options: Options, seen: Seen | None = None) -> Expediente:
    """Read the folder or zip at ``path`` and derive its record.

    The editions of ``packs`` are those in force on ``options.as_of``, else on the day of its first message. ``seen`` is told of
    every file that could be read. Of which procedure it is, ``options.procedure`` says, else the ``expediente.yaml`` in it, else its
    contents; where none does, the record has no events and a gap says so.
    Raises :class:`parsers.errors.Unreadable` for what is no expediente, and for a directory that cannot be read.
    """
    from checker.judge import candidates

    contents = contents_of(path, candidates(packs, options.as_of), options.limits, seen)
    directory = _directory(path, contents, options)
    said = _described(path, contents)
    name = said.case or path.resolve().name.removesuffix(".zip")
    gaps = list(contents.gaps)
    day = options.as_of or min((d for letter in contents.letters if (d := day_of(letter))), default=None)
    packs = [pack_in_force(packs, i, day) for i in dict.fromkeys(p.info.id for p in packs)]
    wanted = options.procedure or said.procedure
    found = _named(wanted, packs) if wanted else None
    note, sure = "", 1.0
    if found is None and wanted:
        note = f"el procedimiento «{wanted}», que se señaló para el expediente, no existe o es de varias normas"
    elif found is None:
        found, note, sure = _recognised(contents, packs, directory)
    if found is None:
        empty = "el expediente no tiene correos ni documentos que se puedan leer"
        gaps.append(note if contents.letters or contents.papers else empty)
        record = CaseRecord(name, wanted or None, (), Place(), contents.notes, _gaps(gaps))
        return Expediente(record, contents, directory)
    pack, procedure = found
    derived = _derived(contents, pack, procedure, directory)
    notes = (*([note] if note else []), *contents.notes, *derived.notes)
    record = CaseRecord(
        name, f"{pack.info.id}#{procedure.id}", derived.events, Place(), notes, _gaps([*gaps, *derived.gaps])
    )
    return Expediente(record, contents, directory, sure)


def _derived(
    contents: Contents, pack: Pack, procedure: Procedure, directory: Directory | None, most: int | None = None
) -> Derived:
    kinds = Kinds(procedure, pack)
    items = items_of(contents, kinds, Actors(contents.letters[:most], directory, pack.roles), most)
    return derive(items, kinds, Identifier(procedure, pack))


def _recognised(
    contents: Contents, packs: Sequence[Pack], directory: Directory | None
) -> tuple[tuple[Pack, Procedure] | None, str, float]:
    """The procedure that explains an expediente best, how it was told, or why none can be, and how sure that is."""
    types = [(p.pack, p.type) for p in _papers(contents) if p.type]
    scored: list[tuple[float, int]] = []
    known = [(pack, procedure) for pack in packs for procedure in pack.casebook.procedures.values()]
    for n, (pack, procedure) in enumerate(known):
        worth = _derived(contents, pack, procedure, directory, _SAMPLE).worth
        own = {*procedure.makers, *procedure.artefacts}
        mine = sum(owner == pack.info.id and type_ in own for owner, type_ in types)
        scored.append((worth + (_OWN_TYPES * mine / len(types) if types else 0.0), -n))
    scored.sort(reverse=True)
    say = "indíquelo con --procedure o en expediente.yaml"
    if not scored or scored[0][0] < _LIKELY:
        return None, f"no se reconoce de qué procedimiento es el expediente; {say}", 0.0
    best = known[-scored[0][1]]
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEAR:
        other = known[-scored[1][1]]
        return None, f"el expediente puede ser de «{best[1].title}» o de «{other[1].title}»; {say}", 0.0
    return best, f"por su contenido se tomó por un expediente de «{best[1].title}»", round(min(scored[0][0], 0.99), 2)


def _papers(contents: Contents) -> Iterator[Paper]:
    yield from contents.papers
    for letter in contents.letters:
        yield from letter.papers


def _named(wanted: str, packs: Sequence[Pack]) -> tuple[Pack, Procedure] | None:
    owner, _, name = wanted.rpartition("#")
    found = [
        (pack, procedure)
        for pack in packs
        for procedure in pack.casebook.procedures.values()
        if owner in ("", pack.info.id) and name in (procedure.id, procedure.title)
    ]
    return found[0] if len(found) == 1 else None


def _directory(path: Path, contents: Contents, options: Options) -> Directory | None:
    try:
        if options.directory is not None:
            return read_directory(options.directory)
        if contents.directory is not None:
            return parsed_directory(path / NAME, contents.directory)
    except DirectoryError as error:
        raise Unreadable("malformed", f"El directorio de personas no se pudo leer: {error}") from error
    return None


def _described(path: Path, contents: Contents) -> _Description:
    from checker.packs.errors import PackError
    from checker.packs.yaml_file import parse

    try:
        data = parse(path / DESCRIPTION, contents.description or b"").data
        return msgspec.convert(data or {}, _Description)
    except (PackError, msgspec.ValidationError) as error:
        raise Unreadable("malformed", f"«{DESCRIPTION}» no se pudo leer: {error}") from error


def _gaps(reasons: Sequence[str]) -> tuple[Gap, ...]:
    return tuple(Gap(reason, Place()) for reason in dict.fromkeys(reasons))

"""What flows through a check: a file to check, a submission judged, its result with what was handed back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from checker.findings import Result

if TYPE_CHECKING:
    from checker.evaluate import Located
    from checker.kinds.protocol import Related
    from checker.packs.pack import Pack
    from checker.recognise.model import Recognised


class Job(msgspec.Struct, frozen=True):
    """A file to check, and the name (without suffix) that what is handed back for it bears."""

    path: Path
    name: str
    type: str | None = None
    """Document type that it is said to be, as ``type`` or ``pack#type``; None recognises it."""
    only_related: bool = False
    """Others are compared with it; it is not itself reported."""


class Checked(msgspec.Struct, frozen=True):
    """One submission's result, and the files handed back for it."""

    result: Result
    title: str = ""
    """Of its document type, as its norm calls it; several norms may have a type of one id."""
    written: tuple[Path, ...] = ()
    defect: str = ""
    """Traceback of a fault of vobo's own; empty otherwise."""
    drawing: str = ""
    """A case drawn, as HTML that is safe to embed; empty for everything else."""
    case: str = ""
    """The case's own name, where it is one."""
    trouble: tuple[str, ...] = ()
    """Why a file could not be handed back, in English, where the user can mend it: a letterhead, a folder."""


class Answer(msgspec.Struct, frozen=True):
    """What a file gave: its submissions, and what other files may compare themselves with."""

    checked: tuple[Checked, ...]
    shared: tuple[Related, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """A submission judged, on its way to being handed back."""

    checked: Checked
    located: tuple[Located, ...]
    submission: Recognised
    pack: Pack | None
    cut: bool = False
    """It is too long to be held whole: of its rows only the first are at hand."""

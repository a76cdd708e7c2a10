"""A copy of a zip package in which only the named parts differ."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from parsers.package import Package


def repack(data: bytes, package: Package, changed: Mapping[str, bytes], target: Path) -> None:
    """Write to ``target`` the package whose bytes are ``data``, with the parts in ``changed`` replaced or added at the end.

    Every other part keeps its content, its name, its date and its place, so that a comparison shows only what was changed. The same
    input gives the same bytes.
    """
    pending = {name.lower(): (name, content) for name, content in changed.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as original, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for member in original.infolist():
            if member.is_dir():
                continue
            name = member.filename.replace("\\", "/").lstrip("/")
            _, content = pending.pop(name.lower(), (name, None))
            out.writestr(copy.copy(member), package.read(name) if content is None else content)
        for name, content in pending.values():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, content)
    # Only now, so that a part that turns out to be damaged leaves no half file behind.
    target.write_bytes(written.getvalue())

"""What a file may cost before it is refused. Every parse runs under one of these."""

from __future__ import annotations

from typing import Literal

import msgspec

OcrMode = Literal["auto", "off"]


class Limits(msgspec.Struct, frozen=True):
    """Bounds on one file; sizes in bytes, time in seconds."""

    file_size: int = 200 * 2**20
    """Size of the file on disk."""
    expanded_size: int = 500 * 2**20
    """Sum of the real (not declared) sizes of the members of a zip package."""
    ratio: int = 200
    """Expanded to compressed size of one member, looked at only above 1 MiB expanded."""
    entries: int = 10_000
    """Members of a zip package."""
    pages: int = 2_000
    """Pages of a pdf."""
    cells: int = 5_000_000
    """Non-empty cells of a workbook, or cells of a text table."""
    span: int = 1_024
    """Columns or rows that one merged cell may cover; larger spans are cut to this."""
    depth: int = 20
    """Nesting of attachments, tables within tables, MIME parts."""
    seconds: float = 30.0
    """Wall time of one file in the worker."""
    memory: int = 2**30
    """Address space that one worker may add, RLIMIT_AS."""
    ocr: OcrMode = "auto"
    """``auto`` reads pages without text with tesseract where it is installed; ``off`` never does."""
    ocr_pages: int = 50
    """Pages without text that are recognised; the rest become gaps."""

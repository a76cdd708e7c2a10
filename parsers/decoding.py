"""Bytes to text, for every format that does not say its encoding, or lies about it."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡°ºª«»“”‘’–—•…·´\xa0")
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ASCII = bytes(range(0x80))
_SAMPLE = 1 << 16


def is_text(data: bytes) -> bool:
    """False where there are more control characters than a text has."""
    sample = data[:_SAMPLE]
    if any(data.startswith(mark) for mark, _ in _BOMS) or _wide(sample):
        return True
    return len(_CONTROLS.findall(sample)) <= 2 + len(sample) / 200


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding.

    A byte order mark decides; then the zeros of UTF-16; then UTF-8, also where a few bytes of it are damaged (they
    become U+FFFD); then, of the single-byte encodings in use in Mexico (Windows, DOS, Mac), the one that gives most
    Spanish.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if wide := _wide(data[:_SAMPLE]):
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if sum(1 for character in text if character > "\x7f") > 4 * damaged:
        return text, "utf-8"
    best = _single_byte(Counter(byte for byte in data if byte > 0x7F))
    return data.decode(best, "replace"), best


def encoding_of(pieces: Callable[[], Iterable[bytes]]) -> str:
    """The encoding that :func:`decode` would tell of a file too long to be held, which ``pieces`` gives anew each time that it is asked."""
    sample = next(iter(pieces()), b"")
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding
    if wide := _wide(sample[:_SAMPLE]):
        return wide
    strict = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces():
            strict.decode(piece)
        strict.decode(b"", True)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    tolerant = codecs.getincrementaldecoder("utf-8")("replace")
    damaged = beyond = 0
    high: Counter[int] = Counter()
    for piece in pieces():
        text = tolerant.decode(piece)
        if not text.isascii():
            damaged += text.count("\ufffd")
            beyond += sum(1 for character in text if character > "\x7f")
        high.update(piece.translate(None, _ASCII))
    return "utf-8" if beyond > 4 * damaged else _single_byte(high)


def decode_as(data: bytes, encoding: str | None) -> str:
    """Text by the declared ``encoding`` where that is one and fits, else by :func:`decode`."""
    if encoding:
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # declared wrongly: what the bytes say counts
    return decode(data)[0]


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: most characters of Spanish have a zero for their upper byte."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _single_byte(high: Counter[int]) -> str:
    return max(_SINGLE_BYTE, key=lambda encoding: _spanish(high, encoding))


def _spanish(high: Counter[int], encoding: str) -> int:
    return sum(
        count if bytes([byte]).decode(encoding, "replace") in _SPANISH else -count for byte, count in high.items()
    )

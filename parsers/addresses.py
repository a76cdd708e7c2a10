"""Header values of mail as people read them: encoded words and raw eight-bit bytes to text, lists to addresses."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

from parsers.decoding import decode, decode_as

_WORD = re.compile(rb"=\?([!-~]+?)(?:\*[A-Za-z-]*)?\?([bBqQ])\?([^?]*)\?=")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def header_text(raw: bytes) -> str:
    """The text of a raw header value, unfolded.

    Neighbouring encoded words of one charset are joined before decoding, for many mailers cut characters in two.
    """
    raw = re.sub(rb"\r?\n(?=[ \t])", b"", raw).strip(b"\r\n")
    text = ""
    position = 0
    charset, held = b"", b""
    for word in _WORD.finditer(raw):
        between = raw[position : word.start()]
        if between.strip() or charset.lower() != word[1].lower() or not position:
            text += _decoded(held, charset)
            held = b""
        if between.strip() or not position:
            text += decode(between)[0]
        charset = word[1]
        held += _word(word)
        position = word.end()
    text += _decoded(held, charset) + decode(raw[position:])[0]
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()


def addresses(values: list[bytes]) -> tuple[str, ...]:
    """The addresses of header values, each ``Nombre <correo>`` as written, without the quotes of the syntax."""
    found: list[str] = []
    for value in values:
        # Parted before decoding: a name may hold a comma in an encoded word.
        for piece in _parted(re.sub(rb"\r?\n(?=[ \t])", b"", value)):
            text = _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), header_text(piece))
            if text:
                found.append(text)
    return tuple(found)


def _parted(value: bytes) -> list[bytes]:
    """Pieces between commas and semicolons that stand outside quotes, angle brackets and comments."""
    value = _WORD.sub(lambda word: word[0].replace(b",", b"=2C").replace(b";", b"=3B"), value)  # a comma of a name
    pieces = [bytearray()]
    quoted = escaped = False
    angle = comment = 0
    for byte in value:
        character = chr(byte)
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif not quoted:
            angle = max(0, angle + (character == "<") - (character == ">"))
            comment = max(0, comment + (character == "(") - (character == ")"))
            if character in ",;" and not angle and not comment:
                pieces.append(bytearray())
                continue
        pieces[-1].append(byte)
    return [bytes(piece).strip() for piece in pieces if piece.strip()]


def _word(word: re.Match[bytes]) -> bytes:
    if word[2] in b"qQ":
        return quopri.decodestring(word[3], header=True)
    try:
        return base64.b64decode(word[3] + b"=" * (-len(word[3]) % 4), validate=True)
    except binascii.Error:
        return word[0]


def _decoded(held: bytes, charset: bytes) -> str:
    return decode_as(held, charset.decode("ascii", "replace")) if held else ""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.package import open_package, parse_xml

LIMITS = Limits()


def package(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened_and_read(data: bytes, limits: Limits, part: str | None) -> None:
    opened = open_package(data, limits)
    if part is not None:
        opened.read(part)


def refused(data: bytes, limits: Limits = LIMITS, read: str | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        opened_and_read(data, limits, read)
    assert "\n" not in caught.value.reason
    return caught.value.code


def test_reads_parts_by_any_case_and_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package({"word/Document.xml": b"<a>hola</a>", "word/media/": b""}))
    opened = open_package(path, LIMITS)
    assert opened.names == ("word/Document.xml",)
    assert opened.read("Word/document.XML") == b"<a>hola</a>"
    assert opened.xml("word/document.xml").text == "hola"
    assert "word/styles.xml" not in opened
    with pytest.raises(KeyError):
        opened.read("word/styles.xml")


def test_backslashes_and_leading_slashes_of_careless_writers_are_understood() -> None:
    opened = open_package(package({"word\\document.xml": b"<a/>", "/word/b.xml": b"<b/>"}), LIMITS)
    assert opened.names == ("word/document.xml", "word/b.xml")


def test_relations_resolve_targets_against_their_part() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="http://x/header" Target="../word/header%201.xml"/>'
        b'<Relationship Id="b" Type="http://x/image" Target="/media/i.png"/>'
        b'<Relationship Id="c" Type="http://x/hyperlink" Target="http://e.mx/a" TargetMode="External"/></Relationships>'
    )
    opened = open_package(package({"word/_rels/document.xml.rels": rels}), LIMITS)
    a, b, c = opened.relations("word/document.xml")
    assert (a.kind, a.target, a.external) == ("header", "word/header 1.xml", False)
    assert b.target == "media/i.png"
    assert (c.target, c.external) == ("http://e.mx/a", True)
    assert opened.relations("word/styles.xml") == ()


def test_every_truncation_is_unreadable() -> None:
    whole = package({"word/document.xml": b"<a>" + bytes(range(32, 127)) * 20 + b"</a>"})
    for length in range(4, len(whole), 7):
        assert refused(whole[:length], read="word/document.xml") in ("truncated", "malformed")
    assert refused(whole[:40]) == "truncated"
    assert refused(b"no es un zip") == "malformed"


def test_a_damaged_part_is_malformed_when_it_is_read() -> None:
    whole = bytearray(package({"a.xml": b"<a>contenido</a>"}, zipfile.ZIP_STORED))
    place = whole.index(b"contenido")
    whole[place] ^= 1
    assert refused(bytes(whole), read="a.xml") == "malformed"


def test_bombs_are_refused_by_ratio_size_and_entries() -> None:
    assert refused(package({"a.xml": b"0" * (4 * 2**20)})) == "zip-bomb"
    assert refused(package({"a": b"x" * 600, "b": b"y" * 600}), replace(LIMITS, expanded_size=1000)) == "zip-bomb"
    assert refused(package({str(n): b"" for n in range(12)}), replace(LIMITS, entries=10)) == "zip-bomb"
    assert refused(b"PK\x03\x04" + b"PK\x01\x02" * 11, replace(LIMITS, entries=10)) == "zip-bomb"
    assert refused(package({"a": b"x"}), replace(LIMITS, file_size=20)) == "too-large"


def test_a_lie_about_the_size_does_not_pass() -> None:
    data = package({"a.xml": b"0" * (4 * 2**20)})
    lying = data.replace(struct.pack("<I", 4 * 2**20), struct.pack("<I", 1000))
    assert lying != data
    assert refused(lying, read="a.xml") in ("zip-bomb", "malformed")


def test_the_sum_of_what_is_read_is_bounded_but_reading_twice_is_not_counted_twice() -> None:
    opened = open_package(package({"a": b"x" * 600, "b": b"y" * 300}), replace(LIMITS, expanded_size=1000))
    for _ in range(3):
        assert len(opened.read("a")) == 600
    assert len(opened.read("b")) == 300


def test_encrypted_members_duplicates_and_foreign_compressions_are_refused() -> None:
    data = bytearray(package({"a.xml": b"<a/>"}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refused(bytes(data)) == "encrypted"
    assert refused(package({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA)) == "malformed"
    assert refused(package({"a.xml": b"<a/>", "A.XML": b"<b/>"})) == "malformed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY x SYSTEM "file:///etc/passwd">]><a>&b;&x;</a>'
    with pytest.raises(Unreadable) as caught:
        parse_xml(text.encode(encoding), "a.xml")
    assert caught.value.code == "xml-bomb"


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<a>&nada;</a>", b"\x00\x01", b"<a>" * 300 + b"</a>" * 300])
def test_broken_xml_is_malformed(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_xml(data, "a.xml")
    assert caught.value.code == "malformed"
    assert "a.xml" in caught.value.reason


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no", "not-found"), (tmp_path, "not-a-file")):
        with pytest.raises(Unreadable) as caught:
            open_package(path, LIMITS)
        assert caught.value.code == code

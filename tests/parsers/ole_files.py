"""Writes OLE2 compound files, which no library at hand does: just enough of [MS-CFB] for fixtures."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END


@dataclass
class _Writer:
    entries: list[_Entry] = field(default_factory=list)

    def add(self, name: str, content: bytes | Tree, kind: int) -> int:
        index = len(self.entries)
        entry = _Entry(name, kind)
        self.entries.append(entry)
        if isinstance(content, bytes):
            entry.data = content
            return index
        # A tree in which every node has only a right child is slow and valid.
        last = None
        for key in sorted(content, key=lambda k: (len(k), k.upper())):
            value = content[key]
            child = self.add(key, value, 2 if isinstance(value, bytes) else 1)
            if last is None:
                entry.child = child
            else:
                self.entries[last].right = child
            last = child
        return index


def ole_file(tree: Tree) -> bytes:
    """A compound file with the streams (bytes) and storages (dicts) of ``tree``."""
    writer = _Writer()
    writer.add("Root Entry", tree, 5)
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        if not data:
            return END
        start = len(sectors)
        pieces = [data[i : i + SECTOR].ljust(SECTOR, b"\0") for i in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        fat.extend(range(start + 1, start + len(pieces)))
        fat.append(END)
        return start

    mini = bytearray()
    mini_fat: list[int] = []
    for entry in writer.entries:
        if entry.kind == 2 and len(entry.data) >= CUTOFF:
            entry.start = chain(entry.data)
        elif entry.kind == 2 and entry.data:
            entry.start = len(mini_fat)
            mini += entry.data + b"\0" * (-len(entry.data) % MINI)
            mini_fat.extend(range(entry.start + 1, len(mini) // MINI))
            mini_fat.append(END)
    writer.entries[0].data = bytes(mini)
    writer.entries[0].start = chain(bytes(mini))
    mini_table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_start = chain(mini_table + b"\xff" * (-len(mini_table) % SECTOR))
    mini_count = -(-len(mini_table) // SECTOR)
    directory = chain(b"".join(map(_directory_entry, writer.entries)))
    first = len(sectors)
    count = 1
    while (first + count) * 4 > count * SECTOR:
        count += 1
    assert count <= 109
    fat.extend([FAT] * count)
    table = struct.pack(f"<{len(fat)}I", *fat)
    table += struct.pack("<I", FREE) * ((count * SECTOR - len(table)) // 4)
    sectors.extend(table[i : i + SECTOR] for i in range(0, len(table), SECTOR))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    # Version 3, little endian, sectors of 2**9 and mini sectors of 2**6.
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, count, directory, 0, CUTOFF, mini_start, mini_count, END, 0)
    header += struct.pack("<109I", *range(first, first + count), *([FREE] * (109 - count)))
    return header + b"".join(sectors)


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    packed = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry.kind, 1)
    packed += struct.pack("<III", FREE, entry.right, entry.child) + b"\0" * 36
    return packed + struct.pack("<IQ", entry.start if entry.kind != 1 else 0, len(entry.data))


def properties(header: int, fixed: dict[int, tuple[int, bytes]]) -> bytes:
    """The property stream of a msg storage: ``fixed`` maps property id to (type, value of up to eight bytes)."""
    rows = (
        struct.pack("<HHI", kind, number, 6) + value.ljust(8, b"\0") for number, (kind, value) in sorted(fixed.items())
    )
    return b"\0" * header + b"".join(rows)


def wide(number: int, text: str) -> Tree:
    """The stream of a Unicode string property."""
    return {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le")}

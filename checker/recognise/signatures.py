"""Signatures in every usual layout: a line over a name and charge, a Firma column, a seal, a signed pdf field, a picture over a name."""

from __future__ import annotations

from collections.abc import Iterator

from checker.recognise.items import CHARGE_HEADERS, NAME_HEADERS, PEOPLE, SIGNATURE_HEADERS, Grid, Item, Line, Pair
from checker.recognise.model import FieldValue, Mark, SignatureBlock
from checker.recognise.segments import Segment
from checker.recognise.signature_lines import COPY, RULE, SEAL, TYPED, from_paragraphs
from checker.spanish.people import bare_name, find_people, is_charge
from checker.spanish.text import flat, is_placeholder, label_form, squeeze
from parsers.model import Cell, Document, Paragraph, Place, paragraphs_of

_RANK: dict[Mark, int] = {"none": 0, "line": 1, "text": 2, "image": 3, "seal": 4, "digital": 5}


def signatures(document: Document, items: list[Item], labelled: list[Segment]) -> FieldValue:
    """The signatures field of a submission.

    ``labelled`` are the segments whose label names it. A line (or room) over a name is *present*; a label or a column with
    nothing in it is *empty*; with neither it is *absent*.
    """
    blocks: list[SignatureBlock] = []
    evidence: list[str] = []
    place: Place | None = None
    for signature in document.signatures:
        mark: Mark = "digital" if signature.signed else "line"
        blocks.append(
            SignatureBlock(bare_name(signature.name or "") if signature.signed else "", "", mark, signature.place)
        )
        evidence.append("signed pdf field" if signature.signed else "empty pdf signature field")
    blocks.extend(_from_grids(items, evidence))
    blocks.extend(from_paragraphs(document.blocks, evidence))
    label = ""
    content = False
    for segment in labelled:
        label = label or segment.label
        place = place or segment.place
        under = _under_label(segment)
        content |= any(not is_placeholder(p.text) for p in _paragraphs(segment))
        known = {_key(b.name) for b in blocks if b.name}
        # under names already told, words that are only a charge are theirs
        known |= {_key(b.charge) for b in blocks if b.charge}
        blocks.extend(b for b in under if _key(b.name) not in known and not (known and is_charge(b.name)))
        if under:
            evidence.append(f"under «{squeeze(segment.label)[:40]}»")
    blocks = _merged(blocks)
    named = [b for b in blocks if b.name and b.mark != "none"]
    if named:
        first = named[0]
        text = "; ".join(squeeze(f"{b.name} ({b.charge})" if b.charge else b.name) for b in named)
        return FieldValue(
            "present",
            tuple(b for b in blocks if b.name),
            text,
            label,
            first.place or place,
            score=2.0,
            evidence=tuple(evidence),
        )
    if any(b.mark in ("seal", "digital", "image", "text") for b in blocks):
        first = next(b for b in blocks if b.mark in ("seal", "digital", "image", "text"))
        return FieldValue(
            "present",
            tuple(b for b in blocks if b.mark != "none"),
            label or "firma",
            label,
            first.place or place,
            score=1.5,
            evidence=tuple(evidence),
        )
    if blocks or labelled:
        anchor = place or next((b.place for b in blocks if b.place), None)
        empty = tuple(b for b in blocks if b.name)
        return FieldValue(
            "empty", empty or None, "", label, anchor, score=0.5, evidence=tuple(evidence) or ("label without content",)
        )
    return FieldValue("absent")


def _key(name: str) -> str:
    return " ".join(sorted(flat(bare_name(name)).split()))


def _merged(blocks: list[SignatureBlock]) -> list[SignatureBlock]:
    """One block a person: the strongest mark, the fullest charge."""
    found: dict[str, SignatureBlock] = {}
    unnamed: list[SignatureBlock] = []
    for block in blocks:
        if not block.name:
            unnamed.append(block)
            continue
        key = _key(block.name)
        old = found.get(key)
        if old is None:
            found[key] = block
        else:
            best = max(old, block, key=lambda b: _RANK[b.mark])
            found[key] = SignatureBlock(old.name, old.charge or block.charge, best.mark, best.place or old.place)
    return [*found.values(), *unnamed]


def _from_grids(items: list[Item], evidence: list[str]) -> Iterator[SignatureBlock]:
    for item in items:
        if not isinstance(item, Grid) or item.target != PEOPLE:
            continue
        forms = {c: label_form(t) for c, t in item.header.items()}
        sign = next((c for c, f in forms.items() if f in SIGNATURE_HEADERS), None)
        if sign is None:
            continue
        name = next((c for c, f in forms.items() if f in NAME_HEADERS), sign)
        charge = next((c for c, f in forms.items() if f in CHARGE_HEADERS), None)
        evidence.append(f"column «{item.header[sign]}»")
        for row in item.rows:
            cells = dict(row)
            who = cells.get(name)
            if who is None or is_placeholder(who.text):
                continue
            people = find_people(who.text)
            text = people[0].name if people else squeeze(who.text).lstrip("0123456789.) ")
            role = (
                squeeze(cells[charge].text)
                if charge in cells and charge is not None
                else (people[0].charge if people else "")
            )
            mark = _mark_of_cell(cells.get(sign), own_column=sign != name)
            yield SignatureBlock(text, role, mark, (cells.get(sign) or who).place)


def _mark_of_cell(cell: Cell | None, own_column: bool) -> Mark:
    if cell is None:
        return "none"
    if any(p.images for p in paragraphs_of(cell.blocks)):
        return "image"
    text = cell.text
    if SEAL.search(flat(text)):
        return "seal"
    if RULE.search(text):
        return "line"
    if not own_column:
        return "text" if TYPED.search(flat(text)) else "line"
    if is_placeholder(text):
        return "none"
    return "text"


def _paragraphs(segment: Segment) -> list[Paragraph]:
    found = [segment.rest] if segment.rest else []
    for item in segment.items:
        if isinstance(item, Line):
            found.append(item.paragraph)
        elif isinstance(item, Pair):
            found.extend(paragraphs_of(item.value))
        else:
            found.extend(p for row in item.rows for _, cell in row for p in paragraphs_of(cell.blocks))
    return found


def _under_label(segment: Segment) -> list[SignatureBlock]:
    """Names with charges under a Firmas label: room to sign over each, so a line, unless a mark says more."""
    blocks: list[SignatureBlock] = []
    for item in segment.items:
        if isinstance(item, Grid) and item.target == PEOPLE and item.header:
            if any(label_form(t) in SIGNATURE_HEADERS for t in item.header.values()):
                continue  # its Firma column has been read
            blocks.extend(_room(item.rows))
        elif isinstance(item, Grid):
            blocks.extend(_room(item.rows))
        elif isinstance(item, Pair):
            images = any(p.images for p in paragraphs_of(item.value))
            text = "\n".join(p.text for p in paragraphs_of(item.value))
            if images or not is_placeholder(text):
                blocks.extend(_people_room(text, next(iter(paragraphs_of(item.value))), "image" if images else "line"))
    lines = [i.paragraph for i in segment.items if isinstance(i, Line) and not COPY.match(flat(i.paragraph.text))]
    if segment.rest:
        lines.insert(0, segment.rest)
    text = "\n".join(RULE.sub("", p.text) for p in lines)
    if lines and not is_placeholder(text):
        blocks.extend(_people_room(text, lines[0], "line"))
    return blocks


def _room(rows: tuple[tuple[tuple[int, Cell], ...], ...]) -> Iterator[SignatureBlock]:
    for row in rows:
        for _, cell in row:
            text = RULE.sub("", cell.text)
            if not is_placeholder(text):
                first = next(iter(paragraphs_of(cell.blocks)), None)
                if first:
                    images = any(p.images for p in paragraphs_of(cell.blocks))
                    yield from _people_room(text, first, "image" if images else "line")


def _people_room(text: str, paragraph: Paragraph, mark: Mark) -> list[SignatureBlock]:
    seal = SEAL.search(flat(text))
    typed = TYPED.search(flat(text))
    best: Mark = "seal" if seal else "text" if typed else mark
    people = find_people(text)
    if people:
        return [SignatureBlock(p.name, p.charge if p.charge != p.name else "", best, paragraph.place) for p in people]
    return [SignatureBlock("", "", best, paragraph.place)] if best in ("seal", "text", "image") else []

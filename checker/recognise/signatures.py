"""Signatures in every usual layout: a line over a name and charge, a Firma column, a seal, a signed pdf field, a picture over a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue, Mark, SignatureBlock
from checker.recognise.segments import Segment
from checker.recognise.stream import CHARGE_HEADERS, NAME_HEADERS, PEOPLE, SIGNATURE_HEADERS, Grid, Item, Line, Pair
from checker.spanish.people import bare_name, find_people, is_charge, is_name
from checker.spanish.text import flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Block, Cell, Document, Paragraph, Place, Table, paragraphs_of

_RULE = re.compile(r"_{5,}|(?:_\s){5,}|\.{12,}|-{10,}|…{5,}|—{4,}|–{6,}")
_TYPED = re.compile(
    r"\b(?:rubrica|firmado|firma autografa|\(firma\)|\bfdo\b\.?|/s/|signed)\b|^\s*\(?rubrica\)?", re.IGNORECASE
)
_SEAL = re.compile(
    r"\bfirma(?:do)?\s+(?:electronica(?:mente)?|digital(?:mente)?)\b|\bcadena original\b|\bsello digital\b|\be\.?\s?firma\b|\bfirmado electronicamente\b|\bfiel\b.{0,30}\bserie\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:atentamente|firmas?|rubricas?|suscriben|firman|de conformidad|elaboro|reviso|autorizo|aprobo|vo\.?\s*bo\.?|por el instituto)\b"
)
_RANK: dict[Mark, int] = {"none": 0, "line": 1, "text": 2, "image": 3, "seal": 4, "digital": 5}


@dataclass(frozen=True, slots=True)
class _Found:
    blocks: list[SignatureBlock]
    evidence: list[str]


def signatures(document: Document, items: list[Item], labelled: list[Segment], index: LabelIndex) -> FieldValue:
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
    blocks.extend(_from_paragraphs(document.blocks, evidence))
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


# Grids with a Firma column ------------------------------------------------------------------------------------------------


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
    if _SEAL.search(flat(text)):
        return "seal"
    if _RULE.search(text):
        return "line"
    if not own_column:
        return "text" if _TYPED.search(flat(text)) else "line"
    if is_placeholder(text):
        return "none"
    return "text"


# Paragraphs: lines, seals, pictures -----------------------------------------------------------------------------------------


def _from_paragraphs(blocks: tuple[Block, ...], evidence: list[str]) -> Iterator[SignatureBlock]:
    for group in _groups(blocks):
        yield from _from_group(group, evidence)


def _groups(blocks: tuple[Block, ...]) -> Iterator[list[Paragraph]]:
    """Runs of paragraphs in which a line and its name stand together; a table is read cell by cell, and column by column over its rows."""
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.origin not in ("comment", "footnote", "header", "footer"):
                run.append(block)
            continue
        if run:
            yield run
            run = []
        yield from _columns_of(block)
    if run:
        yield run


def _columns_of(table: Table) -> Iterator[list[Paragraph]]:
    columns: dict[int, list[Paragraph]] = {}
    for cell in table.cells:
        nested = [b for b in cell.blocks if isinstance(b, Table)]
        for inner in nested:
            yield from _columns_of(inner)
        columns.setdefault(cell.column, []).extend(b for b in cell.blocks if isinstance(b, Paragraph))
    yield from columns.values()


def _from_group(group: list[Paragraph], evidence: list[str]) -> Iterator[SignatureBlock]:
    """A rule, picture or seal and the name that follows it (or stands just above)."""
    lines = [line for paragraph in group for line in _lines(paragraph)]
    position = 0
    while position < len(lines):
        paragraph, text = lines[position]
        folded = flat(text)
        mark = _mark_of(paragraph, text, folded)
        if mark is None:
            position += 1
            continue
        count = max(1, len(_RULE.findall(text)))
        if mark == "image" and not _name_follows(lines, position):
            position += 1
            continue
        own = squeeze(_RULE.sub(" ", text))
        names, charges, used = _names_after(lines, position, count, own)
        if not names and mark in ("line", "text", "image") and position and (above := _name_of(lines[position - 1][1])):
            names, charges = [above], [""]
        if mark == "seal":
            who = re.search(r"(?:por|firmante|nombre)\s*:?\s*", folded)
            if not names and who and (inner := find_people(text[who.end() :])):
                names, charges = [inner[0].name], [inner[0].charge]
            if not names and not _is_seal_block(folded):
                position += 1
                continue
        evidence.append(
            {"line": "line over a name", "image": "picture over a name", "seal": "electronic seal"}.get(
                mark, "typed mark"
            )
            if names
            else "line without a name"
        )
        if names:
            for name, charge in zip(names, charges, strict=True):
                yield SignatureBlock(name, charge, mark, paragraph.place)
        else:
            yield SignatureBlock("", "", mark, paragraph.place)
        position += used + 1


def _lines(paragraph: Paragraph) -> Iterator[tuple[Paragraph, str]]:
    texts = paragraph.text.split("\n") if paragraph.text.strip() else []
    if not texts and paragraph.images:
        yield paragraph, ""
    for text in texts:
        if text.strip() or paragraph.images:
            yield paragraph, text


def _mark_of(paragraph: Paragraph, text: str, folded: str) -> Mark | None:
    if _SEAL.search(folded) and len(text) < 600:
        return "seal"
    if rules := _RULE.findall(text):
        rest = _RULE.sub("", text).strip(" .|")
        if (":" in rest and not _CLOSING.match(flat(rest))) or (len(rest.split()) > 12):
            return None  # «Lugar: ______» is a blank to fill in, not a place to sign
        return "line" if rules else None
    if len(text) <= 60 and _TYPED.search(folded) and not text.rstrip().endswith(":"):
        return "text"
    if paragraph.images and len(text.strip()) <= 60:
        return "image"
    return None


def _is_seal_block(folded: str) -> bool:
    return bool(
        re.search(
            r"cadena original|sello digital|firmado electronicamente|firmado digitalmente|firma electronica\s*:", folded
        )
    )


def _name_follows(lines: list[tuple[Paragraph, str]], position: int) -> bool:
    own = lines[position][1]
    after = [text for _, text in lines[position + 1 : position + 3]]
    return any(_name_of(t) for t in ([own, *after] if own.strip() else after))


def _name_of(text: str) -> str:
    text = re.sub(r"^\s*(?:nombre|firma)\s*(?:y cargo)?\s*:\s*", "", undecorated(text), flags=re.IGNORECASE)
    if is_name(text):
        return bare_name(text)
    people = (
        find_people(text) if (len(text) < 140 and "," in text) or "(" in text or " - " in text or "–" in text else []
    )
    return (
        people[0].name
        if people and people[0].name != people[0].charge and flat(text).find(flat(people[0].name)) <= 14
        else ""
    )


def _names_after(
    lines: list[tuple[Paragraph, str]], position: int, count: int, own: str
) -> tuple[list[str], list[str], int]:
    """Names (and charges) on the lines after a rule: as many as there are rules side by side."""
    names: list[str] = []
    charges: list[str] = []
    if own:
        parts = [own] if count == 1 else re.split(r"\t+|\s{2,}", lines[position][1])
        names = [n for p in parts if (n := _name_of(_RULE.sub("", p)))]
        charges = [""] * len(names)
    used = 0
    for _, text in lines[position + 1 : position + 6]:
        if _RULE.search(text) or _SEAL.search(flat(text)):
            break
        if is_placeholder(text) or _TYPED.search(flat(text)):
            used += 1
            continue
        pieces = [p for p in re.split(r"\t+|\s{3,}|\s+\|\s+", text.strip()) if p.strip()]
        if count > 1 and len(pieces) == 1 and len(names) < count:
            pieces = _split_names(text, count)
        found = [n for p in pieces if (n := _name_of(p))]
        if found and len(names) < count:
            names.extend(found[: count - len(names)])
            for piece in pieces[: len(found)]:
                people = find_people(piece)
                charges.append(people[0].charge if people and people[0].charge != people[0].name else "")
        elif (
            names
            and not found
            and (
                is_charge(pieces[0])
                or (used and len(text) < 160 and not text.rstrip().endswith(":") and not any(charges))
            )
        ):
            for i, piece in enumerate(pieces[: len(names)]):
                charges[i] = squeeze(f"{charges[i]} {piece}")
        elif not names and is_charge(text) and count == 1:
            names, charges = [squeeze(text)], [squeeze(text)]
        else:
            break
        used += 1
    return names, charges, used


def _ends_block(lines: list[tuple[Paragraph, str]], position: int) -> bool:
    """The line at ``position`` is the last before the next rule, or of all."""
    return position + 1 >= len(lines) or bool(_RULE.search(lines[position + 1][1]))


def _split_names(text: str, count: int) -> list[str]:
    """Two names that a pdf gives in one line with single blanks: cut where both halves are names."""
    words = text.split()
    if count == 2:
        for cut in range(2, len(words) - 1):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            if (
                is_name(left)
                and is_name(right)
                and abs(len(bare_name(left).split()) - len(bare_name(right).split())) <= 1
            ):
                return [left, right]
    return [text]


# Under a Firmas label -------------------------------------------------------------------------------------------------------


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
    lines = [item.paragraph for item in segment.items if isinstance(item, Line)]
    if segment.rest:
        lines.insert(0, segment.rest)
    text = "\n".join(_RULE.sub("", p.text) for p in lines)
    if lines and not is_placeholder(text):
        blocks.extend(_people_room(text, lines[0], "line"))
    return blocks


def _room(rows: tuple[tuple[tuple[int, Cell], ...], ...]) -> Iterator[SignatureBlock]:
    for row in rows:
        for _, cell in row:
            text = _RULE.sub("", cell.text)
            if not is_placeholder(text):
                first = next(iter(paragraphs_of(cell.blocks)), None)
                if first:
                    images = any(p.images for p in paragraphs_of(cell.blocks))
                    yield from _people_room(text, first, "image" if images else "line")


def _people_room(text: str, paragraph: Paragraph, mark: Mark) -> list[SignatureBlock]:
    seal = _SEAL.search(flat(text))
    typed = _TYPED.search(flat(text))
    best: Mark = "seal" if seal else "text" if typed else mark
    people = find_people(text)
    if people:
        return [SignatureBlock(p.name, p.charge if p.charge != p.name else "", best, paragraph.place) for p in people]
    return [SignatureBlock("", "", best, paragraph.place)] if best in ("seal", "text", "image") else []


def with_label(value: FieldValue, label: str) -> FieldValue:
    """The value under a label of its own."""
    return replace(value, label=label)

"""Signatures among paragraphs: a rule, a picture or a seal, and the name that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.recognise.model import Mark, SignatureBlock
from checker.spanish.people import bare_name, carries_on, find_people, is_charge, is_name
from checker.spanish.text import flat, is_placeholder, squeeze, undecorated
from parsers.model import Block, Paragraph, Table

RULE = re.compile(r"_{5,}|(?:_\s){5,}|\.{12,}|-{10,}|…{5,}|—{4,}|–{6,}")


TYPED = re.compile(r"\b(?:rubrica|firmado|firma autografa|\bfdo\b\.?|/s/|signed)\b|^\s*\(?rubrica\)?", re.IGNORECASE)
_CAPTION = re.compile(r"\s*\(\s*firma(?: autografa)?\s*\)\s*")
"""«(firma)» below a name: where to sign, as far as anybody can tell."""


SEAL = re.compile(
    r"\bfirma(?:do)?\s+(?:electronica(?:mente)?|digital(?:mente)?)\b|\bcadena original\b|\bsello digital\b|"
    r"\be\.?\s?firma\b|\bfirmado electronicamente\b|\bfiel\b.{0,30}\bserie\b",
    re.IGNORECASE,
)


_CLOSING = re.compile(
    r"^(?:atentamente|firmas?|rubricas?|suscriben|firman|de conformidad|elaboro|reviso|valido|autorizo|aprobo|"
    r"vo\.?\s*bo\.?|por el instituto)\b"
)


def from_paragraphs(blocks: tuple[Block, ...], evidence: list[str]) -> Iterator[SignatureBlock]:
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
        mark = _mark_of(paragraph, text)
        if mark is None:
            position += 1
            continue
        folded = flat(text)
        count = max(1, len(RULE.findall(text)))
        if mark == "image" and not _name_follows(lines, position):
            position += 1
            continue
        own = squeeze(RULE.sub(" ", text))
        caption = bool(_CAPTION.fullmatch(folded))
        above = _above(lines, position, caption or mark == "text")
        names, charges, used = ([], [], 0) if caption and above else _names_after(lines, position, count, own)
        if not names and mark in ("line", "text", "image") and above:
            names, charges = [above[0]], [above[1]]
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


COPY = re.compile(r"^\W*(?:c\.?\s?c\.?\s?p\b|ccp\b|con copia)")


def _lines(paragraph: Paragraph) -> list[tuple[Paragraph, str]]:
    text = paragraph.text
    if not text.strip():
        return [(paragraph, "")] if paragraph.images else []
    if "\n" not in text:
        return [] if COPY.match(flat(text)) else [(paragraph, text)]
    lines = [line for line in text.split("\n") if not COPY.match(flat(line))]
    return [(paragraph, line) for line in lines if line.strip() or paragraph.images]


def _mark_of(paragraph: Paragraph, text: str) -> Mark | None:
    # most lines of a document are prose: words and strokes that every pattern needs are looked for first
    if len(text) < 600 and _names_seal(flat(text)) and SEAL.search(flat(text)):
        return "seal"
    if _has_stroke(text) and RULE.search(text):
        rest = RULE.sub("", text).strip(" .|")
        if (":" in rest and not _CLOSING.match(flat(rest))) or (len(rest.split()) > 12):
            return None  # «Lugar: ______» is a blank to fill in, not a place to sign
        return "line"
    typed = len(text) <= 160 and _is_typed(flat(text)) and not text.rstrip().endswith(":")
    if typed and (len(text) <= 60 or _name_of(_unmarked(text))):
        return "text"
    if paragraph.images and len(text.strip()) <= 60:
        return "image"
    if _CAPTION.fullmatch(flat(text)):
        return "line"
    return None


_MARK_AFTER = re.compile(
    r"[\s,;–—-]*[(\[]\s*(?:r[uú]brica|firma(?:\s+aut[oó]grafa)?|firmado)\s*[)\]]\.?\s*$", re.IGNORECASE
)


def _unmarked(text: str) -> str:
    """The line without the typed mark at its end: «Jorge Salas Pérez, Jefe de Área (rúbrica)»."""
    return _MARK_AFTER.sub("", text)


def _above(lines: list[tuple[Paragraph, str]], position: int, after_charge: bool) -> tuple[str, str] | None:
    """The name, and the charge where one follows it, that stand over a mark; over a line of its own only where ``after_charge``."""
    if not position:
        return None
    text = lines[position - 1][1]
    if name := _name_of(text):
        people = find_people(text)
        return name, people[0].charge if people and people[0].charge != name else ""
    over = lines[position - 2][1] if position > 1 and after_charge and is_charge(text) else ""
    return (name, squeeze(text)) if (name := _name_of(over)) else None


def _names_seal(folded: str) -> bool:
    return "firma" in folded or "sello" in folded or "cadena" in folded or "fiel" in folded


def _is_typed(folded: str) -> bool:
    known = "rubrica" in folded or "firma" in folded or "fdo" in folded or "/s/" in folded or "signed" in folded
    return known and bool(TYPED.search(folded))


def _has_stroke(text: str) -> bool:
    return (
        ("_" in text and ("__" in text or "_ _" in text))
        or "...." in text
        or "----" in text
        or "……" in text
        or "——" in text
        or "––" in text
    )


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
        for part in parts:
            words = _unmarked(RULE.sub("", part))
            if name := _name_of(words):
                people = find_people(words)
                names.append(name)
                charges.append(people[0].charge if people and people[0].charge != people[0].name else "")
    used = 0
    for _, text in lines[position + 1 : position + 6]:
        if RULE.search(text) or SEAL.search(flat(text)):
            break
        if is_placeholder(text) or TYPED.search(flat(text)) or _CAPTION.fullmatch(flat(text)):
            used += 1
            continue
        pieces = [p for p in re.split(r"\t+|\s{3,}|\s+\|\s+", text.strip()) if p.strip()]
        if count > 1 and len(pieces) == 1 and len(names) < count:
            pieces = _split_names(text, count)
        found = [n for p in pieces if (n := _name_of(p))]
        if found and len(names) < count:
            found = found[: count - len(names)]
            names.extend(found)
            for piece in [p for p in pieces if _name_of(p)][: len(found)]:
                people = find_people(piece)
                charges.append(people[0].charge if people and people[0].charge != people[0].name else "")
        elif names and len(pieces) > max(count, len(names)) and not found:
            used += 1
            break  # charges of others stand beside: nobody can tell whose is which
        elif names and any(charges) and carries_on(charges[-1], text) and len(names) == 1:
            charges[0] = squeeze(f"{charges[0]} {text}")
        elif (
            names
            and not found
            and not _CLOSING.match(flat(text))
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
    return position + 1 >= len(lines) or bool(RULE.search(lines[position + 1][1]))


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

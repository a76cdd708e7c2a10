"""``every_page``: the running header and footer of a norm show what they must, the same on every page, and number the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined
from checker.norms.text import Line, Page, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, is_placeholder, squeeze


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    shows: tuple[str, ...] = ()
    """Labels that each page bears; ways to write one are parted by ``|``."""
    says: tuple[str, ...] = ()
    """Words that each page bears."""
    same: tuple[str, ...] = ()
    """Labels, of those shown, whose value does not change."""
    among: Mapping[str, tuple[str, ...]] = {}
    """Label → the values that it may show."""
    numbered: bool = False
    """Pages are numbered one after another, up to one and the same total."""
    pairs: tuple[str, ...] = ()
    """Labels of a footer whose names stand in the row below them: ``Elaboró``."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact a page, and one for each value or number that departs from the others'."""
    pages = norm_text(submission.document).pages
    first = next((n for n, page in enumerate(pages) if page.margin), None)
    # the cover bears no header; of the pages after it, each does
    pages = pages[first:] if first is not None else ()
    if not pages:
        yield Fact("every_page", rule, {"state": "unknown"}, "encabezado", None, "", (), {})
        return
    totals = Counter(p.total for p in pages if p.total is not None)
    total = totals.most_common(1)[0][0] if totals else None
    labels = tuple(dict.fromkeys((*params.shows, *params.same, *params.among)))
    usual = {label: _usual(pages, label, labels) for label in params.same}
    before: int | None = None
    for count, page in enumerate(pages, 1):
        subject = f"paginas[{page.number or count}]"
        place = (page.margin or page.lines)[0].place
        words = {"page": str(page.number or page.lines[0].page or count)}
        state = "right"
        lacking = [label for label in params.shows if _value(page, label, labels) is None]
        lacking += [said for said in params.says if not _says(page, said)]
        if lacking:
            state, words["what"] = "lacks", joined([f"«{name.split('|')[0]}»" for name in lacking])
        yield Fact("every_page", rule, {"state": state}, subject, place, "", (), words)
        for label, value, others in _departures(page, params, usual, labels):
            told = {**words, "label": label, "value": value, "usual": others}
            yield Fact("every_page", rule, {"state": "differs"}, subject, place, value, (), told)
        for row in _name_rows(page, params.pairs):
            unnamed = [label for label, name in zip(params.pairs, row.cells, strict=False) if is_placeholder(name)]
            if unnamed:
                told = {**words, "what": joined([f"el nombre de «{label}»" for label in unnamed])}
                yield Fact("every_page", rule, {"state": "lacks"}, subject, row.place, row.text, (), told)
        if params.numbered and page.number is not None:
            if total is not None and page.total != total:
                told = {**words, "total": str(page.total), "usual": str(total)}
                yield Fact("every_page", rule, {"state": "total"}, subject, place, "", (), told)
            if before is not None and page.number != before + 1:
                told = {**words, "after": str(before)}
                yield Fact("every_page", rule, {"state": "number"}, subject, place, "", (), told)
            before = page.number


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Something missing, another value, another total, a number out of turn; no running header that could be told."""
    states = ("lacks", "differs", "total", "number")
    told = [Clause("every_page", rule, (Test("state", "==", s),), "violated", s) for s in states]
    return (*told, Clause("every_page", rule, (Test("state", "==", "unknown"),), "undetermined", "unknown"))


def message(params: Params, fact: Fact, say: str) -> str:
    """The page, and what is wrong with it."""
    w = fact.words
    return {
        "lacks": f"En la página {w.get('page')} el encabezado o pie no muestra {w.get('what')}.",
        "differs": f"En la página {w.get('page')} «{w.get('label')}» dice «{w.get('value')}» y en las demás «{w.get('usual')}».",
        "total": f"La página {w.get('page')} dice ser de {w.get('total')} y las demás, de {w.get('usual')}.",
        "number": f"La página {w.get('page')} sigue a la {w.get('after')}: la numeración no es consecutiva.",
        "unknown": "No se distinguió un encabezado que se repita en las páginas.",
    }[say]


def _ways(label: str) -> str:
    ways = "|".join(re.escape(squeeze(flat(way))) for way in label.split("|"))
    # before a colon the label may stick to the cell before it, as some pdf files have it
    return rf"(?:(?<!\w)(?:{ways})(?!\w)|(?:{ways})\s*:)"


def _value(page: Page, label: str, labels: Sequence[str]) -> str | None:
    """What stands after the label in the margins, up to the next of ``labels``; '' where nothing does, None without the label."""
    others = "|".join(_ways(other) for other in labels if other != label) or "(?!)"
    pattern = re.compile(rf"{_ways(label)}\s*[:.]?\s*(?P<value>(?:(?!{others})[^\t])*)")
    for line in page.margin:
        found = pattern.search(_flat(line))
        if found:
            return squeeze(re.sub(r"(?<!\w)pag(?:ina|\.)?\s*:?\s*\d.*", "", found["value"])).strip(" :.")
    return None


def _flat(line: Line) -> str:
    return re.sub(r" *\0 *", "\t", flat(line.text.replace("\t", "\0")))


def _says(page: Page, words: str) -> bool:
    said = squeeze(" ".join(line.flat for line in page.lines))
    return any(squeeze(flat(way)) in said for way in words.split("|"))


def _usual(pages: Sequence[Page], label: str, labels: Sequence[str]) -> str:
    values = Counter(v for page in pages if (v := _value(page, label, labels)))
    return values.most_common(1)[0][0] if values else ""


def _departures(
    page: Page, params: Params, usual: Mapping[str, str], labels: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """(label, value, what it should be) for each value of the page that departs."""
    for label in params.same:
        value = _value(page, label, labels)
        if value and usual[label] and value != usual[label]:
            yield label.split("|")[0], value, usual[label]
    for label, allowed in params.among.items():
        value = _value(page, label, labels)
        if value and squeeze(flat(value)) not in {squeeze(flat(a)) for a in allowed}:
            yield label.split("|")[0], value, "» o «".join(allowed)


def _name_rows(page: Page, labels: Sequence[str]) -> Iterator[Line]:
    """Rows of names, each below a row of the labels."""
    wanted = [squeeze(flat(label)) for label in labels]
    for line, below in zip(page.margin, page.margin[1:], strict=False):
        if wanted and [squeeze(flat(c)) for c in line.cells if c] == wanted and len(below.cells) >= len(wanted):
            yield below

"""A net as PNML (ISO/IEC 15909-2, place/transition nets), which other programs read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from checker.cases.net import Net

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
<net id="net" type="http://www.pnml.org/version-2009/grammar/ptnet">
<page id="page">
"""
_FOOT = "</page>\n</net>\n</pnml>\n"
_SILENT = (
    '<toolspecific tool="StochasticPetriNet" version="0.2">'
    '<property key="distributionType">IMMEDIATE</property><property key="invisible">true</property>'
    "</toolspecific>"
)


def to_pnml(net: Net, names: Mapping[str, str] | None = None) -> bytes:
    """The net with a token in ``begin``, done when it stands in ``end``.

    A transition for each activity, called as ``names`` says or else as the net labels it. Silent transitions are the ways from one to
    the next where one place for both would not do, the beginning and the end of a group in any order, and the omission of what is
    optional; they have no name, and say so as the tools of process mining write it.
    """
    called = names or {}
    ways = _ways(net)
    places = _joined(ways)
    page = _Page(places)
    for number, unit in enumerate(net.units):
        before, after = f"before-{number}", f"after-{number}"
        alone = len(unit.members) == 1
        opened = [before if alone else f"{before}-{n}" for n, _ in enumerate(unit.members)]
        closed = [after if alone else f"{after}-{n}" for n, _ in enumerate(unit.members)]
        for n, name in enumerate(unit.members):
            page.transition(opened[n : n + 1], closed[n : n + 1], called.get(name, name))
            if name not in unit.owed:
                page.transition(opened[n : n + 1], closed[n : n + 1])
        if not alone:
            page.transition([before], opened)
            page.transition(closed, [after])
    for source, target in ways:
        if places[source] != places[target]:
            page.transition([source], [target])
    return page.written()


def _ways(net: Net) -> list[tuple[str, str]]:
    """From the place after each unit to the place before the next; from ``begin`` to ``end``."""
    found: list[tuple[str, str]] = []
    for number, following in enumerate(net.following):
        source = "begin" if number == net.start else f"after-{number}"
        found += [(source, f"before-{to}") for to in following]
        if number in net.ends:
            found.append((source, "end"))
    return found


def _joined(ways: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The place that stands for each: one for both ends of a way that leaves no choice.

    Such is the only way from its source, and the only way to its target, unless that is the end, which nothing may leave.
    """
    leaving, arriving = Counter(source for source, _ in ways), Counter(target for _, target in ways)
    joined = {place: place for way in ways for place in way}
    for source, target in ways:
        if leaving[source] == 1 or (arriving[target] == 1 and target != "end"):
            kept, dropped = joined[source], joined[target]
            if dropped in ("begin", "end"):
                kept, dropped = dropped, kept
            joined = {place: kept if known == dropped else known for place, known in joined.items()}
    return joined


class _Page:
    """A page of PNML that is being written."""

    def __init__(self, joined: Mapping[str, str]) -> None:
        self._joined = joined
        self._places: dict[str, None] = {"begin": None, "end": None}
        self._lines: list[str] = []
        self._transitions = self._arcs = 0

    def transition(self, sources: Sequence[str], targets: Sequence[str], label: str | None = None) -> None:
        self._transitions += 1
        name = f"transition-{self._transitions}"
        inside = _SILENT if label is None else f"<name><text>{escape(label)}</text></name>"
        self._lines.append(f'<transition id="{name}">{inside}</transition>')
        for place in sources:
            self._arc(self._place(place), name)
        for place in targets:
            self._arc(name, self._place(place))

    def written(self) -> bytes:
        places = [
            f'<place id="{name}"><initialMarking><text>1</text></initialMarking></place>'
            if name == "begin"
            else f'<place id="{name}"/>'
            for name in self._places
        ]
        return (_HEAD + "".join(f"{line}\n" for line in (*places, *self._lines)) + _FOOT).encode()

    def _place(self, name: str) -> str:
        kept = self._joined.get(name, name)
        self._places.setdefault(kept)
        return kept

    def _arc(self, source: str, target: str) -> None:
        self._arcs += 1
        self._lines.append(f'<arc id="arc-{self._arcs}" source="{source}" target="{target}"/>')

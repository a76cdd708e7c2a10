"""A net as PNML (ISO/IEC 15909-2, place/transition nets), which other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from checker.cases.net import Net

_SILENT = (
    '<toolspecific tool="StochasticPetriNet" version="0.2">'
    '<property key="distributionType">IMMEDIATE</property><property key="invisible">true</property>'
    "</toolspecific>"
)


def to_pnml(net: Net, names: Mapping[str, str] | None = None) -> bytes:
    """The net with a token in ``begin``, done when it stands in ``end``.

    A transition for each activity, called as ``names`` says or else as the net labels it. Silent transitions are the ways from one to
    the next, the beginning and the end of a group in any order, and the omission of what is optional; they have no name, and say so as
    the tools of process mining write it.
    """
    sheet = _Sheet()
    called = names or {}
    begin, finish = sheet.place("begin", "<initialMarking><text>1</text></initialMarking>"), sheet.place("end")
    before = [sheet.place(f"before-{number}") for number, _ in enumerate(net.units)]
    after = [sheet.place(f"after-{number}") for number, _ in enumerate(net.units)]
    for number, unit in enumerate(net.units):
        alone = len(unit.members) == 1
        opened = [before[number] if alone else sheet.place(f"before-{number}-{n}") for n, _ in enumerate(unit.members)]
        closed = [after[number] if alone else sheet.place(f"after-{number}-{n}") for n, _ in enumerate(unit.members)]
        for n, name in enumerate(unit.members):
            sheet.transition([opened[n]], [closed[n]], called.get(name, name))
            if name not in unit.owed:
                sheet.transition([opened[n]], [closed[n]])
        if not alone:
            sheet.transition([before[number]], opened)
            sheet.transition(closed, [after[number]])
    for number, following in enumerate(net.following):
        source = begin if number == net.start else after[number]
        for to in following:
            sheet.transition([source], [before[to]])
        if number in net.ends:
            sheet.transition([source], [finish])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">',
        '<net id="net" type="http://www.pnml.org/version-2009/grammar/ptnet">',
        '<page id="page">',
        *sheet.lines,
        "</page>",
        "</net>",
        "</pnml>",
    ]
    return "\n".join((*lines, "")).encode()


class _Sheet:
    """A page of PNML that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._transitions = self._arcs = 0

    def place(self, name: str, inside: str = "") -> str:
        self.lines.append(f'<place id="{name}">{inside}</place>')
        return name

    def transition(self, sources: list[str], targets: list[str], label: str | None = None) -> None:
        self._transitions += 1
        name = f"transition-{self._transitions}"
        inside = _SILENT if label is None else f"<name><text>{escape(label)}</text></name>"
        self.lines.append(f'<transition id="{name}">{inside}</transition>')
        for source, target in (*((source, name) for source in sources), *((name, target) for target in targets)):
            self._arcs += 1
            self.lines.append(f'<arc id="arc-{self._arcs}" source="{source}" target="{target}"/>')

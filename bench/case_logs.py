"""Logs to align: cases of a procedure with deviations, and one of the shape of the public *receipt* log with a pack of its own.

That log has 1,434 cases, 8,577 events and 27 activities in 116 variants, few of which make up most cases.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

from checker.cases.language import accepts, random_walk
from checker.cases.net import Net

Trace = tuple[str, ...]

CASES, VARIANTS = 1_434, 116
_FLOW = {
    **{1: (2,), 2: (3, 22), 3: (4,), 4: (5,), 5: (7,), 6: (7,), 7: (8,), 8: (9,), 9: (10,), 10: (11, 15, 4)},
    **{11: (14,), 12: (14,), 13: (14,), 14: (10, 15), 15: (16,), 16: (17,), 17: (18,), 18: (19, 4), 19: (20,)},
    **{20: (21,), 21: (), 22: (23,), 23: (24,), 24: (25,), 25: (26,), 26: (27,), 27: ()},
}
_ENDS = (10, 15, 25)
"""Beside those that nothing follows."""
_OPTIONAL = (3, 7, 8, 9, 14, 16, 17, 19, 24)
_ANY_ORDER = ((5, 6), (11, 12, 13))


def deviating(net: Net, deviations: int, count: int, seed: int) -> list[Trace]:
    """Walks of the net, no two alike, each edited so many times: an activity left out, put in, put in place of another, or moved."""
    chance = random.Random(seed)
    found: dict[Trace, None] = {}
    while len(found) < count:
        found.setdefault(edited(net, random_walk(net, chance, 1), deviations, chance))
    return list(found)


def edited(net: Net, walk: Sequence[str], edits: int, chance: random.Random) -> Trace:
    """The walk with so many edits."""
    labels = list(walk)
    for _ in range(edits):
        at = chance.randrange(len(labels))
        edit = chance.choice(("leave out", "put in", "replace", "move"))
        if edit == "put in":
            labels.insert(at, chance.choice(net.labels))
        elif edit == "replace":
            labels[at] = chance.choice(net.labels)
        elif len(labels) > 1:
            label = labels.pop(at)
            if edit == "move":
                labels.insert(chance.randint(0, len(labels)), label)
    return tuple(labels)


def receipt(net: Net, seed: int) -> list[Trace]:
    """As many cases as the public log has, in as many variants; the frequent ones are short, and every other one deviates."""
    chance = random.Random(seed)
    found: dict[Trace, None] = {}
    while len(found) < VARIANTS:
        walk = random_walk(net, chance, 0)
        found.setdefault(edited(net, walk, chance.choice((0, 0, 1, 2)), chance))
    ranked = sorted(found, key=lambda labels: (abs(len(labels) - 6), labels))
    kept = [labels for labels in ranked if accepts(net, labels)]
    left = [labels for labels in ranked if labels not in kept]
    pairs = itertools.zip_longest(kept, left)
    variants = [labels for pair in pairs for labels in pair if labels is not None]
    shares = [1 / rank**2 for rank in range(1, VARIANTS + 1)]
    more = (CASES - VARIANTS) / sum(shares)
    bounds = [0, *(round(share * more) for share in itertools.accumulate(shares))]
    log = [
        v for v, (low, high) in zip(variants, itertools.pairwise(bounds), strict=True) for _ in range(1 + high - low)
    ]
    chance.shuffle(log)
    return log


def receipt_pack(folder: Path) -> Path:
    """A pack of that log's shape: 27 activities with roles and artefacts, and a deadline."""
    pack = folder / "recepcion"
    (pack / "procedures").mkdir(parents=True)
    (pack / "rules").mkdir()
    (pack / "pack.yaml").write_text(
        "id: bench/recepcion\nprefix: RE\ntitle: Recepción\nissuer: Oficina\nedition: '2025'\n", "utf-8"
    )
    (pack / "roles.yaml").write_text("".join(f"- {{id: mesa-{n}, name: Mesa {n}, source: '1'}}\n" for n in range(1, 5)))
    (pack / "obligations.yaml").write_text(
        "".join(f"RE-{n:03}: {{numeral: '{n}', demands: Trámite {n}}}\n" for n in (*_FLOW, 28)), "utf-8"
    )
    activities = "".join(
        f"  '{n}': {{name: Trámite {n}, obligation: RE-{n:03}, roles: [mesa-{n % 4 + 1}], does: [escrito-{n}],"
        f" next: {[str(name) for name in after]}, ends: {_yes(n in _ENDS)}, optional: {_yes(n in _OPTIONAL)}}}\n"
        for n, after in _FLOW.items()
    )
    artefacts = "".join(f"  escrito-{n}: {{title: Escrito {n}}}\n" for n in _FLOW)
    (pack / "procedures" / "recepcion.yaml").write_text(
        "id: recepcion\ntitle: Recepción\nsource: '1'\ntold_by: RE-028\nstarts: ['1']\n"
        f"any_order: {[[str(n) for n in group] for group in _ANY_ORDER]}\nartefacts:\n{artefacts}activities:\n{activities}",
        "utf-8",
    )
    (pack / "rules" / "plazos.yaml").write_text(_DEADLINE, "utf-8")
    return pack


def _yes(holds: bool) -> str:
    return "true" if holds else "false"


_DEADLINE = """\
- id: RE-002.plazo
  title: La revisión se hace a más tardar el día hábil siguiente a la recepción
  on: {case: recepcion}
  severity: error
  deadline: {of: {activity: ['2']}, within: 1 business day, after: {activity: ['1']}}
  remedy: Revisar a tiempo.
  examples:
    passes: [{events: [{activity: '1', at: 2026-02-03}, {activity: '2', at: 2026-02-04}]}]
    fails: [{at: '2', events: [{activity: '1', at: 2026-02-03}, {activity: '2', at: 2026-02-10}]}]
"""

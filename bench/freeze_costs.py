"""``python -m bench.freeze_costs``: write the costs that pm4py and r4pm find on nets at random, for tests to hold ours against."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from bench.oracles import pm4py_aligner, r4pm_costs
from checker.cases.language import random_walk
from checker.cases.net import Net, NetError

TABLE = Path(__file__).parents[1] / "tests" / "data" / "alignment-costs.json"
NETS, TRACES = 60, 8
_STRANGER = "?"


def main() -> int:
    """Write the table; 1 where the two do not agree."""
    chance = random.Random(2026)
    rows: list[dict[str, Any]] = []
    while len(rows) < NETS:
        given = _net(chance)
        try:
            net = Net.of(**given)
        except NetError:
            continue
        traces = [_trace(net, chance) for _ in range(TRACES)]
        cost = pm4py_aligner(net)
        costs = [cost(trace) for trace in traces]
        if costs != r4pm_costs(net, traces):
            print(f"pm4py and r4pm find different costs: {given}", file=sys.stderr)
            return 1
        rows.append({"net": given, "costs": [[" ".join(t), c] for t, c in zip(traces, costs, strict=True)]})
    TABLE.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", "utf-8")
    return 0


def _net(chance: random.Random) -> dict[str, Any]:
    """What ``Net.of`` takes: up to nine activities with loops, groups in any order and optional activities."""
    names = list("abcdefghi"[: chance.randint(3, 9)])
    left = chance.sample(names, len(names))
    groups = []
    while left and chance.random() < 0.5:
        size = chance.randint(2, 4)
        groups.append(left[:size])
        left = left[size:]
    follows = {name: chance.sample(names, chance.randint(0, 3)) for name in names}
    for group in groups:
        follows |= dict.fromkeys(group, follows[group[0]])
    return {
        "starts": chance.sample(names, chance.randint(1, 2)),
        "follows": follows,
        "ends": chance.sample(names, chance.randint(1, 2)),
        "any_order": groups,
        "optional": [name for name in names if chance.random() < 0.2],
    }


def _trace(net: Net, chance: random.Random) -> list[str]:
    """A walk with up to four edits."""
    labels = list(random_walk(net, chance, 1))[:14]
    for _ in range(chance.randint(0, 4)):
        if labels and chance.random() < 0.5:
            labels.pop(chance.randrange(len(labels)))
        else:
            labels.insert(chance.randint(0, len(labels)), chance.choice((*net.labels, _STRANGER)))
    return labels


if __name__ == "__main__":
    sys.exit(main())

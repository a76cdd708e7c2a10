"""Cases against their procedure: against r4pm and pm4py that only align, and how it grows with the events of a case."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from bench.case_logs import Trace, deviating, edited, receipt, receipt_pack
from bench.measure import Measured, settle, side_by_side
from bench.oracles import pm4py_aligner, r4pm_aligner
from checker.cases.align import Alignment, align
from checker.cases.judge import Court
from checker.cases.net import Net
from checker.cases.nets import nets_of
from checker.cases.sample import made_record
from checker.check import load
from checker.options import Options
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from parsers.cases.model import CaseRecord

_COUNT = 60
_SLOW = 3
"""Traces for pm4py, which takes a second for each."""


def measure(folder: Path, rounds: int = 7) -> list[Measured]:
    """Cases of 112 activities with 0, 3 and 10 deviations, a log of the public *receipt* log's shape, and cases of up to 100,000 events."""
    options = Options()
    pack = next(p for p in load(options) if p.info.id == "imss/programas-virtuales")
    sides = _Sides(pack, "programas-virtuales", options, rounds)
    found: list[Measured] = []
    for deviations in (0, 3, 10):
        what = f"cases of a procedure of 112 activities, with {deviations} deviations"
        found += sides.compared(what, partial(deviating, sides.net, deviations, _COUNT))
    (small,) = load_packs([receipt_pack(folder)])
    sides = _Sides(small, "recepcion", options, rounds)
    found += sides.compared(
        "a log of the shape of *receipt* (1,434 cases, 27 activities, 116 variants)", partial(receipt, sides.net)
    )
    return [*found, _curve("without deviations", 0, rounds), _curve("with 10 deviations", 10, rounds)]


class _Sides:
    """Ours and theirs, on the same net. Every round has a log of its own, so that nothing is remembered from the round before."""

    def __init__(self, pack: Pack, procedure: str, options: Options, rounds: int) -> None:
        self.pack, self.rounds = pack, rounds
        self.procedure: Procedure = pack.casebook.procedures[procedure]
        nets = nets_of(self.procedure)
        if nets is None:
            raise RuntimeError(f"{procedure} is no flow")
        self.net = nets.flow
        self.court = Court([pack], options)

    def compared(self, what: str, log_of: Callable[[int], list[Trace]]) -> Iterator[Measured]:
        """``log_of`` makes a log from a seed."""
        log = log_of(-1)
        self._agree(log)
        r4pm, aligning = self._in_turns(log_of, lambda log: partial(self._align, log))
        yield Measured(f"aligning {what}: against r4pm", _each(aligning, r4pm, log), aligning / r4pm, 1.0)

        def variants_of(seed: int) -> list[Trace]:
            return list(dict.fromkeys(log_of(1_000 + seed)))

        log = variants_of(-1)
        r4pm, judging = self._in_turns(variants_of, lambda log: partial(self._judge, self._records(log)))
        yield Measured(
            "judging one of each variant (alignment, roles, artefacts, deadlines, telling): against r4pm that only aligns",
            _each(judging, r4pm, log),
            judging / r4pm,
            3.0,
        )
        pm4py = self._pm4py(log) * len(log)
        yield Measured(
            f"judging one of each variant: against pm4py that only aligns (measured on {_SLOW})",
            _each(judging, pm4py, log),
            pm4py / judging,
            50.0,
            at_least=True,
        )

    def _in_turns(
        self, log_of: Callable[[int], list[Trace]], act: Callable[[list[Trace]], Callable[[], None]]
    ) -> tuple[float, float]:
        """Median seconds of r4pm and of ``act`` for a log."""
        logs = [log_of(number) for number in range(self.rounds + 1)]
        theirs = iter([r4pm_aligner(self.net, log) for log in logs])
        ours = iter([act(log) for log in logs])
        return side_by_side(lambda: next(theirs)(), lambda: next(ours)(), self.rounds)

    def _records(self, log: Sequence[Trace]) -> list[CaseRecord]:
        return [made_record(self.procedure, self.pack, labels, str(n)) for n, labels in enumerate(log)]

    def _align(self, log: Sequence[Trace]) -> None:
        for labels in log:
            if not isinstance(align(self.net, labels), Alignment):
                raise RuntimeError("given up")

    def _judge(self, records: Sequence[CaseRecord]) -> None:
        for record in records:
            if self.court.judge(record, "registro.csv", "", "text/csv").case is None:
                raise RuntimeError(f"{record.case} was read with no procedure")

    def _agree(self, log: Sequence[Trace]) -> None:
        ours = [align(self.net, labels) for labels in dict.fromkeys(log)]
        theirs = r4pm_aligner(self.net, log)()
        if sorted(theirs) != sorted(found.cost for found in ours if isinstance(found, Alignment)):
            raise RuntimeError("r4pm finds other costs")

    def _pm4py(self, log: Sequence[Trace]) -> float:
        """Median seconds of a variant."""
        cost, seconds = pm4py_aligner(self.net), []
        for labels in list(dict.fromkeys(log))[:_SLOW]:
            start = time.perf_counter()
            theirs = cost(labels)
            seconds.append(time.perf_counter() - start)
            ours = align(self.net, labels)
            if not isinstance(ours, Alignment) or ours.cost != theirs:
                raise RuntimeError("pm4py finds another cost")
        return statistics.median(seconds)


def _each(ours: float, theirs: float, log: Sequence[Trace]) -> str:
    return f"a case: {1000 * ours / len(log):.2f} ms against {1000 * theirs / len(log):.2f} ms"


def _curve(what: str, deviations: int, rounds: int) -> Measured:
    """One case that goes round a procedure of 112 activities again and again."""
    names = [str(n) for n in range(112)]
    net = Net.of(names[:1], {a: [b] for a, b in pairwise((*names, names[0]))}, names[-1:])
    seconds: dict[int, float] = {}
    for events in (1_000, 10_000, 100_000):
        chance, taken = random.Random(events), []
        for _ in range(rounds):
            labels = edited(net, [names[n % 112] for n in range(events // 112 * 112)], deviations, chance)
            settle()
            start = time.perf_counter()
            align(net, labels)
            taken.append(time.perf_counter() - start)
        seconds[events] = statistics.median(taken)
    told = ", ".join(f"{events:,}: {1000 * took:.1f} ms" for events, took in seconds.items())
    return Measured(
        f"aligning a case {what}, for ten times as many events, from 10,000 to 100,000",
        f"events and time: {told}",
        seconds[100_000] / seconds[10_000],
        13.0,
    )

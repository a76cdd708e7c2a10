"""What the rules on one procedure ask of its cases, made ready once; and which procedure a record is of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from checker.calendar.days import Calendar, calendar_named
from checker.cases.identify import Identifier
from checker.cases.model import Case
from checker.cases.nets import Nets, nets_of
from checker.engine.decide import Decider
from checker.engine.form import Clause
from checker.evaluate import stands
from checker.facts import Fact
from checker.kinds import case_kind
from checker.kinds.protocol import Context
from checker.options import Options
from checker.packs.load import pack_in_force
from checker.packs.pack import Pack
from checker.packs.procedures import Activity, Procedure, selectors
from checker.packs.rule import Rule
from parsers.cases.model import CaseRecord

SURE = 0.6
"""Certainty from which a procedure is taken for that of a record which does not name it."""
CLEAR = 0.08
"""By how much it must explain the record better than the next."""
_NAMED = 10_000
"""Names of procedures and days of which it is remembered what law they mean."""
_ENOUGH = 300
"""Events of a record by which its procedure is told."""
_LASTING = frozenset(
    ("precedes", "followed_by", "accompanied", "addressed", "jointly", "gathers", "never", "may_act", "same_order")
)
"""Kinds whose answer follows from what the events say and from their order, where every event has a moment of its own, none states a
period and no directory tells who held which office."""
_TIMELESS = frozenset(("step", "branch", "done_by", "produced", "known_activity", "made_before"))
"""Kinds whose answer follows from what the events say, whenever they took place."""


class UnknownProcedure(ValueError):
    """Which procedure a record is of cannot be told. One sentence in Spanish."""


class Asked(msgspec.Struct, frozen=True):
    """A rule, ready to be asked."""

    rule: Rule
    id: str
    params: Any
    observe: Callable[[str, Any, Case, Context], Iterator[Fact]]
    about: frozenset[str] | None = None
    """A case without any of these activities is no matter of the rule; None: every case may be."""

    @property
    def lasting(self) -> bool:
        """Whether its answer follows from what the events say and their order, where that leaves nothing open."""
        return self.rule.kind in _LASTING


class Owes(msgspec.Struct, frozen=True):
    """What an event of an activity has to say."""

    role: bool
    artefacts: bool
    to: bool
    via: bool


class OfActivity(msgspec.Struct, frozen=True):
    """The derived rules of one activity."""

    place: tuple[Asked, ...]
    """Asked where the case leaves the flow there."""
    branch: tuple[Asked, ...]
    said: tuple[Asked, ...]
    """Their answer follows from what its events say."""
    owes: Owes


class Verdicts:
    """What both evaluators say of the facts of cases: a ruleset for each rule, made when it first has a fact.

    A fact that was not seen before costs by the size of the ruleset that is asked, and no rule has clauses on another's facts.
    """

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses: dict[str, list[Clause]] = {}
        for clause in clauses:
            self._clauses.setdefault(clause.k, []).append(clause)
        self._deciders: dict[str, Decider] = {}

    def on(self, facts: Sequence[Fact]) -> Iterator[tuple[int, Clause]]:
        """Position of a fact and a clause that matches it, by fact and then by clause; raises as :meth:`Decider.decide`."""
        for at, fact in enumerate(facts):
            clauses = self._clauses.get(fact.k, [])
            decider = self._deciders.get(fact.k)
            if decider is None:
                decider = self._deciders[fact.k] = Decider(tuple(clauses))
            for activation in decider.decide((fact,)):
                yield at, clauses[activation.clause]


class Law(msgspec.Struct, frozen=True):
    """What one procedure asks under certain readings."""

    procedure: Procedure
    pack: Pack
    identifier: Identifier
    timeless: tuple[Asked, ...]
    """Of no activity, and whatever the times."""
    of_activity: dict[str, OfActivity]
    """Derived rules, timeless too, that have nothing to say where their activity neither is in a case nor is missing from it."""
    timed: tuple[Asked, ...]
    """Those that look at times, persons or the whole case."""
    verdicts: Verdicts
    nets: Nets | None
    calendar: Calendar

    @property
    def asked(self) -> Iterator[Asked]:
        """Every rule."""
        yield from self.timeless
        for own in self.of_activity.values():
            yield from (*own.place, *own.branch, *own.said)
        yield from self.timed

    def only(self, rules: Sequence[str]) -> Law:
        """The same law with no other rules than these."""

        def kept(some: Sequence[Asked]) -> tuple[Asked, ...]:
            return tuple(a for a in some if a.id in rules)

        return msgspec.structs.replace(
            self,
            timeless=kept(self.timeless),
            of_activity={
                name: msgspec.structs.replace(own, place=kept(own.place), branch=kept(own.branch), said=kept(own.said))
                for name, own in self.of_activity.items()
            },
            timed=kept(self.timed),
        )


def law_of(pack: Pack, procedure: Procedure, options: Options, identifier: Identifier | None = None) -> Law:
    """What ``procedure`` asks, under the readings that the options take."""
    timeless: list[Asked] = []
    timed: list[Asked] = []
    of_activity: dict[str, list[Asked]] = {}
    clauses: list[Clause] = []
    for rule in pack.casebook.rules_on(procedure.id):
        if not stands(rule, pack, options.readings):
            continue
        kind = case_kind(rule.kind)
        asked = Asked(rule, rule.head.id, rule.params, kind.observe, _about(rule.params, rule.derived))
        clauses.extend(kind.clauses(rule.head.id, rule.params))
        if rule.kind not in _TIMELESS:
            timed.append(asked)
        elif activity := getattr(rule.params, "activity", None):
            of_activity.setdefault(activity, []).append(asked)
        else:
            timeless.append(asked)
    return Law(
        procedure,
        pack,
        identifier or Identifier(procedure, pack),
        tuple(timeless),
        {name: _of_activity(some, procedure.activities[name]) for name, some in of_activity.items()},
        tuple(timed),
        Verdicts(dict.fromkeys(clauses)),
        nets_of(procedure),
        calendar_named(pack.info.calendar, options.closed, options.opened),
    )


def _of_activity(asked: Sequence[Asked], activity: Activity) -> OfActivity:
    def of(*kinds: str) -> tuple[Asked, ...]:
        return tuple(a for a in asked if a.rule.kind in kinds)

    sends = activity.sends
    owes = Owes(
        bool(activity.roles),
        bool(activity.does or sends),
        any(s.to or s.to_any for s in sends),
        any(s.via for s in sends),
    )
    return OfActivity(of("step"), of("branch"), of("done_by", "produced"), owes)


def _about(params: msgspec.Struct, derived: bool) -> frozenset[str] | None:
    """The activities of which a declared rule speaks, where each of its selections names some."""
    chosen = [] if derived else list(selectors(params))
    if not chosen or not all(events.activity for events in chosen):
        return None
    return frozenset(name for events in chosen for name in events.activity)


class Laws:
    """The laws of the packs of a check, each made when it is first asked for."""

    def __init__(self, packs: Sequence[Pack], options: Options) -> None:
        self._packs = packs
        self._options = options
        self._laws: dict[tuple[str, str], Law] = {}
        self._identifiers: dict[tuple[str, str], Identifier] = {}
        self._by_name: dict[tuple[str, dt.date | None], Law] = {}

    def law(self, pack: Pack, procedure: Procedure) -> Law:
        """The law of one procedure."""
        key = (pack.sha256, procedure.id)
        if key not in self._laws:
            self._laws[key] = law_of(pack, procedure, self._options, self._identifier(pack, procedure))
        return self._laws[key]

    def title(self, procedure: str | None) -> str:
        """A procedure whose law was asked for, as its norm calls it; empty for any other."""
        return next((law.procedure.title for law in self._laws.values() if law.procedure.id == procedure), "")

    def of(self, record: CaseRecord, wanted: str | None) -> tuple[Law, float]:
        """The law of a record's procedure, named or recognised, and how sure that is. Raises :class:`UnknownProcedure`."""
        day = self._options.as_of or next((e.at.day for e in record.events if e.at and e.at.value), None)
        if wanted:
            if (wanted, day) not in self._by_name:
                if len(self._by_name) > _NAMED:
                    self._by_name.clear()
                self._by_name[wanted, day] = self._named(wanted, self._in_force(day))
            return self._by_name[wanted, day], 1.0
        packs = self._in_force(day)
        known = [(pack, p) for pack in packs for p in pack.casebook.procedures.values()]
        scored = sorted(((self._explains(record, *item), n) for n, item in enumerate(known)), reverse=True)
        say = "indíquelo con --procedure o en su clave «procedure»"
        if not scored or scored[0][0] < SURE:
            raise UnknownProcedure(f"no se reconoce de qué procedimiento es el registro; {say}")
        rivals = [known[n] for score, n in scored if scored[0][0] - score < CLEAR]
        best = rivals[0]
        if len(rivals) > 1:
            own = [self._speaks_of(record, *item) for item in rivals]
            first, second = sorted(own, reverse=True)[:2]
            best, other = rivals[own.index(first)], rivals[1] if own.index(first) == 0 else rivals[0]
        if len(rivals) > 1 and first == second:
            raise UnknownProcedure(f"el registro puede ser de «{best[1].title}» o de «{other[1].title}»; {say}")
        return self.law(*best), round(scored[0][0], 2)

    def _in_force(self, day: dt.date | None) -> list[Pack]:
        return [pack_in_force(self._packs, i, day) for i in dict.fromkeys(p.info.id for p in self._packs)]

    def _named(self, wanted: str, packs: Sequence[Pack]) -> Law:
        from checker.spanish.text import flat, squeeze

        owner, _, name = wanted.strip().rpartition("#")
        asked = squeeze(flat(name))
        own = [p for p in packs if p.info.id == owner] or packs  # those of other packs are not even read
        known = [(pack, p) for pack in own for p in pack.casebook.procedures.values()]
        fit = [
            (pack, p)
            for pack, p in known
            if owner in ("", pack.info.id) and (p.id == name or squeeze(flat(p.title)) == asked)
        ]
        if not fit and wanted in [p.info.id for p in packs]:
            fit = [(pack, p) for pack, p in known if pack.info.id == wanted]
        if len(fit) == 1:
            return self.law(*fit[0])
        from rapidfuzz.process import extractOne

        near = extractOne(wanted, [f"{pack.info.id}#{p.id}" for pack, p in known], score_cutoff=60)
        problem = "es de varias normas" if fit else "no existe"
        hint = f"; ¿se quiso decir «{near[0]}»?" if near and not fit else ""
        raise UnknownProcedure(f"el procedimiento «{wanted}» {problem}{hint}")

    def _identifier(self, pack: Pack, procedure: Procedure) -> Identifier:
        key = (pack.sha256, procedure.id)
        if key not in self._identifiers:
            self._identifiers[key] = Identifier(procedure, pack)
        return self._identifiers[key]

    def _explains(self, record: CaseRecord, pack: Pack, procedure: Procedure) -> float:
        """How well a procedure explains a record: the mean certainty of its activities, a known role counting for half of one."""
        identifier = self._identifier(pack, procedure)
        total = weight = 0.0
        for event in record.events[:_ENOUGH]:
            read = identifier.read(event)
            total += max(m.sure for m in read.meant) + (0.5 * bool(read.roles) if event.role else 0)
            weight += 1.5 if event.role else 1
        return total / weight if weight else 0.0

    def _speaks_of(self, record: CaseRecord, pack: Pack, procedure: Procedure) -> tuple[int, bool]:
        """What tells apart procedures that explain a record alike: how many of its documents they know, and the case's own name."""
        identifier = self._identifier(pack, procedure)
        known = {*procedure.makers, *procedure.artefacts}
        read = (identifier.read(e).artefacts or () for e in record.events[:_ENOUGH])
        named = procedure.id.split("-")
        words = re.findall(r"[a-z]+", record.case.lower())
        return sum(a in known for artefacts in read for a in artefacts), all(part in words for part in named)

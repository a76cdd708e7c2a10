"""What an event of a record is in the words of a procedure: which activity, role, artefacts, branch.

Records number activities («37», «Actividad 37», «6.37», «37. Elabora …»), name them in their own words, or put several on one line
(«37, 38», «37 a 39»). A number is certain; a name is as sure as it is alike, and one that two activities claim is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

import msgspec

from checker.cases.artefacts import Artefacts
from checker.cases.naming import Names
from checker.cases.outcomes import branch_of
from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from checker.packs.roles import role_of, says_something
from checker.spanish.text import flat, squeeze
from parsers.cases.model import Event

ALIKE = 86
"""Percentage from which a name is taken for that of an activity."""
NEAR = 70
"""Percentage from which a name may be an activity's, if the flow wants just that one there."""
AHEAD = 4
"""Points by which it must be more alike than the next activity's."""
_SAME = 92
"""Percentage from which the name of an artefact is the one meant: only slips of the pen are less."""
_LEAD = re.compile(r"^(?:(?:act(?:ividad(?:es)?)?|numeral|punto|paso)\b\.?\s*)?(?:(?:num(?:ero)?|no|n)\b[.°º]*\s*)?")
_PART = re.compile(r"\s*(?:,|;|/|\+|&|\by\b)\s*")
_RANGE = re.compile(r"^(\d{1,3})\s*(?:-|–|—|\ba\b|\bal\b)\s*(\d{1,3})$")
_NUMBERED = re.compile(r"^([0-9]{1,3}[a-z]?(?:\.[0-9]{1,3})*)\s*(?:[.):–—-]+\s*|\s+)(?=[^\W\d])")
_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]*\)")
_UNDONE = re.compile(
    r"\b(?:bis|pendientes?|cancelad[ao]s?|suspendid[ao]s?|omitid[ao]s?|falta|no (?:se )?(?:realizo|hizo|llevo))\b"
)
"""What says that the activity named beside it was not done, or is another."""
_MOST_IN_RANGE = 60


_SAID = attrgetter("activity", "milestone", "role", "unit", "artefacts", "to", "via", "outcome")
"""What of an event says what it is."""


class Meant(msgspec.Struct, frozen=True):
    """An activity that an event is, and how sure that is."""

    activity: str | None
    sure: float
    near: str | None = None
    """The activity that it may be, where none is sure enough."""


class Read(msgspec.Struct, frozen=True):
    """An event in the words of a procedure; see :class:`checker.cases.model.Step`."""

    meant: tuple[Meant, ...]
    roles: tuple[str, ...]
    artefacts: tuple[str, ...] | None
    to: tuple[str, ...] | None
    via: tuple[str, ...] | None
    outcomes: tuple[str | None, ...]
    """For each of ``meant``."""


class Identifier(msgspec.Struct, frozen=True, dict=True):
    """Reads the events of records with one procedure of one pack; remembers what it has read."""

    procedure: Procedure
    pack: Pack

    @cached_property
    def _read(self) -> dict[tuple[object, ...], Read]:
        return {}

    def read(self, event: Event) -> Read:
        """The event in the procedure's words."""
        return self.read_all((event,))[0]

    def read_all(self, events: Sequence[Event]) -> list[Read]:
        """Each of the events in the procedure's words."""
        keys = list(map(_SAID, events))
        found = list(map(self._read.get, keys))
        known = [read for read in found if read is not None]
        if len(known) == len(found):
            return known
        return [self._remembered(*item) for item in zip(keys, events, strict=True)]

    def _remembered(self, key: tuple[object, ...], event: Event) -> Read:
        known = self._read.get(key)
        if known is None:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            known = self._read[key] = self._fresh(event)
        return known

    def _fresh(self, event: Event) -> Read:
        meant = self.activities(event)
        artefacts = None
        own = [m.activity for m in meant]
        if event.artefacts is not None:
            artefacts = tuple(self._artefacts.called(a.type, own) for a in event.artefacts)
        elif not self.procedure.starts:
            # where no flow says what an activity bears, its own words do: «Autoriza el plan de mejora»
            found = self._artefacts.named_in(event.activity or "")
            artefacts = found or None
        return Read(
            meant,
            self._acting(event.role, event.unit),
            artefacts,
            None if event.to is None else tuple(self.role(t) or t for t in event.to),
            None if event.via is None else tuple(self.role(t) or t for t in event.via),
            tuple(self._outcome(event.outcome, m.activity) for m in meant),
        )

    def _outcome(self, text: str | None, activity: str | None) -> str | None:
        known = self.procedure.activities.get(activity or "")
        return branch_of(text, known.decides) if text and known is not None else None

    @cached_property
    def _artefacts(self) -> Artefacts:
        return Artefacts(self.procedure, self.pack)

    def activities(self, event: Event) -> tuple[Meant, ...]:
        """The activities of an event, at least one; without any it is unknown."""
        if event.milestone:
            name = squeeze(flat(event.milestone))
            slug = name.replace(" ", "-").replace("_", "-")
            if slug in self.procedure.activities:
                return (Meant(slug, 1.0),)
            return (self._by_name(name, event),)
        text = squeeze(flat(event.activity or "")).rstrip(".")
        if not text:
            return (Meant(None, 0.0),)
        several = self._numbers(text)
        if several:
            return tuple(Meant(a, 1.0) for a in several)
        return (self._by_name(text, event),)

    def _numbers(self, text: str) -> list[str]:
        """The activities that a text of numbers means, in its order; none where it says anything else."""
        bare = text[len(m.group()) :] if (m := _LEAD.match(text)) else text
        if one := self._numbered.get(bare):
            return [one]
        several = self._listed(bare)
        if not several and (named := _NUMBERED.match(bare)):
            one = self._numbered.get(named.group(1))
            rest = bare[named.end() :]
            # «27 bis» and «27 pendiente» are not 27
            return [one] if one and not _UNDONE.search(rest) else []
        return several

    def _listed(self, bare: str) -> list[str]:
        """The activities of a list of numbers and ranges; none where a part of it is anything else."""
        found: list[str] = []
        for part in _PART.split(bare):
            span = _RANGE.match(part)
            if span and int(span[1]) < int(span[2]) <= int(span[1]) + _MOST_IN_RANGE:
                names = [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
            else:
                names = [part]
            for name in names:
                one = self._numbered.get(name)
                if one is None:
                    return []
                found.append(one)
        return found

    @cached_property
    def _numbered(self) -> dict[str, str]:
        """Number or id as people write it → activity: its own, and the numeral where that is its alone."""
        found: dict[str, str] = {}
        numerals: dict[str, list[str]] = {}
        for name, activity in self.procedure.activities.items():
            obligation = self.pack.obligations.get(activity.obligation or "")
            numeral = activity.numeral or (obligation.numeral if obligation else "")
            if numeral:
                numerals.setdefault(flat(numeral), []).append(name)
        found.update({numeral: names[0] for numeral, names in numerals.items() if len(names) == 1})
        found.update({flat(name): name for name in self.procedure.activities})
        found.update({flat(name).replace("-", " "): name for name in self.procedure.activities})
        return found

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Folded name or alias, and its activity."""
        return [
            (squeeze(flat(n)), name)
            for name, activity in self.procedure.activities.items()
            for n in (activity.name, *activity.aliases)
        ]

    @cached_property
    def _forms(self) -> list[str]:
        """Only the names, as the matcher wants them."""
        return [n for n, _ in self._names]

    def _by_name(self, text: str, event: Event) -> Meant:
        from rapidfuzz import fuzz, process

        if _UNDONE.match(text):
            return Meant(None, 0.0)
        exact = dict.fromkeys(a for n, a in self._names if n == text)
        if len(exact) > 1:
            exact = dict.fromkeys(a for a in exact if self._speaks_for(a, event))
        if len(exact) == 1:
            return Meant(next(iter(exact)), 1.0)
        if not self.procedure.starts:
            heads = [(len(n), a) for n, a in self._names if text.startswith(f"{n} ")]
            if heads:
                return Meant(max(heads)[1], 0.95)
        scored: dict[str, float] = {}
        denied = _denies(text)
        for form, score, at in process.extract(text, self._forms, scorer=fuzz.token_sort_ratio, limit=12):
            name = self._names[at][1]
            if _denies(form) == denied:
                scored[name] = max(scored.get(name, 0.0), score)
        ranked = sorted(scored.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < NEAR:
            return self._by_words(text, event) or Meant(None, 0.0)
        best, score = ranked[0]
        rivals = [name for name, other in ranked if score - other < AHEAD]
        if len(rivals) > 1 and event.role:
            own = [name for name in rivals if name in self._of_who_acted(event)]
            best, rivals = (own[0], own) if len(own) == 1 else (best, rivals)
        sure = round(scored[best] / 100, 2)
        if len(rivals) > 1 or scored[best] < ALIKE:
            return self._by_words(text, event) or Meant(None, sure, best)
        return Meant(best, sure)

    def _of_who_acted(self, event: Event) -> frozenset[str]:
        """The activities that belong to the roles that the event names."""
        acting = set(self._acting(event.role, event.unit))
        return frozenset(name for name, a in self.procedure.activities.items() if acting.intersection(a.roles))

    def _by_words(self, text: str, event: Event) -> Meant | None:
        """What a whole sentence of the norm, or one like it, means; one that denies is no activity that does not."""
        found = self._sentences.nearest(text, self._of_who_acted(event) if event.role else ())
        if found is None or _denies(text) != _denies(flat(self.procedure.activities[found.activity].name)):
            return None
        sure = round(min(found.likeness, 0.99), 2)
        return Meant(found.activity, sure) if found.sure else Meant(None, sure, found.activity)

    @cached_property
    def _sentences(self) -> Names:
        return Names(self._names)

    def role(self, text: str) -> str | None:
        """Id of the role that ``text`` names: by id, name, abbreviation or alias."""
        if text in self.pack.roles:
            return text
        if text not in self._roles:
            if len(self._roles) > _REMEMBERED:
                self._roles.clear()
            self._roles[text] = self._exact_roles.get(squeeze(flat(text))) or role_of(text, self.pack.roles)
        return self._roles[text]

    def _acting(self, role: str | None, unit: str | None) -> tuple[str, ...]:
        """The roles that acted: those that the record names, or else the unit, where the norm knows it as one that acts."""
        found = self.roles(role) if role else ()
        if not found and unit:
            one = self.role(f"{role} de {unit}") if role and not says_something(role) else self.role(unit)
            return (one,) if one else ()
        return found

    def _speaks_for(self, activity: str, event: Event) -> bool:
        """Whether what an event bears, or whom it is sent to, is what ``activity`` bears or sends: two may have one number."""
        known = self.procedure.activities[activity]
        artefacts = {self._artefacts.called(a.type, [activity]) for a in event.artefacts or ()}
        reached = {role for name in event.to or () if (role := self.role(name))}
        own = {*known.does, *(s.artefact for s in known.sends)}
        return bool(artefacts & own or reached & {r for s in known.sends for r in (*s.to, *s.to_any)})

    def roles(self, text: str) -> tuple[str, ...]:
        """Every role that ``text`` names: one, or several («TJD y TJO») where each part is one by itself."""
        parts = [part for part in _PART.split(text) if part]
        several = [self.role(part) for part in parts] if len(parts) > 1 else []
        if several and all(several):
            return tuple(dict.fromkeys(name for name in several if name))
        one = self.role(text)
        return (one,) if one else ()

    @cached_property
    def _exact_roles(self) -> dict[str, str]:
        """Folded names, abbreviations and aliases that are one role's alone."""
        found: dict[str, set[str]] = {}
        for role in self.pack.roles.values():
            for called in (role.name, *role.abbreviations, *role.aliases):
                found.setdefault(squeeze(flat(called)), set()).add(role.id)
        return {called: next(iter(ids)) for called, ids in found.items() if len(ids) == 1}

    @cached_property
    def _roles(self) -> dict[str, str | None]:
        return {}


_REMEMBERED = 100_000
"""Different events that an identifier remembers at once."""


def _denies(text: str) -> bool:
    """«… no están disponibles» and «… están disponibles» are alike in everything but what they say."""
    return " no " in f" {text} "


def nearest_activity(text: str, procedure: Procedure) -> str | None:
    """The activity whose name is nearest to ``text``, for suggestions; None where none is near."""
    from rapidfuzz import fuzz, process

    names = [(squeeze(flat(n)), a) for a, it in procedure.activities.items() for n in (it.name, *it.aliases)]
    found = process.extractOne(
        squeeze(flat(text)), [n for n, _ in names], scorer=fuzz.token_sort_ratio, score_cutoff=NEAR
    )
    if found:
        return names[found[2]][1]
    like = Names(names).nearest(text)
    return like.activity if like else None

"""The messages and documents of an expediente in the order of time, each with the activities that it may tell of."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from checker.cases.expediente_actors import Actor, Actors
from checker.cases.expediente_contents import Contents, Paper
from checker.cases.expediente_kinds import Candidate, Kinds, Seen
from checker.cases.expediente_text import reminds
from parsers.cases.model import MEXICO_CITY


class Item(msgspec.Struct, frozen=True):
    """A piece of the expediente that may tell of an activity."""

    candidates: tuple[Candidate, ...]
    order: dt.datetime
    seen: Seen | None = None
    paper: Paper | None = None
    signers: tuple[Actor, ...] = ()
    through: Seen | None = None
    """The message by which a conduit passed it on."""

    @property
    def name(self) -> str:
        return self.seen.letter.name if self.seen else self.paper.name if self.paper else ""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Its documents."""
        return self.seen.letter.papers if self.seen else (self.paper,) if self.paper else ()


def items_of(contents: Contents, kinds: Kinds, actors: Actors, most: int | None = None) -> list[Item]:
    """The pieces in the order of time, those without one last; ``most`` bounds how many messages are looked at."""
    found: list[Item] = []
    for letter in contents.letters[:most]:
        seen = Seen(letter, actors.sender(letter), actors.receivers(letter), actors.copied(letter))
        found.append(Item(tuple(kinds.of_letter(seen)), letter.sent.order or _LAST, seen))
    found = _passed_on(_without_reminders(found), kinds)
    attached = {p.sha256 for letter in contents.letters for p in letter.papers}
    by_itself = {p.sha256: p for p in contents.papers if p.type is not None and p.sha256 not in attached}
    for paper in list(by_itself.values())[:most]:
        signers = tuple(actors.by_charge(name, charge, paper.day) for name, charge in paper.signers)
        end = dt.datetime.combine(paper.day, dt.time.max, MEXICO_CITY) if paper.day else _LAST
        found.append(Item(tuple(kinds.of_paper(paper, signers)), end, None, paper, signers))
    return sorted(found, key=lambda item: item.order)


_LAST = dt.datetime.max.replace(tzinfo=dt.UTC) - dt.timedelta(days=2)


def _without_reminders(items: list[Item]) -> list[Item]:
    """A message that only reminds of another, which is there, tells of nothing new."""
    told: set[tuple[str, str]] = set()
    result = []
    for item in sorted(items, key=lambda i: i.order):
        if item.seen is not None and item.candidates:
            key = (item.seen.letter.mail.sender, item.candidates[0].activity)
            if key in told and reminds(item.seen.letter.subject, item.seen.letter.words):
                item = replace(item, candidates=())
            told.add(key)
        result.append(item)
    return result


def _passed_on(items: list[Item], kinds: Kinds) -> list[Item]:
    """A message and the one by which a conduit passed it on are one."""
    by_id = {i.seen.letter.mail.message_id: n for n, i in enumerate(items) if i.seen and i.seen.letter.mail.message_id}
    taken: set[int] = set()
    result = list(items)
    for n, item in enumerate(items):
        if item.seen is None or item.seen.letter.kind != "forward":
            continue
        origin = next((by_id[i] for i in item.seen.letter.mail.answers if i in by_id), None)
        if origin is None:
            origin = next((k for k, o in enumerate(items) if k != n and _is_origin(o, item)), None)
        if origin is None or origin in taken:
            continue
        first = result[origin]
        conduits = {
            r for c in first.candidates[:3] for s in kinds.procedure.activities[c.activity].sends for r in s.via
        }
        if first.seen is not None and conduits & set(item.seen.sender.roles) & first.seen.reached:
            result[origin] = replace(first, through=item.seen)
            taken.add(n)
    return [item for n, item in enumerate(result) if n not in taken]


def _is_origin(one: Item, other: Item) -> bool:
    """Whether ``other`` forwards ``one``, as far as subjects and times tell."""
    if one.seen is None or other.seen is None:
        return False
    return one.seen.letter.subject == other.seen.letter.subject and one.order <= other.order

"""A case as rules see it: the steps of a record in the words of a procedure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from checker.packs.pack import Pack
from checker.packs.procedures import Activity, Events, Last, Procedure
from parsers.cases.model import CaseRecord, Event
from parsers.model import Place

if TYPE_CHECKING:
    from checker.calendar.days import Calendar
    from checker.cases.course import Course, Deviation
    from checker.cases.directory import Directory
    from checker.cases.nets import Nets

Aspect = Literal["artefacts", "to", "via", "person"]


class Step(msgspec.Struct, frozen=True, gc=False):
    """One activity of one event. An event that names several gives a step for each."""

    event: Event
    position: int
    """Order in time, from 0; where times do not tell, that of the record."""
    read: int
    """Order of its event, from 0; that of several steps where one event names several activities."""
    activity: str | None
    """Id in the procedure; None when it knows no such activity."""
    sure: float
    """How sure that is: 1 for its number, less for a name that is only alike."""
    roles: tuple[str, ...]
    """Ids of the roles that did it together, mostly one; empty when unsaid or unknown."""
    artefacts: tuple[str, ...] | None
    """Ids of artefacts; what no one knows as written. None: the record does not say."""
    to: tuple[str, ...] | None
    """Ids of roles; what no one knows as written. None: the record does not say."""
    via: tuple[str, ...] | None
    outcome: str | None
    """Branch taken; None when unsaid or unknown."""
    day: dt.date | None
    """The day, as the record's own clock has it; None where it gives none that can be read."""

    @property
    def role(self) -> str | None:
        """Id of the role, the first of several; None when unsaid or unknown."""
        return self.roles[0] if self.roles else None

    @property
    def at(self) -> dt.datetime | None:
        """When, with Mexico City time where the record gives no offset; midnight where it gives only the day."""
        return self.event.at.value if self.event.at else None

    @property
    def day_only(self) -> bool:
        """The record gives no time of the day."""
        return self.event.at is not None and self.event.at.day_only

    @property
    def place(self) -> Place:
        return self.event.place

    @property
    def quote(self) -> str:
        """The event as a line of evidence: activity, time, who."""
        event = self.event
        what = event.activity or event.milestone or ""
        return " · ".join(
            part for part in (what, event.at.text if event.at else "", event.role or "", event.person or "") if part
        )


class Case(msgspec.Struct, frozen=True, dict=True):
    """A record, read with a procedure."""

    record: CaseRecord
    procedure: Procedure
    pack: Pack
    steps: tuple[Step, ...]
    """In the order of time."""
    nets: Nets | None
    """Its procedure's flow; None where that is none."""
    calendar: Calendar
    as_of: dt.date | None = None
    """The day on which the case is looked at; None: its own last day."""
    partial: bool = False
    """An extract: what lies outside it is no matter."""
    directory: Directory | None = None
    """Who held which office when; None where nobody said."""
    chosen: dict[int, tuple[Events, tuple[int, ...]]] = {}
    """By identity, what was selected of this case, or of one whose events say the same: the positions of its steps."""

    def select(self, wanted: Events) -> tuple[Step, ...]:
        """The steps of which all that ``wanted`` gives holds, in order."""
        known = self.chosen.get(id(wanted))
        if known is None:
            # with the selection itself, whose identity is thus never another's
            known = self.chosen[id(wanted)] = wanted, tuple(s.position for s in self._selected(wanted))
        return tuple([self.steps[at] for at in known[1]])

    def _selected(self, wanted: Events) -> Iterator[Step]:
        if len(wanted.activity) == 1:
            within: Iterable[Step] = self._by_activity.get(wanted.activity[0], ())
        elif wanted.activity:
            found = [s for name in wanted.activity for s in self._by_activity.get(name, ())]
            within = sorted(found, key=lambda s: s.position)
        else:
            within = self.steps
        return (s for s in within if fits(s, wanted) and (wanted.last is None or self._last(s, wanted.last)))

    def _last(self, step: Step, wanted: Last) -> bool:
        before = [s for name in wanted.among for s in self.of_activity(name) if s.position < step.position]
        return bool(before) and max(before, key=lambda s: s.position).activity == wanted.activity

    @cached_property
    def _by_activity(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            if step.activity is not None:
                found.setdefault(step.activity, []).append(step)
        return found

    @cached_property
    def artefacts(self) -> frozenset[str]:
        """Those that any event bears."""
        return frozenset(a for s in self.steps for a in s.artefacts or ())

    def of_activity(self, activity: str) -> list[Step]:
        """The steps of one activity, in order."""
        return self._by_activity.get(activity, [])

    @cached_property
    def _kept(self) -> dict[str, bool]:
        return {}

    def keeps(self, aspect: Aspect) -> bool:
        """Whether the record states ``aspect`` for at least half of the events that owe it: then its silence is a statement.

        Where the procedure says of no event that it owes it, whether half of the events state it.
        """
        if aspect not in self._kept:
            owing = [s for s in self.steps if _owes(aspect, self.procedure.activities.get(s.activity or ""))]
            asked = owing or list(self.steps)
            said = sum(1 for s in asked if _SAYS[aspect](s))
            self._kept[aspect] = said > 0 and 2 * said >= len(asked)
        return self._kept[aspect]

    @cached_property
    def says_who(self) -> bool:
        """Whether the record names any role, or persons whose roles the directory gives."""
        return any(s.event.role or (s.event.person and self.directory) for s in self.steps)

    def first_silent(self, aspect: Aspect) -> Step | None:
        """The first event that owes ``aspect`` and does not state it: what a whole record is silent of is told there, once."""
        return next(
            (
                s
                for s in self.steps
                if not _SAYS[aspect](s) and _owes(aspect, self.procedure.activities.get(s.activity or ""))
            ),
            None,
        )

    @cached_property
    def course(self) -> Course | None:
        """The path that explains the case best; None where it leaves the flow too far to say, and for a procedure that is no flow."""
        from checker.cases.course import course_of

        return course_of(self) if self.procedure.starts else None

    @property
    def clean_course(self) -> bool:
        """Whether the case keeps to its flow; so does one that is no flow."""
        return not self.procedure.starts or (self.course is not None and not self.course.deviations)

    @property
    def concerned(self) -> dict[str, None]:
        """The activities that it holds or lacks, in order."""
        return dict.fromkeys((*self._by_activity, *self._deviations))

    @cached_property
    def _deviations(self) -> dict[str, list[Deviation]]:
        found: dict[str, list[Deviation]] = {}
        for deviation in self.course.deviations if self.course else ():
            found.setdefault(deviation.activity, []).append(deviation)
        return found

    def deviations_of(self, activity: str) -> list[Deviation]:
        """How the case leaves the flow at one activity, in order."""
        return self._deviations.get(activity, [])

    @cached_property
    def _next(self) -> dict[int, str]:
        path = self.course.path if self.course else ()
        recorded = max((n for n, (_, step) in enumerate(path) if step is not None), default=-1)
        following = [label for label, _ in path[1 : recorded + 1]]
        last = [] if self.partial or recorded + 1 < len(path) else [""]
        return {
            step.position: label
            for (_, step), label in zip(path, [*following, *last], strict=False)
            if step is not None
        }

    def followed_by(self, step: Step) -> str | None:
        """The activity that the case's path takes after a step; empty where it ends there, None where nobody can say."""
        return self._next.get(step.position)

    def nearest_activity(self, text: str) -> str | None:
        """The activity whose name is nearest to ``text``; None where none is near."""
        from checker.cases.identify import nearest_activity

        return nearest_activity(text, self.procedure)

    @cached_property
    def last_day(self) -> dt.date | None:
        """Up to when the case is known: ``as_of``, or the day of its last event if later; None where no event has a date."""
        days = [s.day for s in self.steps if s.day is not None]
        return max([*days, *([self.as_of] if self.as_of else [])], default=None)

    def name(self, activity: str) -> str:
        """An activity as findings call it: ``37 («Elaborar …»)``."""
        return self.procedure.title_of(activity) if activity in self.procedure.activities else f"«{activity}»"

    def role_name(self, role: str) -> str:
        """A role as the norm calls it; what is no role, as it is."""
        known = self.pack.roles.get(role)
        return known.name if known else role

    def artefact_name(self, artefact: str) -> str:
        """An artefact as the norm calls it; what is unknown, as it is."""
        known = self.procedure.artefacts.get(artefact)
        if known:
            return known.title
        document = self.pack.types.get(artefact)
        return document.title if document else artefact


def fits(step: Step, wanted: Events) -> bool:
    """Whether all that ``wanted`` says of the step itself holds."""
    return (
        (not wanted.activity or step.activity in wanted.activity)
        and (wanted.artefact is None or wanted.artefact in (step.artefacts or ()))
        and (wanted.outcome is None or wanted.outcome == step.outcome)
        and (wanted.role is None or wanted.role in step.roles)
        and not any(fits(step, other) for other in wanted.excluded)
    )


def subject_of(wanted: Events) -> str:
    """What a finding about such events is about: the artefact where it names one, else the activity."""
    return wanted.artefact or (wanted.activity[0] if wanted.activity else "expediente")


_SAYS: dict[str, Callable[[Step], bool]] = {
    "artefacts": lambda s: s.event.artefacts is not None,
    "to": lambda s: s.to is not None,
    "via": lambda s: s.via is not None,
    "person": lambda s: s.event.person is not None,
}


def _owes(aspect: Aspect, activity: Activity | None) -> bool:
    if activity is None:
        return False
    if aspect == "artefacts":
        return bool(activity.does or activity.sends)
    if aspect == "to":
        return any(s.to or s.to_any for s in activity.sends)
    if aspect == "via":
        return any(s.via for s in activity.sends)
    return True

"""What a pack says of a procedure (``procedures/*.yaml``): its activities, who does each, with which artefacts, and what follows.

An activity's derived rules bear its obligation: that it takes place where the flow has it, that its role does it, that its artefacts are
there and go to whom they must. Deadlines, periods and whatever else joins several activities are rules of ``rules/*.yaml`` with
``on: {case: <procedure>}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

import msgspec

from checker.findings import Severity
from checker.packs.model import ObligationId, Slug

ActivityId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-z]+([.-][0-9a-z]+)*$")]
"""As the norm numbers it (``37``, ``6.1``, ``6a``), or a name of ours where the norm has no number (``celebracion``)."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Artefact(_Strict, frozen=True):
    """Something that activities make, send or file and that no document type of the pack defines: an e-mail, an instruction, a file.

    Under the id of a document type: what the records of this procedure call it besides, too short for a title («Bitácora», «PAT»).
    """

    title: str
    """As the norm calls it."""
    aliases: tuple[str, ...] = ()
    common: bool = False
    """Any activity may bear one (an e-mail, an oficio): it is never before its time."""


class Sends(_Strict, frozen=True):
    """Something that the activity sends."""

    artefact: Slug
    """Key of ``artefacts``, or id of a document type of the pack."""
    to: tuple[Slug, ...] = ()
    """Roles that it is addressed to, every one of them."""
    to_any: tuple[Slug, ...] = ()
    """Roles of which one suffices."""
    via: tuple[Slug, ...] = ()
    """Roles through which it passes («a través de», «por conducto de»)."""
    optional: bool = False
    """The norm leaves another way open (by telephone): its absence is no finding."""
    obligation: ObligationId | None = None
    """Where another than the activity's."""


class Branch(_Strict, frozen=True):
    """An outcome of an activity that decides."""

    next: tuple[ActivityId, ...] = ()
    """What may follow; none: the procedure ends."""
    words: tuple[str, ...] = ()
    """How records call it, besides its key: «sí», «cumple», «se autoriza»."""


class Activity(_Strict, frozen=True):
    """One activity, or a milestone."""

    name: str
    """What is done, in few words of ours; weak records name activities instead of numbering them."""
    obligation: ObligationId | None = None
    """What its derived rules serve; None: what the procedure is ``told_by``."""
    numeral: str | None = None
    """Where narrower than the obligation's own."""
    aliases: tuple[str, ...] = ()
    milestone: bool = False
    """Records give it as ``event:``, not as ``activity:``."""
    roles: tuple[Slug, ...] = ()
    """Who does it: any of them. None: the norm does not say."""
    roles_by: ObligationId | None = None
    """Obligation that a wrong role breaks, where another than the procedure's ``roles_by`` (a matter of who may act)."""
    roles_severity: Severity = "error"
    roles_interpretation: str | None = None
    """Id of the interpretation on which the roles rest."""
    roles_reading: Slug | None = None
    """They stand only under this reading of it."""
    receives: tuple[Slug, ...] = ()
    """Artefacts that must exist before it."""
    does: tuple[Slug, ...] = ()
    """Artefacts that it draws up, fills in or files: the event has them."""
    sends: tuple[Sends, ...] = ()
    decides: dict[Slug, Branch] = {}
    next: tuple[ActivityId, ...] = ()
    """What may follow, one of them; an activity that decides says it in its branches."""
    ends: bool = False
    """The procedure may end here, though something may follow."""
    optional: bool = False
    """It may be passed over: the norm says «en su caso»."""
    together: bool = False
    """Several do it together: events of it in a row by different roles are one."""
    in_turn: bool = False
    """Several offices do it, each in its turn: only its first time has its place in the flow, further times may stand anywhere."""
    anywhere: bool = False
    """It stands beside the flow: at any time, any number of times."""
    pause: str = ""
    """In made examples, the time before it, where an hour would break a deadline: ``1 business day``."""
    remedy: str = ""

    @property
    def may_follow(self) -> tuple[str, ...]:
        """Whatever may come next, on any branch."""
        return tuple(dict.fromkeys((*self.next, *(name for branch in self.decides.values() for name in branch.next))))


class Procedure(_Strict, frozen=True, dict=True):
    """``procedures/<id>.yaml``."""

    id: Slug
    title: str
    source: str
    """Numeral that lays it down."""
    told_by: ObligationId
    """What is told under no activity of its own serves this: an activity that the procedure does not know, an artefact before its time."""
    activities: dict[ActivityId, Activity]
    """In the norm's order."""
    starts: tuple[ActivityId, ...] = ()
    """Where it may begin. None: the procedure is no flow, its activities take place in any order and number."""
    roles_by: ObligationId | None = None
    """Obligation that a wrong role breaks, beside the activity's own."""
    any_order: tuple[tuple[ActivityId, ...], ...] = ()
    """Activities that are all done, in any order, before what follows; each has the same ``next``."""
    artefacts: dict[Slug, Artefact] = {}
    elsewhere: tuple[Slug, ...] = ()
    """Artefacts that another case may have made: they are before their time only where this case makes them later."""
    begins: str = ""
    """In made examples, the day of the first event, where a window asks for one: ``2025-10-06``."""

    @cached_property
    def makers(self) -> dict[str, tuple[str, ...]]:
        """Artefact → the activities that make it."""
        found: dict[str, list[str]] = {}
        for name, activity in self.activities.items():
            for artefact in (*activity.does, *(s.artefact for s in activity.sends)):
                found.setdefault(artefact, []).append(name)
        return {artefact: tuple(names) for artefact, names in found.items()}

    def within_reach(self, names: tuple[str, ...]) -> frozenset[str]:
        """The activities ``names``, and those that come after any of them that may be passed over."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.activities[name].may_follow if self.activities[name].optional else ())
        return frozenset(found)

    def title_of(self, activity: str) -> str:
        """An activity as findings call it."""
        found = self.activities[activity]
        return f"«{found.name}»" if found.milestone or not activity[0].isdigit() else f"{activity} («{found.name}»)"


class Last(_Strict, frozen=True, rename={"among": "of", "activity": "is"}):
    """Of some activities, which one was the last to take place."""

    among: tuple[ActivityId, ...]
    activity: ActivityId


class Events(_Strict, frozen=True):
    """Selects events of a case: those of which all that is given holds."""

    activity: tuple[ActivityId, ...] = ()
    """One of these activities or milestones."""
    artefact: Slug | None = None
    """It bears this artefact."""
    outcome: Slug | None = None
    """It took this branch."""
    role: Slug | None = None
    """This role did it."""
    but: Events | tuple[Events, ...] = ()
    """Not those of which this, or one of these, holds."""

    last: Last | None = None
    """Before it, this was the last of these activities."""

    @property
    def excluded(self) -> tuple[Events, ...]:
        """What ``but`` says, one or several."""
        return self.but if isinstance(self.but, tuple) else (self.but,)


def selectors(words: msgspec.Struct) -> Iterator[Events]:
    """Every selection of events in the words of a rule, those within others included."""
    waiting: list[object] = list(msgspec.structs.astuple(words))
    while waiting:
        word = waiting.pop()
        if isinstance(word, Events):
            yield word
            waiting.extend(word.excluded)
        elif isinstance(word, tuple):
            waiting.extend(word)

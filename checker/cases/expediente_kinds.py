"""Which activity a message or a document of an expediente tells of: every activity scored by all the evidence together.

The name of the e-mail in the subject, the name of the activity in subject and body, who writes, to whom, what is attached, and the words
of the branch that leads there each say how far they agree, from 0 to 1; what nobody can tell is left out of the mean.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from checker.cases.expediente_actors import Actor
from checker.cases.expediente_contents import Letter, Paper
from checker.cases.naming import stems_of
from checker.cases.outcomes import branch_of
from checker.packs.pack import Pack
from checker.packs.procedures import Activity, Branch, Procedure
from checker.spanish.text import fold

_WEIGHTS = {"text": 0.50, "documents": 0.25, "sender": 0.20, "to": 0.15}
_ONE_WORD = 0.4
"""What a name of a single word counts for, which may stand in any message."""
_WITHIN_LONGER = 0.2
"""What the name of a message counts for where it stands only within the name of another."""
_BRANCH = 0.15
"""What the words of the branch that leads to an activity, or of another, add or take away."""
_SILENT = 0.85
"""What the likeness to an activity counts for that leaves no message and no document."""
_MOST_WORDS = 160
"""Words of a body that are looked at: what a message is about stands at its beginning."""
_PLAIN = frozenset(stems_of("correo electrónico electronico e-mail email"))
_ORDINALS = (
    (re.compile(r"\b(?:segund[oa]|2(?:d?a|d?o|°|º|ª)|dos|ii)\b"), "2"),
    (re.compile(r"\b(?:tercer[oa]?|3(?:er|ra|a|°|º|ª)|tres|iii)\b"), "3"),
)


class Candidate(msgspec.Struct, frozen=True):
    """An activity that a piece of the expediente may tell of."""

    activity: str
    score: float
    """0–1."""
    by: tuple[str, ...] = ()
    """The evidence that agrees, in Spanish: ``el asunto``, ``los anexos``."""
    received: bool = False
    """The one who acts is who received the message, not who wrote it."""


class Seen(msgspec.Struct, frozen=True):
    """A message as the scores look at it."""

    letter: Letter
    sender: Actor
    to: tuple[Actor, ...]
    copied: tuple[Actor, ...]

    @property
    def reached(self) -> frozenset[str]:
        """The roles that it reached."""
        return frozenset(role for actor in (*self.to, *self.copied) for role in actor.roles)

    @property
    def types(self) -> frozenset[str]:
        return frozenset(p.type for p in self.letter.papers if p.type)


class Kinds(msgspec.Struct, frozen=True, dict=True):
    """The activities of one procedure, as the evidence of an expediente is held against them."""

    procedure: Procedure
    pack: Pack

    def of_letter(self, seen: Seen) -> list[Candidate]:
        """The activities that a message may tell of, best first."""
        subject = _words(seen.letter.subject)
        body = _words(" ".join(" ".join(seen.letter.words.own).split()[:_MOST_WORDS]))
        text = spoken_words(f"{seen.letter.subject} . {' '.join(seen.letter.words.own)}")
        found = [
            self._of_letter(name, activity, seen, subject, body, text)
            for name, activity in self.procedure.activities.items()
        ]
        return sorted((c for c in found if c.score > 0.2), key=lambda c: -c.score)

    def of_paper(self, paper: Paper, signers: Sequence[Actor]) -> list[Candidate]:
        """The activities that a document by itself may tell of: those that draw it up, then those that send it."""
        found = []
        roles = {role for actor in signers for role in actor.roles}
        for name, activity in self.procedure.activities.items():
            base = 0.8 if paper.type in activity.does else 0.5 if self._hands_over(activity, paper.type) else 0.0
            if base:
                signed = 0.1 if roles & set(activity.roles) else -0.1 if roles and activity.roles else 0.0
                by = ("el tipo de documento", "las firmas") if signed > 0 else ("el tipo de documento",)
                found.append(Candidate(name, round((base + signed) * max(0.5, paper.confidence), 3), by))
        return sorted(found, key=lambda c: -c.score)

    def _hands_over(self, activity: Activity, type_: str | None) -> bool:
        sent = [s.artefact for s in activity.sends]
        return type_ in sent and not any(self.is_mail(a) for a in sent)

    def is_mail(self, artefact: str) -> bool:
        """Whether an artefact is a message, not a document."""
        return artefact not in self.pack.types and "correo" in artefact.split("-")

    def _of_letter(
        self, name: str, activity: Activity, seen: Seen, subject: frozenset[str], body: frozenset[str], text: str
    ) -> Candidate:
        agrees: dict[str, float] = {}
        called = self._called(name, activity, seen.letter.kind, subject, body)
        named, in_subject = self._named(name, subject, body)
        agrees["text"] = max(0.6 * called[0] + 0.4 * named, 0.9 * named)
        if 0.0 < called[0] <= _WITHIN_LONGER:
            agrees["text"] = min(agrees["text"], 0.5)  # it calls itself otherwise: «revisión 2»
        roles = set(activity.roles)
        received = False
        if roles and seen.sender.roles:
            agrees["sender"] = float(bool(roles.intersection(seen.sender.roles)))
            receiving = not activity.sends and any(self.is_mail(a) for a in activity.does)
            if receiving and not agrees["sender"] and roles & seen.reached:
                agrees["sender"], received = 1.0, True
        wanted = [role for sent in activity.sends for role in (*sent.to, *sent.to_any)]
        if wanted and seen.reached:
            conduits = {role for sent in activity.sends for role in sent.via}
            agrees["to"] = 1.0 if seen.reached.intersection(wanted) else 0.8 if conduits & seen.reached else 0.0
        owed = {a for a in (*activity.does, *(s.artefact for s in activity.sends)) if a in self.pack.types}
        if owed:
            # what draws a document up is not yet what sends it
            agrees["documents"] = len(owed & seen.types) / len(owed) * (1.0 if activity.sends or received else 0.5)
        elif seen.types:
            agrees["documents"] = 0.8 if seen.types <= set(activity.receives) else 0.3
        score = sum(_WEIGHTS[k] * v for k, v in agrees.items()) / sum(_WEIGHTS[k] for k in agrees)
        if not activity.sends and not received:
            score *= _SILENT
        branch = self._branch(name, text)
        by = []
        if called[1] or in_subject:
            by.append("el asunto")
        if agrees["text"] > 0.3 and not by:
            by.append("el texto")
        by += [_SAID[k] for k in ("sender", "to", "documents") if agrees.get(k, 0.0) > 0.5]
        if branch > 0:
            by.append("las palabras de la decisión")
        return Candidate(name, round(min(1.0, max(0.0, score + branch)), 3), tuple(by), received)

    def _called(
        self, name: str, activity: Activity, kind: str, subject: frozenset[str], body: frozenset[str]
    ) -> tuple[float, bool]:
        """How far the message calls itself as one that the activity sends, and whether it does so in its subject."""
        own = [a for a in (*(s.artefact for s in activity.sends), *activity.does) if self.is_mail(a)]
        best, where = 0.0, False
        for artefact in own:
            in_subject, in_body = self._stands(artefact, subject), self._stands(artefact, body)
            value = max(in_subject * (0.6 if kind == "reply" else 1.0), in_body * 0.6)
            if value > best:
                best, where = value, in_subject > 0
        if not activity.sends and kind == "reply":
            answered = max((self._stands(a, subject) for a in activity.receives if self.is_mail(a)), default=0.0)
            if 0.7 * answered > best:
                best, where = 0.7 * answered, True
        return best, where

    def _stands(self, artefact: str, words: frozenset[str]) -> float:
        """Whether the name of a message stands among the words; one that stands there only within a longer one hardly does."""
        forms = [form for form in self._cores.get(artefact, ()) if form <= words]
        if not forms:
            return 0.0
        others = [form for name, forms in self._cores.items() if name != artefact for form in forms if form <= words]
        longer = any(form < other and other - form <= _NUMBERS for form in forms for other in others)
        return _WITHIN_LONGER if longer else 1.0

    def speaks_of(self, artefact: str, text: str) -> bool:
        """Whether one of the names of an artefact stands in a text."""
        known = self.procedure.artefacts.get(artefact)
        document = self.pack.types.get(artefact)
        names = (
            *((known.title, *known.aliases) if known else ()),
            *((document.title, *document.recognise.titles) if document else ()),
        )
        words = _words(text)
        return any(form and form <= words for form in (_words(name) - _PLAIN for name in names))

    @cached_property
    def _cores(self) -> dict[str, list[frozenset[str]]]:
        """Of each message its names without «correo electrónico de»."""
        found: dict[str, list[frozenset[str]]] = {}
        for name, artefact in self.procedure.artefacts.items():
            if self.is_mail(name):
                cores = [_words(form) - _PLAIN for form in (artefact.title, *artefact.aliases)]
                found[name] = [core for core in cores if core]
        return found

    def _named(self, name: str, subject: frozenset[str], body: frozenset[str]) -> tuple[float, bool]:
        """How far the words of the activity's name, or another of its names, stand in the message."""
        best, where = 0.0, False
        for form in self._forms[name]:
            whole = self._weight(form)
            if not whole:
                continue
            in_subject = self._weight(form & subject) / whole
            value = max(in_subject, 0.9 * self._weight(form & (subject | body)) / whole)
            if len(form) == 1:
                value *= _ONE_WORD
            if value > best:
                best, where = value, in_subject >= 0.5
        return best, where

    @cached_property
    def _forms(self) -> dict[str, list[frozenset[str]]]:
        return {n: [_words(form) for form in (a.name, *a.aliases)] for n, a in self.procedure.activities.items()}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        own = {n: frozenset().union(*forms) for n, forms in self._forms.items()}
        having = Counter(stem for words in own.values() for stem in words)
        return {stem: math.log(1 + len(own) / count) for stem, count in having.items()}

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._rarity.get(word, 0.0) for word in sorted(words))

    def _branch(self, activity: str, text: str) -> float:
        """What the words of the decision before it add, or those of its other branch take away."""
        total = 0.0
        for decider in self._deciders.get(activity, ()):
            said = self.branch_said(decider, text)
            if said is not None:
                total += _BRANCH if activity in self.procedure.activities[decider].decides[said].next else -_BRANCH
        return total

    @cached_property
    def _deciders(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, activity in self.procedure.activities.items():
            for branch in activity.decides.values():
                for following in branch.next:
                    found.setdefault(following, []).append(name)
        return found

    def branch_said(self, decider: str, text: str) -> str | None:
        """The branch whose words stand in a text, folded; None where none does, or several as long as each other."""
        return branch_of(text, self._telling[decider])

    @cached_property
    def _telling(self) -> dict[str, dict[str, Branch]]:
        """The branches of each decision with those of their words that cannot stand anywhere by chance («sí», «curso»)."""
        return {
            name: {
                key: replace(branch, words=tuple(w for w in branch.words if len(w) > _SHORT))
                for key, branch in activity.decides.items()
                if len(key) > _SHORT or any(len(w) > _SHORT for w in branch.words)
            }
            for name, activity in self.procedure.activities.items()
        }


_SAID = {"sender": "el remitente", "to": "los destinatarios", "documents": "los anexos"}
_NUMBERS = frozenset("23456789")
_SHORT = 5
"""Letters of a word of a branch («sí», «curso») that may stand anywhere."""


def _words(text: str) -> frozenset[str]:
    folded = fold(text)
    for pattern, digit in _ORDINALS:
        folded = pattern.sub(digit, folded)
    return stems_of(folded)


def spoken_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))

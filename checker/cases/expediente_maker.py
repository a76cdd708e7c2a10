"""Events in the words of one procedure, each from the message or document that tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from checker.cases.artefacts import Artefacts
from checker.cases.expediente_actors import Actor
from checker.cases.expediente_contents import Letter
from checker.cases.expediente_flow import Choice, Flow
from checker.cases.expediente_items import Item
from checker.cases.expediente_kinds import Kinds, Seen, spoken_words
from checker.cases.expediente_text import conduits_in
from checker.cases.identify import Identifier
from checker.packs.procedures import Activity
from checker.spanish.saying import joined
from parsers.cases.model import MEXICO_CITY, Artefact, Event, When

_FOLLOWS = 0.5
"""How sure an event is that follows from others and left no paper: never enough for a finding to rest on it."""
_DRAWN_UP = 0.7
"""How sure it is where the document that it draws up is there."""
_BY_NAME = 0.8
"""What a document counts for that only its file name tells."""


class Maker:
    """Makes events in the words of one procedure."""

    def __init__(self, kinds: Kinds, identifier: Identifier) -> None:
        self._kinds = kinds
        self._procedure = kinds.procedure
        self._pack = kinds.pack
        self._identifier = identifier
        self._artefacts = Artefacts(kinds.procedure, kinds.pack)

    def shows(self, name: str, types: set[str]) -> bool:
        """Whether an activity needs no message, and the documents that it draws up are there."""
        activity = self._procedure.activities[name]
        return all(s.optional for s in activity.sends) and set(activity.does) <= types

    def messages_of(self, name: str) -> set[str]:
        """The messages that an activity sends or files."""
        activity = self._procedure.activities[name]
        return {a for a in (*activity.does, *(s.artefact for s in activity.sends)) if self._kinds.is_mail(a)}

    def event(self, item: Item, choice: Choice, known: set[str]) -> Event:
        """What a piece tells of; ``known`` are the artefacts that the expediente held before."""
        return self._of_letter(item, item.seen, choice, known) if item.seen else self._of_paper(item, choice)

    def _of_letter(self, item: Item, seen: Seen, choice: Choice, known: set[str]) -> Event:
        candidate = choice.candidate
        assert candidate is not None, "asked only of what tells of an activity"
        activity = self._procedure.activities[candidate.activity]
        letter = seen.letter
        notes = [self._kind_note(choice, "tipo de correo")]
        actor = seen.sender
        if candidate.received:
            actor = next((a for a in (*seen.to, *seen.copied) if set(a.roles) & set(activity.roles)), actor)
            notes.append("quien actúa es quien recibió el correo")
        artefacts, artefact_notes, sure = self._borne(candidate.activity, activity, letter, known)
        notes += artefact_notes
        to = list(seen.to)
        via, via_notes = self._via(activity, seen)
        if item.through is not None:
            via = (*via, *(r for r in item.through.sender.roles[:1] if r not in via))
            to = [a for a in to if not set(a.roles) & set(via)] + list(item.through.to)
            via_notes.append(f"lo turnó a sus destinatarios {item.through.letter.name}")
        notes += via_notes
        if actor.by and actor.by != "el directorio":
            notes.append(f"el cargo de quien actúa se tomó de {actor.by}")
        when = letter.sent.when
        if when and when.problem:
            notes.append(when.problem)
        wanted = [r for s in activity.sends for r in (*s.to, *s.to_any)]
        owes_via = any(s.via for s in activity.sends)
        text = " ".join((letter.subject, *letter.words.own))
        return self._named(
            candidate.activity,
            id=letter.name,
            at=when,
            role=self._said(actor.role(activity.roles)),
            person=actor.person or None,
            unit=actor.unit or None,
            outcome=self._outcome(candidate.activity, text),
            artefacts=artefacts,
            to=tuple(dict.fromkeys(self._said(a.role(wanted)) or a.person for a in to)),
            via=tuple(self._role(r) if r in self._pack.roles else r for r in via) if owes_via or via else None,
            notes=tuple(notes),
            sure=round(choice.sure * sure, 2),
        )

    def _kind_note(self, choice: Choice, what: str) -> str:
        candidate, other = choice.candidate, choice.runner_up
        assert candidate is not None, "asked only of what tells of an activity"
        by = f" por {joined(list(candidate.by))}" if candidate.by else ""
        near = f"; si no, sería la actividad {self._procedure.title_of(other.activity)}" if other else ""
        return (
            f"{what} inferid{'a' if what == 'actividad' else 'o'}{by}, confianza {choice.sure:.0%}".replace("%", " %")
            + near
        )

    def _borne(
        self, name: str, activity: Activity, letter: Letter, known: set[str]
    ) -> tuple[tuple[Artefact, ...], list[str], float]:
        """What the message is and bears; and what it counts for that some of it is told only by a file's name."""
        own = [*(s.artefact for s in activity.sends), *activity.does]
        mails = [a for a in own if self._kinds.is_mail(a)]
        said = " ".join((letter.subject, *letter.words.own, letter.words.quoted))
        found = [
            Artefact(self._called(a, name)) for n, a in enumerate(mails) if n == 0 or self._kinds.speaks_of(a, said)
        ]
        notes: list[str] = []
        sure = 1.0
        typed = {p.type: p for p in letter.papers if p.type}
        found += [Artefact(self._called(t, name), p.name.partition("#")[0]) for t, p in typed.items()]
        for artefact in own:
            if artefact in mails or artefact in typed:
                continue
            if artefact in activity.does and artefact in known:
                notes.append(f"«{self._title(artefact)}» consta en el expediente")
                found.append(Artefact(self._called(artefact, name)))
            elif artefact in self._pack.types:
                paper = next(
                    (p for p in letter.papers if p.type is None and self._kinds.speaks_of(artefact, p.name)), None
                )
                if paper is not None:
                    sure = _BY_NAME
                    notes.append(f"«{paper.name}» se tomó por «{self._title(artefact)}» solo por su nombre")
                    found.append(Artefact(self._called(artefact, name)))
            elif self._kinds.speaks_of(artefact, " ".join((said, *(p.name for p in letter.papers)))):
                notes.append(f"«{self._title(artefact)}» consta por lo que dice el correo")
                found.append(Artefact(self._called(artefact, name)))
        if letter.unread and any(a in self._pack.types and a not in typed for a in own):
            sure = min(sure, _FOLLOWS)
            notes.append("una parte del correo no se pudo leer: pudo llevar lo que falta")
        return tuple(found), notes, sure

    def _via(self, activity: Activity, seen: Seen) -> tuple[tuple[str, ...], list[str]]:
        """Through whom it went: by its words, or by a copy to who must pass it on."""
        said = conduits_in(seen.letter.words, self._pack.roles)
        due = [r for s in activity.sends for r in s.via if r not in said]
        copied = [r for r in due if r in seen.reached]
        notes = [f"se tomó por conducto de {self._role(r)}, que es destinatario o tiene copia" for r in copied]
        strangers: list[str] = []
        if due and not copied:
            strangers = [a.person for a in seen.copied if not a.roles]
            notes += [f"no se sabe qué cargo tiene {name}, que tiene copia: pudo ser el conducto" for name in strangers]
        return (*said, *copied, *strangers), notes

    def _of_paper(self, item: Item, choice: Choice) -> Event:
        candidate, paper = choice.candidate, item.paper
        assert candidate is not None, "asked only of what tells of an activity"
        assert paper is not None, "asked only of documents"
        activity = self._procedure.activities[candidate.activity]
        roles = self._signing(item.signers, activity)
        return self._named(
            candidate.activity,
            id=paper.name,
            at=_day_of(paper.day),
            role=roles,
            person=item.signers[0].person if len(item.signers) == 1 else None,
            artefacts=(Artefact(self._called(paper.type or "", candidate.activity), paper.name),),
            notes=(self._kind_note(choice, "actividad"), "fecha y cargos según el propio documento"),
            sure=choice.sure,
        )

    def _signing(self, signers: Sequence[Actor], activity: Activity) -> str | None:
        """The role that signed, or the roles where several do it together; the first that should, else the first that did."""
        roles = list(dict.fromkeys(r for a in signers if (r := a.role(activity.roles))))
        due = [r for r in roles if r in activity.roles]
        if activity.together and len(due) > 1:
            several = "; ".join(self._role(r) for r in due)
            if self._identifier.roles(several) == tuple(due):
                return several
        return self._said(next(iter(due or roles), None))

    def between(self, name: str, following: str, last: Item | None, item: Item, flow: Flow) -> Event:
        """An activity that left no paper of its own, or only the document that the next message carries."""
        activity = self._procedure.activities[name]
        papers = [p for p in item.papers if p.type in activity.does]
        actor, at = (
            self._who_between(activity, last, item),
            _day_of_item(item) or (_day_of_item(last) if last else None),
        )
        notes = ["no dejó constancia propia; se infiere de lo anterior y lo posterior"]
        sure = _FOLLOWS
        if papers:
            sure = _DRAWN_UP
            notes = [f"se infiere de «{papers[0].name}»"]
            if papers[0].day and at and at.day and papers[0].day <= at.day:
                at = _day_of(papers[0].day)
        elif last is not None and last.seen is not None and activity.receives and actor in last.seen.to:
            delivered = last.seen.letter.sent.when
            at = delivered if delivered and delivered.value else at
            notes.append("fecha de la entrega del correo")
        else:
            notes.append("fecha en que a más tardar había ocurrido")
        role = self._said(actor.role(activity.roles)) if actor else None
        outcome = flow.branch_to(name, following) if activity.decides else None
        if activity.decides and item.seen is not None:
            outcome = self._kinds.branch_said(name, _spoken_of(item.seen.letter)) or outcome
        return self._named(
            name,
            at=at,
            role=role,
            person=actor.person if actor and actor.person else None,
            outcome=outcome.replace("-", " ") if outcome else None,
            artefacts=tuple(Artefact(self._called(a, name)) for a in activity.does),
            notes=tuple(notes),
            sure=sure,
        )

    def _who_between(self, activity: Activity, last: Item | None, item: Item) -> Actor | None:
        """Whoever, of those who wrote, signed or received what stands around it, has a role of the activity."""
        around: list[Actor] = []
        if last is not None and last.seen is not None and activity.receives:
            around += last.seen.to
        around += (item.seen.sender,) if item.seen else item.signers
        if last is not None:
            around += (last.seen.sender, *last.seen.to) if last.seen else last.signers
        return next((a for a in around if set(a.roles) & set(activity.roles)), None)

    def _outcome(self, name: str, text: str) -> str | None:
        if not self._procedure.activities[name].decides:
            return None
        said = self._kinds.branch_said(name, spoken_words(text))
        return said.replace("-", " ") if said else None

    def _role(self, role: str) -> str:
        """A role as the norm calls it; its id where that name is not its alone."""
        name = self._pack.roles[role].name
        return name if self._identifier.role(name) == role else role

    def _said(self, role: str | None) -> str | None:
        return self._role(role) if role is not None else None

    def _called(self, artefact: str, activity: str) -> str:
        """An artefact as the norm calls it; its id where that would be read as another."""
        title = self._title(artefact)
        return title if self._artefacts.called(title, [activity]) == artefact else artefact

    def _title(self, artefact: str) -> str:
        known = self._procedure.artefacts.get(artefact) or self._pack.types.get(artefact)
        return known.title if known else artefact

    def _named(self, name: str, **said: object) -> Event:
        key = "milestone" if self._procedure.activities[name].milestone else "activity"
        return Event(0, **{key: name}, **said)  # type: ignore[arg-type]


def _spoken_of(letter: Letter) -> str:
    return spoken_words(" ".join((letter.subject, *letter.words.own)))


def _day_of(day: dt.date | None) -> When | None:
    return When(day.isoformat(), dt.datetime.combine(day, dt.time(), MEXICO_CITY), day_only=True) if day else None


def _day_of_item(item: Item) -> When | None:
    if item.seen is not None:
        when = item.seen.letter.sent.when
        return _day_of(when.day) if when else None
    return _day_of(item.paper.day) if item.paper else None

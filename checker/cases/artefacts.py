"""Which artefact of a procedure a record names: «Minuta de reunión (digital)», «Oficio 123/2026», «e-mail de aviso»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from checker.spanish.text import flat, squeeze

_ASIDE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"\b(?:e-?mail|correo-e)\b")
_UNDONE = re.compile(
    r"\b(?:borrador(?:es)?|anteproyecto|cotizacion|pendientes?|falta\w*|cancelad[ao]s?|en tramite"
    r"|(?:no|sin) (?:se )?(?:localiz|entreg|recib|elabor|firm|exist|hay|cuenta|valid|envi|consta)\w*)\b"
)
"""What says, beside the name of a document, that it is a draft of it, or is not there."""
_BEFORE = re.compile(r"\b(?:proyecto(?: de(?:l| la)?)?|sin(?: el| la)?|no(?: hay)?)$")
"""The same just before its name; official names that begin so are known whole."""
_LONG = 5
"""Letters from which a word may have a slip of the pen in it: shorter ones, and abbreviations, are other words."""
_SLIP = 80
"""Percentage to which such a word is still alike."""


class Artefacts(msgspec.Struct, frozen=True, dict=True):
    """The artefacts of one procedure, and the document types of its pack, by what people call them."""

    procedure: Procedure
    pack: Pack

    def called(self, text: str, activities: Sequence[str | None]) -> str:
        """Id of the artefact that ``text`` names; where several are called so, one that ``activities`` have to do with. Else ``text``."""
        if text in self.procedure.artefacts or text in self.pack.types:
            return text
        said, plain = _words(flat(text)), _words(_ASIDE.sub(" ", flat(text)))
        name = next((n for n in (plain, self._within(plain), self._slipped(plain)) if n in self._names), "")
        if not name or _undone(said, name):
            return text
        found = self._names[name]
        own = [a for activity in activities for a in self._of_activity(activity)]
        return next((a for a in found if a in own), found[0])

    def named_in(self, text: str) -> tuple[str, ...]:
        """The artefacts that a text speaks of by name: of names within each other the longest."""
        return tuple(dict.fromkeys(self._names[called][0] for called in self._standing_in(_words(flat(text)))))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Words of a name → the artefacts called so."""
        found: dict[str, list[str]] = {}
        for name, artefact in self.procedure.artefacts.items():
            for called in (artefact.title, *artefact.aliases, name):
                _add(found, called, name)
        for name, document in self.pack.types.items():
            for called in (document.title, *document.recognise.titles, name):
                _add(found, called, name)
        return found

    @cached_property
    def _longest_first(self) -> list[str]:
        return sorted(self._names, key=lambda n: (-len(n), n))

    def _of_activity(self, activity: str | None) -> Sequence[str]:
        known = self.procedure.activities.get(activity or "")
        return (*known.does, *(s.artefact for s in known.sends), *known.receives) if known else ()

    def _within(self, words: str) -> str:
        """The longest known name that stands in the text; one of a single word only where the text begins with it."""
        return next((n for n in self._standing_in(words) if " " in n or words.startswith(f"{n} ")), "")

    def _standing_in(self, words: str) -> list[str]:
        """The names that stand whole in a text, the longest first, none within another."""
        found: list[str] = []
        for called in self._longest_first:
            if f" {called} " in f" {words} " and not any(f" {called} " in f" {longer} " for longer in found):
                found.append(called)
        return found

    def _slipped(self, words: str) -> str:
        """A known name from which the text differs by slips of the pen in long words: «planeacion anaul»."""
        from rapidfuzz import fuzz

        asked = words.split()
        for called in self._longest_first:
            known = called.split()
            if len(known) == len(asked) and all(
                a == b or (min(len(a), len(b)) >= _LONG and fuzz.ratio(a, b) >= _SLIP)
                for a, b in zip(asked, known, strict=True)
            ):
                return called
        return ""


def _undone(said: str, name: str) -> bool:
    """Whether what stands around a name in a text says that the thing itself is not there."""
    before, _, after = said.partition(name) if name else ("", "", said)
    return bool(_UNDONE.search(f"{before} | {after}") or _BEFORE.search(before.strip()))


def _words(folded: str) -> str:
    """The words of a folded text, with the one name for electronic mail."""
    return " ".join(_WORD.findall(_MAIL.sub("correo electronico", folded)))


def _add(found: dict[str, list[str]], called: str, name: str) -> None:
    names = found.setdefault(_words(squeeze(flat(called))), [])
    if name not in names:
        names.append(name)

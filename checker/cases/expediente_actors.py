"""Who wrote a message and to whom it went: by the directory, else by the charge that is signed or written with the address."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from checker.cases.directory import Directory, Holder
from checker.cases.expediente_contents import Letter
from checker.cases.expediente_text import addressed_in, charge_signed, own_role
from checker.packs.model import Role
from checker.packs.roles import role_of

_ADDRESS = re.compile(r"<?([^<>\s,;]+@[^<>\s,;]+)>?\s*$")


class Actor(msgspec.Struct, frozen=True):
    """Somebody who writes or is written to."""

    roles: tuple[str, ...]
    """Ids of the roles that it may be; several where the directory gives several at that date. None: nobody knows."""
    person: str
    """Name, or address where there is no name."""
    unit: str = ""
    by: str = ""
    """What tells the role, in Spanish; empty where nothing does."""
    stated: str = ""
    """The charge as signed, where it is none of the norm's."""

    def role(self, wanted: Sequence[str] = ()) -> str | None:
        """Its role: of several the one that is ``wanted``."""
        return next((r for r in self.roles if r in wanted), self.roles[0] if self.roles else None)


class Actors:
    """Knows the people of an expediente."""

    def __init__(self, letters: Iterable[Letter], directory: Directory | None, roles: Mapping[str, Role]) -> None:
        self._roles = roles
        self._directory = directory
        signed: dict[str, Counter[str]] = {}
        for letter in letters:
            found = charge_signed(letter.words, roles)
            if found:
                signed.setdefault(_parted(letter.mail.sender)[1], Counter())[found[0]] += 1
        self._signed = {address: counts.most_common(1)[0][0] for address, counts in signed.items() if address}

    def sender(self, letter: Letter) -> Actor:
        """Who wrote it."""
        name, address = _parted(letter.mail.sender)
        day = day_of(letter)
        signed = charge_signed(letter.words, self._roles)
        known = self._known(name, address)
        held = [h for h in known if _holds(h, day)]
        roles = self._ids(held)
        if roles:
            if signed and signed[0] in roles:
                roles = (signed[0],)
            return Actor(roles, held[0].person, held[0].unit, "el directorio")
        person = known[0].person if known else (name if name and "@" not in name else letter.signed or address)
        if signed:
            return Actor((signed[0],), person, known[0].unit if known else "", "la firma al pie")
        if known:
            # the directory has it at another date: told by the rule on who may act, not here
            return Actor(self._ids(known), person, known[0].unit, "el directorio, con otras fechas")
        if shown := own_role(name, self._roles):
            return Actor((shown,), letter.signed or person, "", "el nombre de la cuenta")
        if other := self._signed.get(address):
            return Actor((other,), person, "", "la firma de otros correos suyos")
        return Actor((), person)

    def receivers(self, letter: Letter) -> tuple[Actor, ...]:
        """Those whom it is addressed to."""
        return self._all(letter, letter.mail.to)

    def copied(self, letter: Letter) -> tuple[Actor, ...]:
        """Those who had a copy."""
        return self._all(letter, letter.mail.cc)

    def _all(self, letter: Letter, written: Sequence[str]) -> tuple[Actor, ...]:
        found = [self._receiver(text, day_of(letter)) for text in written]
        unknown = [n for n, actor in enumerate(found) if not actor.roles]
        if len(unknown) == 1 and written is letter.mail.to:
            heading = [r for r in addressed_in(letter.words, self._roles) if not any(r in a.roles for a in found)]
            if len(heading) == 1:
                actor = found[unknown[0]]
                found[unknown[0]] = Actor((heading[0],), actor.person, "", "el encabezado del texto")
        return tuple(found)

    def _receiver(self, written: str, day: dt.date | None) -> Actor:
        name, address = _parted(written)
        known = self._known(name, address)
        held = [h for h in known if _holds(h, day)] or known
        if roles := self._ids(held):
            return Actor(roles, held[0].person, held[0].unit, "el directorio")
        if shown := own_role(name, self._roles):
            return Actor((shown,), name, "", "el nombre de la cuenta")
        if other := self._signed.get(address):
            return Actor((other,), name or address, "", "la firma de sus correos")
        return Actor((), name or address)

    def by_charge(self, name: str, charge: str, day: dt.date | None) -> Actor:
        """Somebody who signed a document."""
        held = [h for h in self._known(name, "") if _holds(h, day)]
        if roles := self._ids(held):
            stated = own_role(charge, self._roles)
            return Actor(
                (stated,) if stated in roles and stated else roles, held[0].person, held[0].unit, "el directorio"
            )
        role = own_role(charge, self._roles) if charge else None
        return Actor((role,) if role else (), name, "", "la firma" if role else "")

    def _known(self, name: str, address: str) -> tuple[Holder, ...]:
        if self._directory is None:
            return ()
        return (self._directory.of_person(address) if address else ()) or (
            self._directory.of_person(name) if name else ()
        )

    def _ids(self, holders: Iterable[Holder]) -> tuple[str, ...]:
        found = (h.role if h.role in self._roles else role_of(h.role, self._roles) for h in holders)
        return tuple(dict.fromkeys(role for role in found if role))


def _holds(holder: Holder, day: dt.date | None) -> bool:
    return day is None or ((holder.start is None or holder.start <= day) and (holder.end is None or day <= holder.end))


def day_of(letter: Letter) -> dt.date | None:
    """The day on which a message was sent, where that can be trusted."""
    when = letter.sent.when
    return when.day if when else None


def _parted(written: str) -> tuple[str, str]:
    """Name and address, lower case; either may be empty."""
    found = _ADDRESS.search(written.strip())
    if found is None:
        return written.strip(), ""
    return written[: found.start()].strip(" \"'"), found[1].lower()

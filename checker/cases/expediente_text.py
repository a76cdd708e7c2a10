"""What the words of a message say by themselves: its own text without what it quotes, who signs it, to whom, through whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

import msgspec

from checker.packs.model import Role
from checker.packs.roles import role_at
from checker.spanish.people import is_name
from checker.spanish.text import fold, squeeze
from parsers.model import Document, paragraphs_of

_QUOTE = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:mensaje original|original message|forwarded message|mensaje reenviado)|_{10,}\s*$"
    r"|inicio del mensaje reenviado|begin forwarded message|el .{5,120}(?:escribio|wrote):\s*$|on .{5,120}wrote:\s*$"
    r"|(?:de|from)\s*:.*(?:enviado|sent)(?: el)?\s*:)"
)
_HEADER = re.compile(r"^\s*(?:de|from)\s*:")
_REST = re.compile(r"^\s*(?:enviado|sent|fecha|date|para|to|asunto|subject)(?: el)?\s*:")
_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{1,20}\]\s*)?(?P<mark>re|rv|fwd?|r|aw|res|reenv|reenviado)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE
)
_FORWARD = frozenset(("rv", "fw", "fwd", "reenv", "reenviado"))
_CONDUIT = re.compile(r"\b(?:por conducto de(?:l)?|a traves de(?:l)?|por medio de(?:l)?)\s+")
_LONGEST_LINE = 160
"""Characters beyond which a line is prose, not a charge."""
_REMINDER = re.compile(r"\b(?:recordatorio|le recuerdo|les recuerdo|reitero|se reitera|reenvio recordando)\b")
_MOST_CONDUITS = 20
"""Times that a message may name one before the rest is not looked at."""
_NAME_WORDS = 16
"""Words that the name of an office may have."""
_SIGNATURE_LINES = 10
_HEAD_LINES = 8


class Words(msgspec.Struct, frozen=True):
    """A message's own words."""

    own: tuple[str, ...]
    """Its lines or paragraphs, without what it quotes."""
    quoted: str
    """What follows of other messages."""

    @property
    def text(self) -> str:
        return "\n".join(self.own)


def words_of(document: Document) -> Words:
    """The body of a message, parted where it begins to quote another."""
    lines = [line for p in paragraphs_of(document.blocks) for line in p.text.split("\n")]
    folded = [fold(line) for line in lines]
    cut = next((n for n in range(len(lines)) if _quotes(folded, n)), len(lines))
    return Words(tuple(squeeze(line) for line in lines[:cut] if line.strip()), "\n".join(lines[cut:]))


def _quotes(lines: list[str], at: int) -> bool:
    if _QUOTE.match(lines[at]):
        return True
    return bool(_HEADER.match(lines[at])) and any(_REST.match(line) for line in lines[at + 1 : at + 4])


def subject_of(subject: str) -> tuple[str, str]:
    """The subject without its prefixes, and what the first of them says: ``reply``, ``forward`` or nothing."""
    kind = ""
    while found := _PREFIX.match(subject):
        kind = kind or ("forward" if found["mark"].lower() in _FORWARD else "reply")
        subject = subject[found.end() :]
    return squeeze(subject), kind


def reminds(subject: str, words: Words) -> bool:
    """Whether a message says of itself that it only reminds of another."""
    return bool(_REMINDER.search(fold(" ".join((subject, *words.own[:3])))))


def charge_signed(words: Words, roles: Mapping[str, Role]) -> tuple[str, str] | None:
    """Role and charge, as written, in the signature at the foot; None where nobody signs with a charge of the norm."""
    _, body = _headed(words.own)
    foot = body[-_SIGNATURE_LINES:]
    for n, line in enumerate(foot):
        if len(line) <= _LONGEST_LINE and (role := own_role(line, roles)) and (n == 0 or not line.endswith((":", "?"))):
            return role, line
    return None


def name_signed(words: Words) -> str:
    """The name in the signature; empty where there is none."""
    _, body = _headed(words.own)
    return next((line for line in body[-_SIGNATURE_LINES:] if is_name(line)), "")


def addressed_in(words: Words, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The roles of those whom the heading of the letter names («… Presente»)."""
    head, _ = _headed(words.own)
    return tuple(dict.fromkeys(role for line in head if (role := own_role(line, roles))))


def conduits_in(words: Words, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The roles that «por conducto de …» and «a través de …» name."""
    named = (line[at.end() : at.end() + _LONGEST_LINE] for line in words.own for at in _CONDUIT.finditer(fold(line)))
    found = (_begins_with(text, roles) for text in dict.fromkeys(islice(named, _MOST_CONDUITS)))
    return tuple(dict.fromkeys(role for role in found if role))


def _begins_with(text: str, roles: Mapping[str, Role]) -> str | None:
    """The role whose name a text begins with: the longest."""
    words = re.split(r"[.;:]", text)[0].split()[:_NAME_WORDS]
    return next((role for n in range(len(words), 0, -1) if (role := own_role(" ".join(words[:n]), roles))), None)


def own_role(charge: str, roles: Mapping[str, Role]) -> str | None:
    """The role that a charge is; not that of somebody who only works for it («Asistente de la Titular de División»)."""
    found = role_at(charge, roles)
    return found.role if found and found.before == 0 else None


def _headed(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The heading with whom it is for, and the rest."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        if re.fullmatch(r"p\s?r\s?e\s?s\s?e\s?n\s?t\s?e[s ]?\s*[.:]?", fold(line).strip()):
            return lines[: n + 1], lines[n + 1 :]
    return (), lines

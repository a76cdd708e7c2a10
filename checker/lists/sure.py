"""Quick tests of whole columns: which of their cells are not fine for sure. A cell that passes has nothing that a check kind would tell.

They may be as narrow as they like, for what they do not pass is judged as in any submission; they must never pass a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from checker.identifiers import IdentifierName, identifier
from checker.kinds.full_name import name_words
from checker.lists.check_digits import wrong
from checker.packs.model import Column
from checker.spanish.text import is_placeholder, squeeze

Doubtful = Callable[[Sequence[str]], list[int]]
"""Texts of a column → positions of those that are not fine for sure."""

_DAY = r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
_ENTITY = "AS|B[CS]|C[CHLMS]|D[FG]|G[RT]|HG|JC|M[CNS]|N[ELT]|OC|PL|Q[RT]|S[LPR]|T[CLS]|VZ|YN|ZS"
_CURP = re.compile(rf"[A-ZÑ]{{4}}\d\d{_DAY}[HMX](?:{_ENTITY})[A-ZÑ]{{3}}[A-Z\d]\d", re.ASCII)
_NSS = re.compile(r"[0-9]{11}")
_SHAPES: dict[str, Callable[[str], object]] = {
    "phone": re.compile(r"[2-9][0-9]{9}").fullmatch,
    "email": re.compile(
        r"[A-Za-z0-9_+-]{1,40}(?:\.[A-Za-z0-9_+-]{1,40}){0,3}@(?:[A-Za-z0-9]{1,20}\.){1,3}[A-Za-z]{2,24}"
    ).fullmatch,
}
"""What is right for sure by its shape alone."""
_BEGUN = (
    r"(?i:[bfgjkmoqruwyzóú1345678]|a(?!no|su|\W)|c(?!apt)|d(?!el?\b|[ií]a|d|esc)|e(?!scr|lij)|h(?!aga)|i(?!nd|ns)|l(?!orem)|"
    r"n(?!o\b|a\b|d\b|ing|omb|\W)|p(?!or\b|end)|s(?![fnd]\b|in\b|elec|\W)|t(?!bd|ext)|v(?!acan))"
)
"""Beginnings with which nothing begins that stands where something is still to be written."""
_WRITTEN = re.compile(rf"{_BEGUN}[^\[]*\Z")
_TITLES = "Lic|Lcd|Ing|Doc|Mae|Mtr|Mgt|Arq|Ciu|Pro|Psi|Bio|Qui|Ant|Srt|Abo|San"
_LETTERS = rf"(?!{_TITLES}|{_TITLES.upper()})[A-ZÁÉÍÓÚÑ](?:[a-záéíóúüñ]{{3,}}|[A-ZÁÉÍÓÚÜÑ]{{3,}})"
"""A word that is neither a title nor a particle."""
_FULL_NAME = re.compile(rf"(?={_BEGUN})[^\W\d_]+ (?:[^\W\d_]+ )*?{_LETTERS} {_LETTERS}\Z")
"""Three words or more of which the last two count, whatever the first ones are; also written for sure."""


def identifiers(name: IdentifierName) -> Doubtful:
    """Cells that hold something other than a faultless identifier, once normalised."""
    module = identifier(name)

    def doubtful(texts: Sequence[str]) -> list[int]:
        if name == "curp" or name == "nss":
            left: Iterable[int] = _misshapen(texts, name)
        elif name in _SHAPES and None not in (found := list(map(_SHAPES[name], texts))):
            left = ()
        else:
            left = (n for n, match in enumerate(found) if match is None) if name in _SHAPES else range(len(texts))
        return [n for n in left if texts[n] and module.problem_of(texts[n])]

    return doubtful


def _misshapen(texts: Sequence[str], name: Literal["curp", "nss"]) -> list[int]:
    """Positions of all but those written exactly as they should be."""
    shape = (_CURP if name == "curp" else _NSS).fullmatch
    found = list(map(shape, texts))
    if None not in found:
        return wrong(texts, name) if texts else []
    fits = [n for n, match in enumerate(found) if match is not None]
    faults = [fits[n] for n in wrong([texts[n] for n in fits], name)] if fits else []
    return sorted([*(n for n, match in enumerate(found) if match is None), *faults])


def written(spec: Column) -> Doubtful | None:
    """Cells of a column of text that may be blank, or hold no value; None for columns whose words are judged further."""
    if spec.kind != "text" or spec.words or spec.choices:
        return None

    def doubtful(texts: Sequence[str]) -> list[int]:
        found = list(map(_WRITTEN.match, texts))
        if None not in found:
            return []
        left = (n for n, match in enumerate(found) if match is None)
        return [n for n in left if "[" in texts[n] or is_placeholder(squeeze(texts[n]))]

    return doubtful


def holds_words(text: str) -> bool:
    """It says something for sure: no blank, no placeholder."""
    return _WRITTEN.match(text) is not None


def full_names(words: int) -> Doubtful:
    """Cells with fewer words than a full name has, particles and titles left out."""
    shape = _FULL_NAME.match

    def doubtful(texts: Sequence[str]) -> list[int]:
        found = list(map(shape, texts)) if words <= 2 else [None] * len(texts)
        if None not in found:
            return []
        left = (n for n, match in enumerate(found) if match is None)
        return [n for n in left if texts[n] and name_words(texts[n]) < words]

    return doubtful


def anything(texts: Sequence[str]) -> list[int]:
    """Cells that are not empty."""
    return [n for n, text in enumerate(texts) if text]

"""Whether two entries of a record are the same person: by id, address or name, or by what the directory knows of them."""

from __future__ import annotations

from functools import lru_cache

from checker.cases.model import Case
from checker.kinds.names import Likeness, same_person
from checker.spanish.text import flat, squeeze


def same(case: Case, one: str, other: str) -> Likeness:
    """``unsure`` where names are only alike. Ids and addresses are the same or not; the directory joins a name and its address."""
    if one == other:
        return "yes"
    if case.directory is not None:
        known = {h.person for h in case.directory.of_person(one)}
        others = {h.person for h in case.directory.of_person(other)}
        if known and others:
            return "yes" if known & others else "no"
    return _alike(one, other)


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> Likeness:
    mine, yours = squeeze(flat(one)), squeeze(flat(other))
    if mine == yours:
        return "yes"
    if _is_key(mine) != _is_key(yours):
        return "unsure"  # an id and a name: only a directory could tell
    return "no" if _is_key(mine) else same_person(one, other)


def _is_key(text: str) -> bool:
    return "@" in text or any(c.isdigit() for c in text)

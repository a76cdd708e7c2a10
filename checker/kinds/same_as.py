"""``same_as``: fields of this document say the same as those of the other one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import Likeness, likeness, place_of
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, short
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    fields: tuple[str, ...]
    """Names of fields; ``own=other`` where the other document calls it otherwise."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How alike each pair is; silent where either document does not state it, which ``required`` tells."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    for name in params.fields:
        own_name, _, other_name = name.partition("=")
        own, theirs = submission.fields[own_name], other.fields[other_name or own_name]
        like = likeness(own, theirs)
        if like is Likeness.UNKNOWN:
            continue
        words = {
            "title": field_title(submission, own_name),
            "own": short(own.text),
            "theirs": short(theirs.text),
            "document": other.title,
            "where": place_of(other.path, theirs.place),
        }
        yield Fact("same_as", rule, {"like": like.value}, own_name, own.place, own.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """They differ, or they resemble each other without being the same."""
    return (
        Clause("same_as", rule, (Test("like", "==", "different"),), "violated", "different"),
        Clause("same_as", rule, (Test("like", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What each says, and where the other stands."""
    w = fact.words
    if say == "near":
        return (
            f"No se pudo confirmar que «{w['title']}» sea lo mismo: aquí dice «{w['own']}» y «{w['document']}» "
            f"({w['where']}), «{w['theirs']}»."
        )
    return f"«{w['title']}» dice «{w['own']}», y «{w['document']}» ({w['where']}) dice «{w['theirs']}»."

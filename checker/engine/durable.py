"""The second evaluator: durable-rules, inside the subset in which it was measured to be exact.

Every clause is one condition on one fact, equality on ``t`` and ``k`` first; values are short strings and integers. Besides the clauses,
one rule per ``(t, k)`` fires on every fact, and a sentinel fact stands last: together they prove that the whole batch was read, which
the engine does not promise. The state is deleted after every submission. The C module is driven directly, without the
package's ``Host``, whose timer threads would not survive a fork. Its C code holds the GIL and can abort, so this runs in a
worker that the parent can kill.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Sequence
from importlib import util
from typing import Any

import msgspec

from checker.engine.form import Activation, Clause, Test
from checker.facts import Fact, Scalar

_OPERATORS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
_PREFIX: dict[type, str] = {str: "s_", int: "i_", bool: "b_"}
"""Attributes are named by type, so that values of two types never meet (``'10' > 5`` is true in durable-rules)."""
_PLAIN = re.compile(r"[A-Za-z0-9_.-]{0,120}")
_KEYS, _RULES, _PROPERTIES, _INTEGER = 400, 50, 200, 2**31
_SENTINEL, _SEEN = "sentinel", "seen"
_names = itertools.count()


class EngineFault(Exception):
    """The engine broke its contract, or was asked for more than its measured subset."""


def version() -> str | None:
    """``durable-rules 2.0.28`` where it is installed, else None; does not import it.

    The extra pins that version, and asking the installed metadata for it would cost as much as reading a small document.
    """
    return "durable-rules 2.0.28" if util.find_spec("durable_rules_engine") else None


class Durable:
    """Decides facts by the clauses that it was built from; same interface as the reference."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Raise :class:`EngineFault` where the clauses leave the subset; ImportError where the engine is missing."""
        import durable_rules_engine

        self._engine: Any = durable_rules_engine
        self._sessions = itertools.count()
        _within_subset(clauses)
        rules = {f"c{number}": {"all": [{"m": _condition(clause)}]} for number, clause in enumerate(clauses)}
        keys = sorted({(clause.t, clause.k) for clause in clauses})
        self._known = frozenset(keys)
        for number, (t, k) in enumerate(keys):
            rules[f"{_SEEN}{number}"] = {"all": [{"m": {"$and": [{"t": _text(t)}, {"k": _text(k)}]}}]}
        rules[_SENTINEL] = {"all": [{"m": {"$and": [{"t": _SENTINEL}, {"k": _SENTINEL}]}}]}
        self._handle = self._engine.create_ruleset(f"vobo{next(_names)}", _json(rules))

    def decide(self, facts: Sequence[Fact]) -> list[Activation]:
        """Every clause that matches a fact, by fact and then by clause; raises :class:`EngineFault` on a truncated batch."""
        session = f"s{next(self._sessions)}"
        # a fact that no rule mentions makes the engine answer «not handled» for the batch; no clause can match it
        batch = [
            _record(session, position, fact) for position, fact in enumerate(facts) if (fact.t, fact.k) in self._known
        ]
        if not batch:
            return []
        batch.append({"sid": session, "id": _SENTINEL, "t": _SENTINEL, "k": _SENTINEL})
        code, state = self._engine.assert_facts(self._handle, _json(batch))
        if code != 0:
            raise EngineFault(f"durable-rules answered {code} to {len(batch)} facts")
        try:
            fired = self._drain(state)
        finally:
            self._engine.delete_state(self._handle, session)
        seen = {fact for rule, fact in fired if rule.startswith(_SEEN) or rule == _SENTINEL}
        if seen != {str(record["id"]) for record in batch}:
            raise EngineFault(f"durable-rules read {len(seen)} of {len(batch)} facts")
        found = [Activation(int(fact), int(rule[1:])) for rule, fact in fired if rule[0] == "c"]
        return sorted(found, key=lambda a: (a.fact, a.clause))

    def _drain(self, state: Any) -> list[tuple[str, str]]:
        """(rule, fact id) of every activation of the session."""
        fired = []
        started = self._engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            for rule, match in msgspec.json.decode(message).items():
                fired.append((rule, str(match["m"]["id"])))
            message = self._engine.complete_and_start_action(self._handle, state)
        return fired


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _within_subset(clauses: Sequence[Clause]) -> None:
    keys: dict[str, set[str]] = {}
    rules: dict[tuple[str, str], int] = {}
    for clause in clauses:
        keys.setdefault(clause.t, set()).add(clause.k)
        rules[clause.t, clause.k] = rules.get((clause.t, clause.k), 0) + 1
        for test in clause.tests:
            if test.operator not in ("==", "!=") and type(test.value) is not int:
                raise EngineFault(f"{test.operator} orders integers, not {test.value!r}")
    for t, named in keys.items():
        if len(named) > _KEYS:
            raise EngineFault(f"{len(named)} keys of kind {t}; durable-rules was measured to {_KEYS}")
    for (t, k), count in rules.items():
        if count + 1 > _RULES:  # and the one that sees every fact
            raise EngineFault(f"{count} clauses on {t} {k}; durable-rules was measured to {_RULES}")


def _condition(clause: Clause) -> dict[str, object]:
    return {"$and": [{"t": _text(clause.t)}, {"k": _text(clause.k)}, *map(_test, clause.tests)]}


def _test(test: Test) -> dict[str, object]:
    name = _PREFIX[type(test.value)] + test.attribute
    value = _value(test.value)
    return {name: value} if test.operator == "==" else {_OPERATORS[test.operator]: {name: value}}


def _record(session: str, position: int, fact: Fact) -> dict[str, object]:
    if len(fact.attributes) > _PROPERTIES:
        raise EngineFault(f"{len(fact.attributes)} attributes on one fact; durable-rules was measured to {_PROPERTIES}")
    record: dict[str, object] = {"sid": session, "id": str(position), "t": _text(fact.t), "k": _text(fact.k)}
    record.update({_PREFIX[type(v)] + n: _value(v) for n, v in fact.attributes.items()})
    return record


def _value(value: Scalar) -> str | int:
    if isinstance(value, str):
        return _text(value)
    if not -_INTEGER <= value < _INTEGER:
        raise EngineFault(f"{value} is outside the integers that durable-rules keeps exactly")
    return int(value)


def _text(value: str) -> str:
    """Plain words as they are; any other text as a digest, since only equality is asked of it and its parser need not see it."""
    if _PLAIN.fullmatch(value):
        return f"={value}"
    return "#" + hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

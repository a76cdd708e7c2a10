"""Check kinds: observation, condition and message side by side, one module each, loaded when a rule first asks for it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from checker.kinds.protocol import CaseKind, Kind

KINDS = (
    "required",
    "dates_in_order",
    "among",
    "within_year",
    "row_requires",
    "signed_by",
    "visible_mark",
    "same_as",
    "rows_match",
    "approved_by",
    "integrated",
    "cites_existing",
    "one_of",
    "range",
    "pattern",
    "fixed",
    "forbidden",
    "identifier",
    "unique",
    "code_says",
    "covers",
    "planned_ahead",
    "first_days",
    "full_name",
    "person_name",
    "media_type",
    "annexed",
    "whole_year",
    "not_about",
    "any_of",
    "within_period",
    "not_above",
    "goal_of_month",
    "decided_by",
    "chosen",
    "speaks_of",
    "row_states",
    "drawn_from",
    "same_level",
    "named_so",
    "described",
    "named_in",
    "shown",
    "sum_equals",
    "recomputed",
    "numbering",
    "wording",
    "has_columns",
    "filled_across",
    "one_value",
    "natural_quarter",
    "lasts",
    "sets_date",
    "every_month",
    "cause_given",
    "states_unit",
    "each_has",
    "listed_in",
    "numbered_names",
    "named_apart",
    "in_order",
    "section_names",
    "acronyms_defined",
    "sections_in_order",
    "index_matches",
    "clause_present",
    "terms_defined",
    "every_page",
    "one_marked",
    "one_date",
    "labelled_parts",
    "section_table",
    "agreement_numbers",
    "agreements_in_order",
    "activities",
    "activity_actors",
    "work_instructions",
    "unit_functions",
    "units_listed",
    "cited_norms",
    "legal_framework",
    "listed_changes",
    "chapters_answer",
)
"""Key in a rule = name of the module, which is what :class:`checker.kinds.protocol.Kind` asks for."""

CASE_KINDS = (
    "step",
    "branch",
    "done_by",
    "produced",
    "known_activity",
    "made_before",
    "recorded",
    "deadline",
    "window",
    "periodicity",
    "may_act",
    "separation",
    "precedes",
    "followed_by",
    "accompanied",
    "jointly",
    "addressed",
    "gathers",
    "never",
    "same_order",
    "authorised",
    "names_object",
)
"""The same for rules on cases, whose modules stand in :mod:`checker.kinds.cases`."""


@cache
def kind(name: str) -> Kind:
    """The check kind ``name`` on documents; raises ``KeyError`` when there is none."""
    if name not in KINDS:
        raise KeyError(name)
    return cast("Kind", import_module(f"checker.kinds.{name}"))


@cache
def case_kind(name: str) -> CaseKind:
    """The check kind ``name`` on cases; raises ``KeyError`` when there is none."""
    if name not in CASE_KINDS:
        raise KeyError(name)
    return cast("CaseKind", import_module(f"checker.kinds.cases.{name}"))

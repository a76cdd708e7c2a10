"""Every check kind has its page, which the table of kinds and the navigation lead to."""

from __future__ import annotations

from pathlib import Path

from checker.kinds import KINDS

ROOT = Path(__file__).parents[2]


def test_every_kind_has_a_page_that_can_be_found() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} - {"index"}
    assert pages == set(KINDS)
    table, navigation = (ROOT / "docs/rules/index.md").read_text("utf-8"), (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [k for k in KINDS if f"({k}.md)" not in table or f"rules/{k}.md" not in navigation] == []

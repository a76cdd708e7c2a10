"""Words that the author of a docx underlined."""

from __future__ import annotations

from pathlib import Path

from docx import Document as Word

from parsers.dispatch import read_file
from parsers.model import paragraphs_of


def test_only_what_the_author_underlined_is_told(tmp_path: Path) -> None:
    word = Word()
    paragraph = word.add_paragraph("Evaluar la ")
    paragraph.add_run("operación").underline = True
    paragraph.add_run(" territorial")
    plain = word.add_paragraph()
    plain.add_run("Coordinar reuniones").underline = False
    word.save(str(tmp_path / "uno.docx"))
    found = [p.underlined for p in paragraphs_of(read_file(tmp_path / "uno.docx").blocks) if p.text]
    assert found == ["operación", ""]

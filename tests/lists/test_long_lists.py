"""Long lists are judged row by row, and told as any other submission is."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from checker.check import load
from checker.findings import Finding, Result
from checker.judge import Setting, check_document, check_file
from checker.judged import Checked, Job
from checker.options import Options
from parsers.dispatch import load_file, read_bytes
from parsers.long import LONG
from tests.lists.people import HEADER, as_csv, as_xlsx, persons

COUNT = LONG + 300
ROWS = list(persons(COUNT))


def checked(path: Path, options: Options | None = None) -> Checked:
    options = options or Options()
    (answer,) = check_file(Job(path, path.stem), Setting(options, load(options))).checked
    assert not answer.defect
    return answer


def judged(path: Path) -> Result:
    """The result, by rows."""
    result = checked(path).result
    assert "La lista se revisó renglón por renglón." in result.notes
    return result


def at_once(path: Path) -> Result:
    """The result of the same file held whole."""
    options = Options()
    data = load_file(path, options.limits)
    document = read_bytes(data, path.name, options.limits)
    setting = Setting(options, load(options))
    (answer,) = check_document(Job(path, path.stem), document, hashlib.sha256(data).hexdigest(), setting).checked
    return answer.result


def told(result: Result) -> list[tuple[str, str, str]]:
    return sorted((f.rule, f.subject, f.outcome) for f in result.findings)


def spoiled(seed: int, faults: int = 60) -> list[list[str]]:
    """The rows with faults of every sort, and with rows between them that are none."""
    chance = random.Random(seed)
    rows = [list(row) for row in ROWS]

    def put(column: int, change: Callable[[str], str]) -> Callable[[list[str]], None]:
        def act(row: list[str]) -> None:
            row[column] = change(row[column])

        return act

    def whole(*texts: str) -> Callable[[list[str]], None]:
        def act(row: list[str]) -> None:
            row[:] = [*texts, *[""] * (5 - len(texts))]

        return act

    ways = [
        put(2, str.lower),
        put(2, lambda t: f"{t[:5]} {t[5:]}"),
        put(2, lambda t: t[:-1] + str((int(t[-1:] or "0") + 1) % 10)),
        put(2, lambda t: "[Anote la CURP]"),
        put(2, lambda t: ROWS[3][2]),
        put(3, lambda t: ""),
        put(3, lambda t: "s/n"),
        put(3, lambda t: ROWS[9][3]),
        put(3, lambda t: f"{t[:4]}-{t[4:]}"),
        put(1, lambda t: "nada"),
        put(1, lambda t: f" {t} "),
        put(0, lambda t: "Rosa"),
        put(0, lambda t: "Lic. Rosa Pérez"),
        put(0, lambda t: "por definir"),
        put(4, lambda t: "Texas"),
        put(4, lambda t: "Jalisko"),
        put(4, lambda t: "OOAD Jalisco"),
        put(4, lambda t: ""),
        whole(),
        whole(*HEADER),
        whole("Total: 500"),
        whole("7"),
        whole("Rosa Pérez Cruz"),
    ]
    for _ in range(faults):
        chance.choice(ways)(rows[chance.randrange(len(rows))])
    return rows


@pytest.mark.parametrize("seed", range(2))
def test_the_answers_are_those_of_the_list_held_whole(seed: int, tmp_path: Path) -> None:
    rows = spoiled(seed)
    for path in (as_csv(tmp_path / "lista.csv", rows), as_xlsx(tmp_path / "lista.xlsx", rows)):
        by_rows, whole = judged(path), at_once(path)
        assert told(by_rows) == told(whole)
        assert {f.message for f in by_rows.findings} == {f.message for f in whole.findings}
        assert {f.fingerprint for f in by_rows.findings} == {f.fingerprint for f in whole.findings}
        assert (by_rows.verdict, by_rows.sha256, by_rows.type) == (whole.verdict, whole.sha256, whole.type)


def test_a_faultless_list_complies_and_is_reported_by_its_number_of_rows(tmp_path: Path) -> None:
    for path in (as_csv(tmp_path / "lista.csv", ROWS), as_xlsx(tmp_path / "lista.xlsx", ROWS)):
        result = judged(path)
        assert (result.verdict, result.findings) == ("compliant", ())
        assert result.fields["personas"].value == {"rows": COUNT}


def test_places_are_rows_of_the_sheet_and_lines_of_the_text(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1233][2] = "GOMR850312MDFMRS02"
    (finding,) = judged(as_xlsx(tmp_path / "lista.xlsx", rows)).findings
    assert (finding.subject, finding.rule) == ("personas[1234].curp", "PV-120.curp-valida")
    assert finding.location is not None
    assert finding.location.cell == "Hoja1!C1237"
    (finding,) = judged(as_csv(tmp_path / "lista.csv", rows)).findings
    assert finding.location is not None
    assert (finding.location.line, finding.location.row) == (1235, 1235)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ","), ("utf-16", "\t"), ("latin-1", "|")]
)
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[2000][4] = "Nuevo Leon y Yucatán"
    path = as_csv(
        tmp_path / ("lista.txt" if delimiter == "\t" else "lista.csv"), rows, encoding=encoding, delimiter=delimiter
    )
    result = judged(path)
    assert [f.subject for f in result.findings] == ["personas[2001].ooad"]
    assert "Yucatán" in result.findings[0].evidence


def _broken(tmp_path: Path, number: int, line: bytes) -> Sequence[Finding]:
    lines = as_csv(tmp_path / "lista.csv", ROWS).read_bytes().split(b"\r\n")
    lines[number - 1] = line
    path = tmp_path / "rota.csv"
    path.write_bytes(b"\r\n".join(lines))
    return judged(path).findings


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"Cruz, Rosa,rosa@example.com,GOMR850312MDFMRS01,12345678903,Jalisco", "6 celdas"),
        (b"Rosa Cruz,rosa@example.com", "2 celdas"),
        (b'"Rosa Cruz,rosa@example.com,GOMR850312MDFMRS01,12345678903,Jalisco', "comillas"),
        (b"Rosa P\xe9rez Cruz,rosa@example.com,GOMR850312MDFMRS01,12345678903,Jalisco", "bytes"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_finding_and_takes_no_other_with_it(
    line: bytes, why: str, tmp_path: Path
) -> None:
    (finding,) = _broken(tmp_path, 1500, line)
    assert (finding.rule, finding.outcome, finding.subject) == ("PV-120.personas", "undetermined", "personas[1499]")
    assert finding.location is not None
    assert finding.location.line == 1500
    assert why in finding.message
    assert "1,500" in finding.message


def test_a_cell_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1000][0] = "Rosa\nGómez\nMorales"
    rows[1001][3] = "1"
    (finding,) = judged(as_csv(tmp_path / "lista.csv", rows)).findings
    assert finding.subject == "personas[1002].nss"
    assert finding.location is not None
    assert finding.location.line == 1005


def test_a_fault_in_every_row_is_counted_and_the_report_stays_small(tmp_path: Path) -> None:
    rows = [[*row[:3], "123", row[4]] for row in ROWS]
    findings = judged(as_csv(tmp_path / "lista.csv", rows)).findings
    faults = [f for f in findings if f.rule == "PV-120.nss-valido"]
    assert len(faults) == 1001
    assert faults[-1].subject == "personas"
    assert f"{COUNT - 1000:,} renglones más" in faults[-1].message
    assert f"líneas 1,002 a {COUNT + 1:,}" in faults[-1].message
    repeated = [f for f in findings if f.rule == "PV-120.nss-repetido"]
    assert len(repeated) == 1001
    assert f"{COUNT - 1001:,} renglones más" in repeated[-1].message


def test_a_column_that_is_not_there_is_missed_in_every_row(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([row[:3] + row[4:] for row in ([*HEADER], *ROWS)])
    path = tmp_path / "lista.csv"
    path.write_text(f"Relación de personas usuarias captadas\n\n{text.getvalue()}", "utf-8")
    result = judged(path)
    assert {f.rule for f in result.findings} == {"PV-120.nss"}
    assert f"{COUNT - 1000:,} renglones más" in result.findings[-1].message


def test_repeated_rows_far_apart_name_each_other(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[2200][2] = rows[10][2].lower()
    (finding,) = judged(as_xlsx(tmp_path / "lista.xlsx", rows)).findings
    assert (finding.rule, finding.subject) == ("PV-120.sin-repetir", "personas[2201].curp")
    assert "Hoja1!A14" in finding.message


def test_notes_go_beside_a_long_list(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1500][3] = ""
    path = as_xlsx(tmp_path / "lista.xlsx", rows)
    answer = checked(path, Options(annotate=tmp_path / "notas", correct=tmp_path / "corregidos"))
    assert [p.name for p in answer.written] == ["lista.xlsx.observaciones.md"]
    assert "1,501" in answer.written[0].read_text("utf-8") or "1501" in answer.written[0].read_text("utf-8")
    assert any("No se escribió la lista corregida" in note for note in answer.result.notes)

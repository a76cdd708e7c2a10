"""Logs as tables: csv, tsv, xlsx and ods."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.cases import tables
from parsers.cases.model import Artefact, CaseRecord
from parsers.cases.read import is_case_file, read_cases
from parsers.cases.recognise import is_case_record
from parsers.cases.when import read_time
from parsers.delimited_rows import row_table
from parsers.errors import Unreadable
from parsers.limits import Limits

HEADER = (
    "case:concept:name,case:procedure,concept:name,time:timestamp,org:role,org:resource,unit,outcome,artefacts,to,via"
)


def records(tmp_path: Path, text: str | bytes, name: str = "casos.csv") -> list[CaseRecord]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_cases(path))


def reasons(record: CaseRecord) -> list[tuple[int | None, str]]:
    return [(gap.place.line, gap.reason) for gap in record.gaps]


def test_the_columns_of_the_design(tmp_path: Path) -> None:
    rows = (
        f"{HEADER}\n"
        "A,imss/pv#p,37,2026-02-03T10:15,Titular,p-1,CSS,cumple,plan=plan.docx; minuta,Jefe A; Jefe B,Oficina\n"
        "A,,38,31/02/2026,,,,,-,ninguno,\n"
        "B,imss/pv#p,1,2026-02-03,,,,,,,\n"
    )
    a, b = records(tmp_path, rows)
    first, second = a.events
    assert (a.case, a.procedure, a.place.line, a.notes, a.gaps) == ("A", "imss/pv#p", 2, (), ())
    assert (first.number, first.activity, first.role, first.person, first.unit) == (1, "37", "Titular", "p-1", "CSS")
    assert first.at is not None
    assert (first.at.text, first.outcome, first.place.line) == ("2026-02-03T10:15", "cumple", 2)
    assert first.artefacts == (Artefact("plan", "plan.docx"), Artefact("minuta"))
    assert (first.to, first.via) == (("Jefe A", "Jefe B"), ("Oficina",))
    assert (second.artefacts, second.to, second.via, second.role) == ((), (), None, None)
    assert second.at is not None
    assert second.at.problem == "el 31 de febrero no existe"
    assert (b.case, b.events[0].number, b.events[0].place.line) == ("B", 1, 4)


@pytest.mark.parametrize(
    "header",
    [
        "Caso;Actividad;Fecha y hora;Puesto;Documentos;Para",
        "EXPEDIENTE;No. de actividad;Fecha;Rol;Artefactos;Destinatarios",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spanish_columns_in_any_encoding(tmp_path: Path, header: str, encoding: str) -> None:
    text = (
        f"sep=;\nRegistro de enero\n\n{header}\nA;37;3 de febrero de 2026, 10:15 h;Titular de la Dirección;minuta;Él\n"
    )
    [record] = records(tmp_path, text.encode(encoding))
    [event] = record.events
    assert (record.case, event.activity, event.role, event.place.line) == ("A", "37", "Titular de la Dirección", 5)
    assert (event.artefacts, event.to, event.at and event.at.problem) == ((Artefact("minuta"),), ("Él",), "")


def test_date_and_hour_in_two_columns(tmp_path: Path) -> None:
    [record] = records(tmp_path, "Caso\tActividad\tFecha\tHora\nA\t1\t03/02/2026\t10:15 a. m.\nA\t2\t03/02/2026\t\n")
    assert [e.at and (str(e.at.value), e.at.day_only) for e in record.events] == [
        ("2026-02-03 10:15:00-06:00", False),
        ("2026-02-03 00:00:00-06:00", True),
    ]


def test_what_was_inferred_of_a_time_is_noted(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,actividad,fecha\nA,1,46056\nA,2,2026-02-03\nA,3,1770135300\n")
    assert [e.notes for e in record.events] == [
        ("«46056» se leyó como número de serie de Excel",),
        (),
        ("«1770135300» se leyó como tiempo de sistema (desde 1970, UTC)",),
    ]


def test_absent_columns_say_nothing_and_unknown_ones_are_told(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,actividad,costo,rool,hito\nA,1,3,x,\nA,,,,cierre\n")
    assert [(e.activity, e.milestone, e.role, e.artefacts) for e in record.events] == [
        ("1", None, None, None),
        (None, "cierre", None, None),
    ]
    assert record.notes == (
        "la columna «costo» no se conoce y no se tomó en cuenta",
        "la columna «rool» no se conoce y no se tomó en cuenta; ¿quiso decir «role»?",
    )


def test_headings_of_offices(tmp_path: Path) -> None:
    header = "Asunto,Núm. de actividad,Fecha,Responsable,Documento(s),Dirigido a,Con copia a,A través de,Resultado"
    [record] = records(
        tmp_path,
        f"{header}\nA-1,37,13/10/2025,Titular,plan,Jefe A; Jefe B,Oficina,Jefa C,cumple\n,,,,,,,,\nA-1,38,,,,,-,,\n",
    )
    first, second = record.events
    assert (record.case, record.notes, first.activity, first.role, first.person) == ("A-1", (), "37", "Titular", None)
    assert (first.to, first.via, first.outcome) == (("Jefe A", "Jefe B", "Oficina"), ("Jefa C",), "cumple")
    assert second.to is None  # no copy says nothing of whom it went to
    [record] = records(tmp_path, "Folio,Actividad,Responsable,Cargo\nA-1,37,Ana,Titular\n")
    assert (record.case, record.events[0].person, record.events[0].role) == ("A-1", "Ana", "Titular")
    assert not is_case_record(header.encode(), "a.csv")  # these headings are of any list of matters


def test_of_a_lifecycle_what_was_completed_counts(tmp_path: Path) -> None:
    rows = "case:concept:name,concept:name,lifecycle:transition\nA,1,start\nB,1,start\nA,1,complete\nA,2,Complete\n"
    a, b = records(tmp_path, rows)
    assert [(e.number, e.activity, e.place.line) for e in a.events] == [(1, "1", 4), (2, "2", 5)]
    assert a.notes == (
        "de lifecycle:transition solo se tomaron los «complete»; quedaron aparte: línea 2, «start» de «1»",
    )
    assert ([e.activity for e in b.events], len(b.notes)) == (["1"], 1)


def test_faults_without_end_are_counted(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,actividad\n" + "A,1,x\n" * 3000)
    assert len(record.gaps) < 1100
    assert record.gaps[-1].reason == "hay 2000 faltas más como estas"
    silent, _ = records(tmp_path, "caso,actividad,rol\n" + "A,,x\n" * 300 + ",1,\n")
    assert silent.gaps[-2].reason == "tampoco lo dicen otros 200 eventos"


def test_a_column_without_heading_is_told(tmp_path: Path) -> None:
    [record] = records(tmp_path, ",caso,actividad,,\n1,A,1,,\n2,A,2,,\n")
    assert ([e.activity for e in record.events], record.gaps) == (["1", "2"], ())
    assert record.notes == ("la columna 1 no tiene encabezado y no se tomó en cuenta",)


def test_a_header_printed_again_is_passed_over(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,actividad\nA,1\ncaso,actividad\nA,2\n")
    assert ([e.activity for e in record.events], record.notes) == (["1", "2"], ())
    _, other = records(tmp_path, "caso,actividad,rol\nA,1,x\nactividad,caso,rol\n")
    assert other.gaps[0].reason == "la línea 3 no dice de qué caso es («actividad; caso; rol»)"


def test_an_hour_without_its_day_is_told(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,actividad,hora\nA,1,10:15\n")
    assert record.notes == ("la columna «hora» no tiene otra con la fecha y no se tomó en cuenta",)


def test_rows_of_no_case_and_rows_that_cannot_be_trusted_are_told(tmp_path: Path) -> None:
    rows = 'caso,actividad,rol\nA,1,x\n,2,y\n,,\nA,3,x,demás\nB,4,"sin cerrar\nB,5,z\nB,,w\n'
    a, b, nameless = records(tmp_path, rows)
    assert [e.activity for e in a.events] == ["1", "3"]
    astray = (None, "una fila no dice de qué caso es lo que registra, y podría ser de este")
    assert reasons(a) == [(5, "la línea 5 tiene más celdas que el encabezado"), astray]
    assert [e.activity for e in b.events] == ["4", "5", None]
    assert reasons(b) == [
        (6, "la línea 6 abre unas comillas que no cierra"),
        (8, "el evento 3 no dice qué actividad o hito es"),
        astray,
    ]
    assert (nameless.case, nameless.events) == ("", ())
    assert reasons(nameless) == [(3, "la línea 3 no dice de qué caso es («2; y»)")]


def test_contradicting_procedures_are_taken_for_none(tmp_path: Path) -> None:
    [record] = records(tmp_path, "caso,procedimiento,actividad\nA,p,1\nA,,2\nA,q,3\n")
    assert (record.procedure, reasons(record)) == (
        None,
        [(4, "las filas del caso dicen procedimientos distintos («p», «q»); no se tomó ninguno")],
    )


def test_procedures_of_interleaved_cases(tmp_path: Path) -> None:
    a, b = records(tmp_path, "caso,procedimiento,actividad\nA,p,1\nB,,1\nA,,2\nB,q,2\nA,q,3\n")
    assert (a.procedure, a.gaps[0].place.line, b.procedure) == (None, 6, "q")


def test_quoted_cells_with_line_breaks_keep_the_lines(tmp_path: Path) -> None:
    [record] = records(tmp_path, 'caso,actividad,rol\nA,"Analizar\nla ""planeación""",x\nA,2,y\n')
    assert [(e.activity, e.place.line) for e in record.events] == [('Analizar\nla "planeación"', 2), ("2", 4)]


def test_without_a_column_of_cases_the_file_is_one(tmp_path: Path) -> None:
    [record] = records(tmp_path, "actividad,rol\n1,x\n\n2,y\n", "enero.csv")
    assert (record.case, [e.activity for e in record.events]) == ("enero", ["1", "2"])
    assert record.notes == ("ninguna columna dice de qué caso es cada fila; todas se tomaron por el caso «enero»",)


@pytest.mark.parametrize(
    "text", ["nombre,curso\nAna,x\n", "caso,actividad\n", "hola\n", '{"a": 1}', "caso,actividad\n,\n"]
)
def test_what_is_no_log_is_unreadable(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable) as raised:
        records(tmp_path, text)
    assert raised.value.reason.endswith(".")


rows_of_cases = st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(1, 112)), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(rows_of_cases, st.integers(1, 25))
def test_interleaved_cases_are_those_of_the_sorted_file(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]], held: int
) -> None:
    folder = tmp_path_factory.mktemp("casos")
    text = "actividad,caso\n" + "".join(f"{activity},{case}\n" for case, activity in rows)
    before, tables.HELD = tables.HELD, held
    try:
        found = records(folder, text)
    finally:
        tables.HELD = before
    wanted: dict[str, list[tuple[str, int]]] = {}
    for line, (case, activity) in enumerate(rows, 2):
        wanted.setdefault(case, []).append((str(activity), line))
    assert {r.case: [(e.activity, e.place.line) for e in r.events] for r in found} == wanted
    assert [r.case for r in found] == list(wanted)
    assert all([e.number for e in r.events] == list(range(1, len(r.events) + 1)) for r in found)


MOMENTS = st.datetimes(
    dt.datetime(1890, 1, 1),
    dt.datetime(2110, 1, 1),
    timezones=st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=-6))]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(MOMENTS, min_size=1, max_size=6, unique=True),
    st.sampled_from(["", "2026-02-03", "03/02/2026 10:15", "2026-02-03T00:00Z"]),
)
def test_times_of_a_table_are_those_of_each_cell(
    tmp_path_factory: pytest.TempPathFactory, moments: list[dt.datetime], odd: str
) -> None:
    texts = [*(moment.isoformat() for moment in moments), *([odd] if odd else [])]
    [record] = records(
        tmp_path_factory.mktemp("horas"), "caso,actividad,fecha\n" + "".join(f"A,1,{text}\n" for text in texts)
    )
    assert [event.at for event in record.events] == [read_time(text)[0] for text in texts]


CELLS = st.text("ab ;,\"\t|'é", max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=8), st.booleans())
def test_columns_of_text_are_those_that_csv_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], quoted: bool
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n").writerows(rows)
    path = tmp_path_factory.mktemp("texto") / "t.csv"
    path.write_text("sep=,\n" + out.getvalue(), encoding="utf-8")
    table = row_table(path)
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    [(_, found)] = table.runs(1, None)
    assert [list(row) for row in zip(*found.columns, strict=True)] == padded
    assert list(found.numbers) == list(range(1, len(rows) + 1))
    assert table.column is not None
    for column in range(1, width + 1):
        assert [cell for cells in table.column(1, column) for cell in cells] == [row[column - 1] for row in padded]
        assert [cell for cells in table.column(2, column) for cell in cells] == [row[column - 1] for row in padded[1:]]


def test_a_long_log_gives_the_same_grouped_and_shuffled(tmp_path: Path) -> None:
    rows = [
        f"C-{n // 40},{n % 40},{dt.datetime(2026, 1, 5) + dt.timedelta(minutes=n):%Y-%m-%d %H:%M}\n"
        for n in range(40_000)
    ]
    grouped = records(tmp_path, "caso,actividad,fecha\n" + "".join(rows))
    random.Random(7).shuffle(rows)
    shuffled = records(tmp_path, "caso,actividad,fecha\n" + "".join(rows))
    assert len(grouped) == len(shuffled) == 1000
    told = {r.case: sorted((e.activity or "", e.at.text if e.at else "") for e in r.events) for r in shuffled}
    assert told == {r.case: sorted((e.activity or "", e.at.text if e.at else "") for e in r.events) for r in grouped}


def test_a_case_of_a_hundred_thousand_events(tmp_path: Path) -> None:
    [record] = records(
        tmp_path, "caso,actividad,fecha\n" + "".join(f"A,{n % 112 + 1},2026-02-03T10:15\n" for n in range(100_000))
    )
    assert (len(record.events), record.events[-1].number, record.gaps) == (100_000, 100_000, ())


def test_a_grouped_log_is_read_case_by_case(tmp_path: Path) -> None:
    import tracemalloc

    def peak(cases: int) -> int:
        path = tmp_path / f"{cases}.csv"
        path.write_text(
            "caso,actividad,fecha\n" + "".join(f"C-{n // 50},{n % 50},2026-02-03T10:15\n" for n in range(cases * 50))
        )
        tracemalloc.start()
        assert sum(len(r.events) for r in read_cases(path)) == cases * 50
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(1200) < 1.5 * peak(400)


def test_workbooks_short_and_long(tmp_path: Path) -> None:
    short = openpyxl.Workbook()
    sheet = short.active
    assert sheet is not None
    sheet.title = "Casos 1"
    for row in (
        ["Registro de casos"],
        [],
        ["Expediente", "Actividad", "Fecha", "Hora", "Puesto", "Documentos", "Para"],
        ["A", 37, dt.datetime(2026, 2, 3), dt.time(10, 15), "Titular", "plan=plan.docx; minuta", "ninguno"],
        ["A", "=1+1", dt.datetime(2026, 2, 4, 9, 30)],
        ["A", "39", "=TODAY()"],
        [None, "38"],
    ):
        sheet.append(row)
    short.create_sheet("Notas").append(["hola"])
    short.save(tmp_path / "corto.xlsx")
    a, nameless = read_cases(tmp_path / "corto.xlsx")
    first, second, third = a.events
    assert first.at is not None
    assert (first.activity, str(first.at.value), first.place.cell) == (
        "37",
        "2026-02-03 10:15:00-06:00",
        "'Casos 1'!B4",
    )
    assert (first.artefacts, first.to) == ((Artefact("plan", "plan.docx"), Artefact("minuta")), ())
    assert second.activity is None
    assert a.gaps[0].reason == "la celda 'Casos 1'!B5 tiene una fórmula sin valor calculado"
    assert "la hoja «Notas» no tiene el encabezado de un registro y no se leyó" in a.notes
    assert (third.at and third.at.problem) == "es una fórmula sin valor calculado"
    assert nameless.gaps[0].place.cell == "'Casos 1'!A7"

    with xlsxwriter.Workbook(str(tmp_path / "largo.xlsx")) as book:
        log, other = book.add_worksheet("Log"), book.add_worksheet("Otra")
        shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        log.write_row(0, 0, ["Caso", "Actividad", "Fecha y hora"])
        for n in range(3000):
            log.write_row(n + 1, 0, [f"C-{n // 50}", n % 50 + 1])
            log.write_datetime(n + 1, 2, dt.datetime(2026, 1, 5, 8) + dt.timedelta(minutes=n), shown)
        other.write_row(0, 0, ["Actividad", "Caso"])
        other.write_row(1, 0, ["7", "C-59"])
    found = list(read_cases(tmp_path / "largo.xlsx"))
    assert (len(found), len(found[0].events), len(found[-1].events)) == (60, 50, 51)
    last = found[-1].events[-1]
    assert (last.number, last.activity, last.place.cell) == (51, "7", "Otra!A2")
    assert found[0].events[1].at is not None
    assert str(found[0].events[1].at.value) == "2026-01-05 08:01:00-06:00"
    assert is_case_file(tmp_path / "corto.xlsx", Limits())
    assert is_case_file(tmp_path / "largo.xlsx", Limits())


def test_a_workbook_that_is_no_log(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Caso", "x"], ["Actividad", "y"], ["Nombre", "Curso"]):
        sheet.append(row)  # the words are there, and in no header
    book.save(tmp_path / "a.xlsx")
    assert not is_case_file(tmp_path / "a.xlsx", Limits())
    with pytest.raises(Unreadable):
        list(read_cases(tmp_path / "a.xlsx"))

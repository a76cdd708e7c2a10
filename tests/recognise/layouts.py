"""One minuta in the layouts that offices use; any field can be left out or left empty."""

from __future__ import annotations

FIELDS = ("fecha", "asunto", "asistentes", "orden_del_dia", "acuerdos", "firmas")
PEOPLE = (("Laura Méndez Ríos", "Titular de División"), ("Jorge Salas Pérez", "TJAP"))
AGENDA = ("Lista de asistencia", "Oferta de cursos 2026", "Acuerdos")
AGREED = (
    ("Elaborar la planeación anual", "Jorge Salas Pérez", "30 de octubre de 2025"),
    ("Revisar la oferta de CLIMSS", "Laura Méndez Ríos", "15 de noviembre de 2025"),
)
DATE, SUBJECT = "14 de octubre de 2025", "Programación anual de cursos virtuales"
RULE = "_" * 28


def _signing() -> str:
    return "\n\n".join(f"{RULE}\n{name}\n{charge}" for name, charge in PEOPLE)


def headings(without: str, empty: str = "") -> tuple[str, str]:
    """Markdown headings, agreements in a table."""
    rows = "\n".join(f"| {n} | {a} | {r} | {f} |" for n, (a, r, f) in enumerate(AGREED, 1))
    parts = {
        "fecha": ("Fecha", DATE),
        "asunto": ("Asunto", SUBJECT),
        "asistentes": ("Personas asistentes", "\n".join(f"- {n}, {c}" for n, c in PEOPLE)),
        "orden_del_dia": ("Orden del día", "\n".join(f"{n}. {a}" for n, a in enumerate(AGENDA, 1))),
        "acuerdos": (
            "Estrategias y acuerdos",
            f"| No. | Acuerdo | Responsable | Fecha compromiso |\n|---|---|---|---|\n{rows}",
        ),
        "firmas": ("Firmas", _signing().replace("\n", "  \n")),
    }
    body = "\n\n".join(f"## {h}\n\n{'' if k == empty else c}" for k, (h, c) in parts.items() if k != without)
    return "minuta.md", f"# Minuta de reunión\n\n{body}\n"


def run_in(without: str, empty: str = "") -> tuple[str, str]:
    """Plain text, a label and a colon a line, agreements as numbered sentences with run-in columns."""
    agreed = "\n".join(
        f"{n}. {a}. Responsable: {r}. Fecha de cumplimiento: {f}." for n, (a, r, f) in enumerate(AGREED, 1)
    )
    parts = {
        "fecha": f"Lugar y fecha: {'' if empty == 'fecha' else 'Ciudad de México, a ' + DATE}",
        "asunto": f"Asunto: {'' if empty == 'asunto' else SUBJECT}",
        "asistentes": f"Participantes: {'' if empty == 'asistentes' else '; '.join(f'Lic. {n} ({c})' for n, c in PEOPLE)}",
        "orden_del_dia": "TEMAS A TRATAR\n"
        + ("" if empty == "orden_del_dia" else "\n".join(f"{n}. {a}" for n, a in enumerate(AGENDA, 1))),
        "acuerdos": "COMPROMISOS\n" + ("" if empty == "acuerdos" else agreed),
        "firmas": "FIRMAS\n\n" + ("" if empty == "firmas" else _signing()),
    }
    return "minuta.txt", "MINUTA DE REUNIÓN\n\n" + "\n\n".join(v for k, v in parts.items() if k != without) + "\n"


def numbered(without: str, empty: str = "") -> tuple[str, str]:
    """Numbered sections whose agenda is numbered too."""
    agreed = "\n".join(f"- {a} (responsable: {r}; fecha compromiso: {f})" for a, r, f in AGREED)
    parts = {
        "fecha": ("FECHA", DATE),
        "asunto": ("ASUNTO", SUBJECT),
        "asistentes": ("ASISTENTES", "\n".join(f"{n}, {c}" for n, c in PEOPLE)),
        "orden_del_dia": ("ORDEN DEL DÍA", "\n".join(f"{chr(97 + n)}) {a}" for n, a in enumerate(AGENDA))),
        "acuerdos": ("ACUERDOS", agreed),
        "firmas": ("FIRMAS", _signing()),
    }
    shown = [(k, h, c) for k, (h, c) in parts.items() if k != without]
    body = "\n\n".join(f"{n}. {h}\n{'' if k == empty else c}" for n, (k, h, c) in enumerate(shown, 1))
    return "minuta.txt", f"MINUTA\n\n{body}\n"


def one_table(without: str, empty: str = "") -> tuple[str, str]:
    """Everything in one table: label cells, full-width section rows, a header row for the agreements."""

    def pair(key: str, label: str, value: str) -> str:
        return "" if key == without else f"<tr><td>{label}</td><td colspan=3>{'' if key == empty else value}</td></tr>"

    agreed = "".join(
        f"<tr><td>{n}</td><td>{a}</td><td>{r}</td><td>{f}</td></tr>" for n, (a, r, f) in enumerate(AGREED, 1)
    )
    section = "<tr><td colspan=4><b>ACUERDOS</b></td></tr><tr><th>No.</th><th>Descripción</th><th>Responsable</th><th>Fecha compromiso</th></tr>"
    signing = "".join(f"<td colspan=2>{RULE}<br>{n}<br>{c}</td>" for n, c in PEOPLE)
    body = (
        pair("fecha", "Fecha", DATE)
        + pair("asunto", "Asunto", SUBJECT)
        + pair("asistentes", "Asistentes", "<br>".join(f"{n}, {c}" for n, c in PEOPLE))
        + pair("orden_del_dia", "Orden del día", "<br>".join(f"{n}. {a}" for n, a in enumerate(AGENDA, 1)))
        + ("" if without == "acuerdos" else section + ("" if empty == "acuerdos" else agreed))
        + (
            ""
            if without == "firmas"
            else "<tr><td colspan=4><b>FIRMAS</b></td></tr>" + ("" if empty == "firmas" else f"<tr>{signing}</tr>")
        )
    )
    return "minuta.html", f"<html><body><h1>Minuta de reunión</h1><table border=1>{body}</table></body></html>"


def people_table(without: str, empty: str = "") -> tuple[str, str]:
    """Attendees in a table with charge; signatures in another with a line in its Firma column."""
    people = "".join(f"<tr><td>{n}</td><td>{c}</td></tr>" for n, c in PEOPLE)
    signed = "".join(
        f"<tr><td>{n}</td><td>{c}</td><td>{'' if empty == 'firmas' else RULE}</td></tr>" for n, c in PEOPLE
    )
    agreed = "".join(f"<tr><td>{a}</td><td>{r}</td><td>{f}</td></tr>" for a, r, f in AGREED)
    parts = {
        "fecha": f"<p><b>Fecha de la reunión:</b> {'' if empty == 'fecha' else DATE}</p>",
        "asunto": f"<p><b>Objetivo de la reunión:</b> {'' if empty == 'asunto' else SUBJECT}</p>",
        "asistentes": f"<h2>Lista de asistencia</h2><table><tr><th>Nombre</th><th>Cargo</th></tr>{'' if empty == 'asistentes' else people}</table>",
        "orden_del_dia": "<h2>Agenda</h2><ul>"
        + ("" if empty == "orden_del_dia" else "".join(f"<li>{a}</li>" for a in AGENDA))
        + "</ul>",
        "acuerdos": f"<h2>Acuerdos y compromisos</h2><table><tr><th>Acuerdo</th><th>Responsable de su cumplimiento</th><th>Fecha límite</th></tr>{'' if empty == 'acuerdos' else agreed}</table>",
        "firmas": f"<h2>Firmas</h2><table><tr><th>Nombre</th><th>Cargo</th><th>Firma</th></tr>{signed}</table>",
    }
    return "minuta.html", "<html><body><h1>Minuta de trabajo</h1>" + "".join(
        v for k, v in parts.items() if k != without
    ) + "</body></html>"


LAYOUTS = {f.__name__: f for f in (headings, run_in, numbered, one_table, people_table)}

"""Reports, analyses and recommendations in the layouts of offices: recognised as what they are, and told what they lack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .papers import form, prose, sheet, verdict

HALLAZGOS = ["Diferimiento de cirugías en dos hospitales", "Desabasto de material de curación"]
QUEJAS = (
    ("OOAD / UMAE", "Quejas", "Gestiones", "Derechohabientes", "Usuarios", "Patrones"),
    ("OOAD Jalisco", 40, 120, 100, 50, 10),
    ("UMAE La Raza", 12, 30, 30, 12, 0),
)
VINCULACION = (
    ("Ámbito", "Problemática", "Instancia"),
    ("Tres órdenes de gobierno", "Convenio estatal sin renovar", "Gobierno de Colima"),
    ("Legislativo", "Punto de acuerdo sin respuesta", "Cámara de Diputados"),
    ("Internacional", "Sin problemáticas en el mes", ""),
)
ACUERDOS = (
    ("No.", "Acuerdo", "Área normativa", "Área operativa", "Fecha compromiso"),
    (1, "Habilitar dos quirófanos", "Prestaciones Médicas", "OOAD Jalisco", "30/03/2026"),
)
PLANES = (
    ("OOAD", "Acción de mejora", "Evaluación", "% de avance"),
    ("Jalisco", "Depurar listas de espera", "Integral 2025", "80 %"),
)
ACCIONES = (
    ("Ámbito", "Acción", "Seguimiento"),
    ("Tres órdenes de gobierno", "Renovación de convenio", "En firma"),
    ("Legislativo", "Respuesta a punto de acuerdo", "Enviada"),
    ("Internacional", "Agenda con la OISS", "Concluida"),
)
ANALISIS = (
    ("Elementos cualitativos", "Percepción de saturación entre el personal."),
    ("Elementos cuantitativos", "1,200 cirugías diferidas en el trimestre."),
    ("Elementos normativos", "Ley del Seguro Social."),
    ("Escenarios", "Tendencial y deseable."),
    ("Premisas", "Plantilla constante."),
    ("Ponderación de los eventuales acontecimientos", "Alta en invierno."),
    ("Posibles consecuencias futuras", "Aumento de quejas."),
)
RECOMENDACION = (
    ("Recomendación", "Contratar el suministro por dos años."),
    ("Escenarios", "Tendencial y deseable."),
    ("Premisas", "Precio estable."),
    ("Eventuales acontecimientos", "Licitación desierta."),
    ("Normativa aplicable", "Ley de Adquisiciones."),
    ("Consecuencias de no atender", "Falta de material de curación."),
)
RIESGO = ("Riesgo operativo residual", "Riesgo de desabasto de material")
MES = ("Mes", "enero de 2026")
Made = Callable[[Path], Path]


def _md(title: str, *paragraphs: str) -> Made:
    def made(path: Path) -> Path:
        file = path.with_suffix(".md")
        file.write_text(f"# {title}\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
        return file

    return made


COMPLIANT: dict[str, tuple[str, Made]] = {
    "integral, headings": (
        "informe-evaluacion-integral",
        lambda p: prose(p, "Informe de Evaluación Integral al OOAD Estatal Jalisco", [("Reunión de presentación de resultados", "3 de febrero de 2026")], [("Antecedentes", "Conforme al Programa Anual de Trabajo."), ("Hallazgos", HALLAZGOS)]),
    ),
    "específica, text": (
        "informe-evaluacion-especifica",
        _md("Informe de evaluación específica", "**Unidad administrativa:** Unidad de Evaluación de Órganos Desconcentrados", "**Solicitada por:** Dirección de Prestaciones Médicas", "## Problemáticas detectadas", "1. Listas de espera sin depurar en la UMAE\n2. Falta de personal"),
    ),
    "verificación, headings": (
        "informe-verificacion",
        lambda p: prose(p, "Informe de verificación", [("Fecha de conclusión", "2 de febrero de 2026")], [("Resultados de la verificación", HALLAZGOS)]),
    ),
    "ejecutivo, form": (
        "informe-ejecutivo",
        lambda p: form(p, "Informe ejecutivo de la evaluación integral", [("OOAD", "Sonora"), ("Principales hallazgos", "Equipo médico sin mantenimiento preventivo desde 2024")]),
    ),
    "quejas, paper": (
        "informe-quejas-gestiones",
        lambda p: prose(p, "Informe de las quejas y gestiones en los OOAD y UMAE", [MES, ("Unidad administrativa", "Unidad de Atención a la Derechohabiencia")], [("Quejas y gestiones por OOAD y UMAE", QUEJAS)]),
    ),
    "quejas, workbook": ("informe-quejas-gestiones", lambda p: sheet(p.with_suffix(".xlsx"), "Informe de quejas y gestiones", [MES], QUEJAS[0], QUEJAS[1:])),
    "coyunturales": (
        "reporte-temas-coyunturales",
        lambda p: prose(p, "Reporte de temas coyunturales de impacto mediático", [MES], [("Temas coyunturales", [("Tema", "OOAD / UMAE", "Medio"), ("Falla de elevador", "OOAD Quintana Roo", "Prensa")])]),
    ),
    "vinculación, table": (
        "informe-problematicas-vinculacion",
        lambda p: prose(p, "Informe de identificación de problemáticas operativas", [MES], [("Problemáticas operativas", VINCULACION)]),
    ),
    "operativo": (
        "informe-operativo",
        lambda p: prose(p, "Informe Operativo", [("Última actualización", "30 de enero de 2026"), ("Unidad administrativa", "CAPSOI")], [("Riesgos operativos", ["Baja productividad quirúrgica en tres OOAD"])]),
    ),
    "minuta": (
        "minuta-rtm",
        lambda p: prose(p, "Minuta de la Reunión de Trabajo Multidisciplinaria", [("Fecha", "3 de febrero de 2026"), ("Sede", "Guadalajara")], [("Participantes", ["Laura Méndez Ríos, Directora de Prestaciones Médicas"]), ("Acuerdos", ACUERDOS)]),
    ),
    "riesgos, list": (
        "informe-riesgos-rtr",
        lambda p: prose(p, "Informe de riesgos detectados en las RTR", [MES], [("Riesgos detectados", ["Vencimiento de contratos en Sonora", "Falta de anestesiólogos en Durango"])]),
    ),
    "riesgos, workbook": (
        "informe-riesgos-rtr",
        lambda p: sheet(p.with_suffix(".xlsx"), "Informe de riesgos detectados en las Reuniones de Trabajo Remotas", [MES], ("No.", "Riesgo", "OOAD"), [(1, "Vencimiento de contratos", "Sonora")]),
    ),
    "planes de mejora": (
        "presentacion-seguimiento-planes-mejora",
        lambda p: prose(p, "Presentación de Resultados del Seguimiento de los Planes de Mejora", [("Fecha de la reunión", "3 de febrero de 2026")], [("Planes de mejora", PLANES)]),
    ),
    "mitigación": (
        "informe-mitigacion-mediatica",
        lambda p: prose(p, "Informe de las acciones de mitigación de efectos negativos de temas coyunturales de impacto mediático", [MES], [("Acciones de mitigación", [("Tema", "Acción", "Resultado"), ("Falla de elevador", "Entrevista aclaratoria", "Bajaron las notas")])]),
    ),
    "seguimiento de vinculación": (
        "informe-seguimiento-vinculacion",
        lambda p: prose(p, "Informe de seguimiento a las acciones institucionales", [MES], [("Acciones institucionales", ACCIONES)]),
    ),
    "avance de acuerdos": (
        "reporte-avance-acuerdos-rtm",
        lambda p: sheet(p.with_suffix(".xlsx"), "Reporte de avance en el cumplimiento de acuerdos de las RTM", [("Corte al", "31/01/2026")], ("No.", "RTM", "Acuerdo", "Avance"), [(1, "Guadalajara", "Habilitar quirófanos", "50 %")]),
    ),
    "seguimiento de riesgos": (
        "informe-seguimiento-riesgos-rtr",
        lambda p: prose(p, "Informe de Seguimiento de Riesgos Operativos en las RTR", [MES], [("Riesgos operativos", [("Riesgo", "OOAD", "Seguimiento"), ("Vencimiento de contratos", "Sonora", "Contrato en firma")])]),
    ),
    "análisis, headings": ("analisis-integral", lambda p: prose(p, "Análisis integral de las problemáticas operativas residuales", [("Problemática residual", "Diferimiento de cirugías")], ANALISIS)),
    "análisis, form": ("analisis-integral", lambda p: form(p, "ANÁLISIS INTEGRAL DE PROBLEMÁTICAS OPERATIVAS RESIDUALES", ANALISIS)),
    "recomendación": ("recomendacion", lambda p: prose(p, "Recomendación", [RIESGO, ("Naturaleza", "Preventiva")], RECOMENDACION)),
    "trazabilidad": (
        "analisis-de-trazabilidad",
        lambda p: prose(p, "Análisis de trazabilidad del proceso de programación quirúrgica", [("Proceso", "Programación quirúrgica")], [("Tramos de control", [("Etapa", "Tramo de control", "Responsable"), ("Valoración", "Protocolo completo", "Jefatura de Cirugía")])]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", COMPLIANT)
def test_each_layout_is_recognised_and_complies(layout: str, tmp_path: Path) -> None:
    kind, made = COMPLIANT[layout]
    assert verdict(made(tmp_path / "entrega.docx")) == (kind, "compliant", set())


BROKEN: dict[str, tuple[Made, set[tuple[str, str]]]] = {
    "another unit issues it": (
        lambda p: prose(p, "Informe Operativo", [("Unidad administrativa", "Unidad de Comunicación Social")], [("Riesgos operativos", ["Baja productividad quirúrgica en tres OOAD"])]),
        {("OT-039.emisor", "unidad")},
    ),
    "no UMAE, and not from whom": (
        lambda p: sheet(p.with_suffix(".xlsx"), "Informe de quejas y gestiones", [MES], ("OOAD", "Quejas", "Gestiones"), [("Jalisco", 40, 120)]),
        {("OT-035.cobertura", "documento")},
    ),
    "an ámbito is missing": (
        lambda p: prose(p, "Informe de identificación de problemáticas operativas", [MES], [("Problemáticas operativas", VINCULACION[:3])]),
        {("OT-038.ambitos", "documento")},
    ),
    "no follow-up": (
        lambda p: prose(p, "Informe de seguimiento a las acciones institucionales", [MES], [("Acciones institucionales", [(*ACCIONES[1][:2], None) if n == 1 else row for n, row in enumerate(ACCIONES)])]),
        {("OT-048.seguimiento", "acciones[1].seguimiento")},
    ),
    "no premises": (
        lambda p: prose(p, "Análisis integral de las problemáticas operativas residuales", [], [s for s in ANALISIS if s[0] != "Premisas"]),
        {("OT-059.premisas", "premisas")},
    ),
    "a risk without its nature": (lambda p: prose(p, "Recomendación", [RIESGO], RECOMENDACION), {("OT-063.naturaleza", "naturaleza")}),
    "nothing is described": (
        lambda p: prose(p, "Informe de Evaluación Integral", [("Unidad administrativa", "UEOD"), ("Fecha", "6 de febrero de 2026")], [("Problemáticas operativas", "")]),
        {("OT-030.descripcion", "documento"), ("OT-030.problematicas", "problematicas")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_is_told_and_nothing_else(fault: str, tmp_path: Path) -> None:
    made, found = BROKEN[fault]
    _, outcome, told = verdict(made(tmp_path / "entrega.docx"))
    assert (outcome, told) == ("noncompliant", found)

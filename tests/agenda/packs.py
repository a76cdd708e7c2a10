"""A small pack with every kind of duty."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "pack.yaml": """\
id: demo/plazos
prefix: DP
title: Norma de plazos
issuer: Oficina
edition: '2025'
clave: DP-01
days: business
numerals: {"N-": ""}
""",
    "roles.yaml": """\
- {id: area, name: Área de Informes, source: '1', abbreviations: [AI]}
- {id: titular-del-area, name: Persona titular del Área de Informes, source: '1', aliases: [Titular de la AI]}
- {id: otra, name: Otra Unidad, source: '1', abbreviations: [OU]}
""",
    "obligations.yaml": "".join(f"DP-{n:03}: {{numeral: 'N-{n}', demands: Algo}}\n" for n in range(1, 16)),
    "interpretations.yaml": """\
- id: DP-i01
  numeral: '3'
  open: ¿Hábiles?
  readings: [{id: naturales, text: Naturales.}, {id: habiles, text: Hábiles.}]
  taken: naturales
  why: Nada dice.
""",
    "procedures/informar.yaml": """\
id: informar
title: Informar
source: '1'
told_by: DP-001
artefacts:
  informe: {title: Informe mensual}
  acta: {title: Acta}
  mapa: {title: Mapa}
  nota: {title: Nota}
activities:
  entrega: {name: Entrega, obligation: DP-001, milestone: true, roles: [area, otra], does: [informe]}
  reunion: {name: Reunión de resultados, obligation: DP-001, milestone: true, roles: [otra], does: [acta]}
  convocar: {name: Convocar, obligation: DP-001, milestone: true, roles: [titular-del-area], sends: [{artefact: mapa}]}
  vigilar: {name: Vigilar los medios, obligation: DP-001, milestone: true}
""",
    "rules/casos.yaml": """\
- id: DP-001.cierre
  title: El informe se entrega dentro de 5 días del cierre del mes
  on: {case: informar}
  deadline: {of: {activity: [entrega], artefact: informe}, within: 5 days, close_of: month}
  remedy: Entregarlo.
- id: DP-001.quien
  title: El informe lo entrega el área
  on: {case: informar}
  may_act: {of: {activity: [entrega], artefact: informe}, roles: [area]}
  remedy: Que lo entregue el área.
- id: DP-002.cada-mes
  title: El informe es mensual
  on: {case: informar}
  periodicity: {of: {activity: [entrega], artefact: informe}, every: month}
  remedy: Entregarlo cada mes.
- id: DP-003.primeros-naturales
  title: Se convoca en los primeros días
  on: {case: informar}
  interpretation: DP-i01
  reading: naturales
  deadline: {of: {activity: [convocar]}, within: 5 calendar days, opening_of: month, months: [1, 4]}
  remedy: Convocar.
- id: DP-003.primeros-habiles
  title: Se convoca en los primeros días hábiles
  on: {case: informar}
  interpretation: DP-i01
  reading: habiles
  deadline: {of: {activity: [convocar]}, within: 5 business days, opening_of: month, months: [1, 4]}
  remedy: Convocar.
- id: DP-004.ventana
  title: La reunión es en el último trimestre
  on: {case: informar}
  window: {of: {activity: [reunion]}, months: [10, 11, 12]}
  remedy: Reunirse a tiempo.
- id: DP-005.semanal
  title: La reunión es semanal
  on: {case: informar}
  periodicity: {of: {activity: [reunion]}, every: week, times: 2}
  remedy: Reunirse.
- id: DP-006.diario
  title: Los medios se vigilan a diario
  on: {case: informar}
  periodicity: {of: {activity: [vigilar]}, every: day}
  remedy: Vigilar.
- id: DP-007.acta
  title: El acta se entrega dentro de 5 días
  on: {case: informar}
  deadline: {of: {artefact: acta}, within: 5 days, after: {activity: [reunion]}}
  remedy: Entregarla.
- id: DP-014.acta-semestral
  title: Hay un acta cada semestre
  on: {case: informar}
  periodicity: {of: {artefact: acta}, every: semester}
  remedy: Levantarla.
- id: DP-015.ventana
  title: Todo se hace en septiembre
  on: {case: informar}
  window: {of: {activity: [entrega, reunion, convocar]}, months: [9]}
  remedy: Hacerlo.
- id: DP-007.consta
  title: Después de la reunión consta el acta
  on: {case: informar}
  deadline: {of: {activity: [entrega]}, within: 5 days, after: {activity: [reunion]}, missing: only}
  remedy: Entregarla.
- id: DP-007.consta-el-acta
  title: Después de convocar consta el acta
  on: {case: informar}
  deadline: {of: {artefact: acta}, within: 9 days, after: {activity: [convocar]}, missing: only}
  remedy: Entregarla.
- id: DP-007.consta-la-vigilancia
  title: Después de convocar se vigilan los medios
  on: {case: informar}
  deadline: {of: {activity: [vigilar], artefact: nota}, within: 9 days, after: {activity: [convocar]}, missing: only}
  remedy: Vigilar.
- id: DP-008.mismo-dia
  title: El acta se firma el mismo día
  on: {case: informar}
  numeral: '8.1'
  deadline: {of: {artefact: acta}, within: 0 days, after: {activity: [reunion]}, when: {artefact: mapa}}
  remedy: Firmarla.
- id: DP-009.antes
  title: Se convoca uno o dos días antes
  on: {case: informar}
  deadline: {of: {activity: [convocar]}, within: 2 days, at_least: 1 day, before: {activity: [reunion]}}
  remedy: Convocar.
- id: DP-010.un-dia-antes
  title: Se convoca un día antes
  on: {case: informar}
  deadline: {of: {activity: [convocar]}, within: 1 day, at_least: 1 day, before: {activity: [reunion]}}
  remedy: Convocar.
- id: DP-011.a-mas-tardar
  title: Se convoca al menos una semana antes
  on: {case: informar}
  deadline: {of: {activity: [convocar]}, at_least: 1 week, before: {activity: [reunion]}}
  remedy: Convocar.
- id: DP-012.un-dia-despues
  title: El acta se entrega al día siguiente
  on: {case: informar}
  deadline: {of: {artefact: acta}, within: 1 day, after: {artefact: informe}}
  remedy: Entregarla.
- id: DP-013.no-antes
  title: El mapa no se envía antes de un mes
  on: {case: informar}
  deadline: {of: {artefact: mapa}, at_least: 1 month, after: {activity: [reunion]}}
  remedy: Esperar.
""",
}


def written(folder: Path) -> Path:
    """The pack on disk; the folder that ``--rules`` names."""
    for name, text in FILES.items():
        path = folder / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder

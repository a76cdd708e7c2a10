"""Telling names of people and their charges from other words."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from checker.spanish.text import NUMBERING, flat, is_placeholder, squeeze, undecorated

_TITLES = (
    "lic lcda lcdo licda licdo licenciado licenciada ing ingeniero ingeniera dr dra doctor doctora mtro mtra "
    "maestro maestra mtr arq arquitecto arquitecta c cc cp cpc ciudadano ciudadana prof profr profra profesor "
    "profesora psic biol enf qfb quim antrop soc sr sra srta t s ts tec mci mba mgtr mg abog pas pedag ps lae "
    "lcc lti lia lda lds cd act fis mat econ ph d phd"
).split()
_TITLE = re.compile(
    rf"^(?:(?:c\.\s?p(?:\.\s?c)?|{'|'.join(sorted(_TITLES, key=len, reverse=True))})\b\.?\s*(?:en\s+[a-z]\.\s*)?)+",
    re.IGNORECASE,
)
_PARTICLES = frozenset(("de del la las los y e i da di do dos van von san santa mc mac").split())
_CHARGE = re.compile(
    r"^(?:persona\s+)?(?:el\s+|la\s+|los\s+|las\s+)?(?:titular(?:es)?|jef[ea]|jefatura|subjef[ea]|director(?:a)?|direccion|subdirector(?:a)?|"
    r"coordinador(?:a)?|coordinacion|encargad[oa]|responsable|administrador(?:a)?|secretari[oa]|analista|enlace|asesor(?:a)?|auxiliar|supervisor(?:a)?|"
    r"gerente|subgerente|president[ea]|vocal|integrante|representante|delegad[oa]|subdelegad[oa]|trabajador(?:a)?|promotor(?:a)?|orientador(?:a)?|"
    r"instructor(?:a)?|docente|ponente|tecnic[oa]|medic[oa]|abogad[oa]|contador(?:a)?|especialista|ejecutiv[oa]|division|departamento|oficina|area|"
    r"consultor(?:a)?|disenador(?:a)?|programador(?:a)?|desarrollador(?:a)?|pedagog[oa]|comisionad[oa]|rector(?:a)?|persona\s+\w+ora?|prestador(?:a)?|personal|"
    r"operador(?:a)?|capturista|lider|profesional|servidor(?:a)?|tjap|tjd|tjo|tjs|td|rwdcat|dcat|ooad|suplente|invitad[oa]|apoyo|unidad|subdireccion|"
    r"delegacion|subdelegacion|centro|hospital|clinica|instituto|gerencia|subgerencia|umf|hgz|css|"
    r"jurisdiccion|tutor(?:a)?|moderador(?:a)?|relator(?:a)?)\b"
)
_NOT_IN_NAMES = frozenset(
    (
        "reunion acuerdo acuerdos fecha programa programas curso cursos instituto mexicano seguro social division "
        "jefatura departamento oficina coordinacion direccion unidad titular persona orden dia asunto minuta plan "
        "anual lista asistencia firma firmas nombre cargo acta informe tema temas puntos lugar hora sala juntas "
        "virtual virtuales capacitacion difusion general generales asistentes participantes compromiso compromisos "
        "responsable area produccion centro servicios prestaciones sociales economicas nacional ciudad mexico "
        "estado gobierno secretaria correo electronico se el los las un una no si que para con por su sus al en es "
        "son este esta nota observaciones presente conformidad sesion trabajo calendario material webinar webinars "
        "edutk climss semana mes ano horas plataforma plataformas avance avances revision propuesta proyecto enero "
        "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles "
        "jueves viernes sabado domingo atentamente elaboro reviso autorizo aprobo vobo rubrica sello digital "
        "firmado electronica pagina anexo total desarrollo cultural metropolitana metropolitano norte sur oriente poniente "
        "regional estatal comunitaria comunitario economico"
    ).split()
)
_WORD = re.compile(r"^[^\W\d_][\w.'’\-]*$")
_INITIAL = re.compile(r"^[A-ZÁÉÍÓÚÑ]\.$")


class NamedPerson(msgspec.Struct, frozen=True):
    """A person named at ``text[start:end]`` with the charge that follows, if any."""

    name: str
    charge: str
    start: int


def bare_name(text: str) -> str:
    """The name without academic titles: ``Lic. Laura Méndez`` → ``Laura Méndez``."""
    text = squeeze(undecorated(text)).strip(" .,;:-–—")
    match = _TITLE.match(flat(text))
    return text[match.end() :].strip(" .") if match else text


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Two to seven capitalised words, particles aside, none of which speaks of offices; one suffices after a title."""
    plain = squeeze(undecorated(text)).strip(" .,;:-–—")
    name = bare_name(plain)
    titled = len(name) < len(plain)
    words = name.split()
    if (
        not 1 <= len(words) <= 8
        or len(name) > 70
        or flat(words[0]) in ("el", "la", "los", "las", "y", "e", "de", "del")
    ):
        return False
    proper = 0
    for word in words:
        if flat(word) in _PARTICLES and not (word[:1].isupper() and len(word) > 3):
            continue
        if not _WORD.match(word) or not word[0].isupper() or flat(word.strip(".")) in _NOT_IN_NAMES:
            return False
        if len(word.strip(".")) > 1 and word.isupper() and not re.search("[AEIOUÁÉÍÓÚÜY]", word):
            return False
        if proper and _CHARGE.match(flat(word)):
            return False  # «Patricia Ornelas Vega. Promotora de Salud»
        proper += 0 if _INITIAL.match(word) else 1
    return (proper >= 2 or (titled and proper >= 1)) and not _CHARGE.match(flat(name))


def is_charge(text: str) -> bool:
    """Begins as a charge or an office: ``Titular de la División …``, ``TJAP``."""
    return (
        bool(_CHARGE.match(flat(NUMBERING.sub("", squeeze(undecorated(text)), count=1)).strip())) and len(text) <= 200
    )


_LINKED = re.compile(r"\b(?:de|del|la|las|los|el|y|e|en|para|por)$")
_UNFINISHED = re.compile(
    r"\b(?:coordinacion|unidad|division|jefatura|departamento|oficina|direccion|area|titular|organo|delegacion)$"
)


def carries_on(charge: str, line: str) -> bool:
    """``line`` ends a charge that the width of its column has broken: «Titular de la Coordinación / Administrativa»."""
    bare = squeeze(line)
    words = bare.split()
    if not words or len(words) > 10 or bare.endswith(":") or any(c.isdecimal() for c in bare):
        return False
    if words[0] in ("de", "del", "la", "las", "los", "y", "e", "en") or not words[0][:1].isalpha():
        return words[0][:1].isalpha()
    end = flat(charge).rstrip(" .")
    others = any(is_name(p) or is_charge(p) for _, p in _pieces(bare, _SPLIT_PARTS))
    return bool(_LINKED.search(end)) or (bool(_UNFINISHED.search(end)) and not others)


_ADDRESS = re.compile(
    r"\b(?:av\.|avenida|calle|calz\.|calzada|blvd\.|boulevard|col\.|colonia|c\.\s?p\.\s?\d{5}|alcaldia|tel\.|tels?\b|ext\.|www\.|https?:|"
    r"piso \d|paseo de)"
)


def is_address(text: str) -> bool:
    """The address of an office, as letterheads have it: «Av. Paseo de la Reforma 476, Col. Juárez, C.P. 06600»."""
    return len(text) < 300 and len(set(_ADDRESS.findall(flat(text)))) >= 2


_INITIALS = re.compile(r"[a-z]\.\s?[a-z]\.")  # «C.P. Raúl Soto» is no item c)
_SPLIT_LINES = re.compile(r"\n|;")
_SPLIT_ITEMS = re.compile(r"\n|;|\t+| {3,}| [•·▪|] ")
_SPLIT_PARTS = re.compile(r"\s*,\s+|\s*[–—]\s*|\s+-\s+|\s*[()]\s*|\s*:\s+|\s+/\s+")
_AND = re.compile(r"(?:^|\s+)(?:y|e)\s+(?=[A-ZÁÉÍÓÚÑ]|(?:la\s+|el\s+)?persona\s)")


@lru_cache(maxsize=2048)
def find_people(text: str) -> tuple[NamedPerson, ...]:
    """The people of an attendance list in any of its forms: one a line, by semicolons, by commas; charges after comma, dash or parenthesis.

    A person given only by charge has the charge as name.
    """
    people: list[NamedPerson] = []
    if inverted := _surnames_first(text):
        return tuple(inverted)
    for start, item in _pieces(text, _SPLIT_ITEMS):
        item_text = item
        offset = start
        numbering = NUMBERING.match(flat(item_text))
        if numbering and not _INITIALS.match(flat(item_text)):
            offset += numbering.end()
            item_text = item_text[numbering.end() :]
        if is_placeholder(item_text) or is_address(item_text):
            continue
        own_line = start > 0 and text[start - 1] == "\n"
        if (
            own_line
            and people
            and not people[-1].charge
            and is_charge(item_text)
            and not _SPLIT_PARTS.search(item_text)
        ):
            people[-1] = NamedPerson(people[-1].name, squeeze(item_text), people[-1].start)
        elif own_line and people and people[-1].charge and carries_on(people[-1].charge, item_text):
            last = people[-1]
            charge = squeeze(f"{last.charge} {item_text}")
            people[-1] = NamedPerson(charge if last.name == last.charge else last.name, charge, last.start)
        else:
            _people_of_item(item_text, offset, people)
    return tuple(people)


def _surnames_first(text: str) -> list[NamedPerson]:
    """«CÁRDENAS MEJÍA, ROSA ISELA» on every one of several lines: surnames, comma, names; one such line could be two people."""
    if "," not in text:
        return []
    lines = [(s, line.split(",")) for s, line in _pieces(text, _SPLIT_LINES)]
    if len(lines) < 2 or not all(len(parts) == 2 for _, parts in lines):
        return []
    swapped = [(s, f"{parts[1].strip()} {parts[0].strip()}") for s, parts in lines]
    short = all(1 <= len(bare_name(p).split()) <= 2 and not is_charge(p) for _, parts in lines for p in parts)
    return (
        [NamedPerson(bare_name(n), "", s) for s, n in swapped] if short and all(is_name(n) for _, n in swapped) else []
    )


def _people_of_item(item: str, offset: int, people: list[NamedPerson]) -> None:
    before = len(people)
    for start, part in _pieces(item, _SPLIT_PARTS):
        names = _pieces(part, _AND)
        if len(names) == 1:
            start, part = start + names[0][0], names[0][1]
        if len(names) > 1 and all(is_name(n) or is_charge(n) for _, n in names):
            for s, n in names:
                if is_name(n):
                    people.append(NamedPerson(bare_name(n), "", offset + start + s))
                elif not (len(people) > before and not people[-1].charge):
                    people.append(NamedPerson(squeeze(n), squeeze(n), offset + start + s))
        elif is_name(part):
            people.append(NamedPerson(bare_name(part), "", offset + start))
        elif is_charge(part):
            if len(people) > before and not people[-1].charge:
                last = people[-1]
                people[-1] = NamedPerson(last.name, squeeze(part), last.start)
            elif len(people) > before and people[-1].name != people[-1].charge:
                last = people[-1]
                people[-1] = NamedPerson(last.name, f"{last.charge}, {squeeze(part)}", last.start)
            else:
                people.append(NamedPerson(squeeze(part), squeeze(part), offset + start))
        elif name := _leading_name(part):
            people.append(NamedPerson(bare_name(name), squeeze(part[len(name) :]).strip(" ."), offset + start))


_CONNECTOR = re.compile(r"\s+(?:del?\s+la|del|de|por|en|como|quien|adscrit[oa])\s+", re.IGNORECASE)


def _leading_name(part: str) -> str:
    """``Laura Méndez Ríos de la Oficina …`` → the name that begins it, or nothing."""
    for match in _CONNECTOR.finditer(part):
        if is_name(part[: match.start()]):
            return part[: match.start()]
    words = part.split(" ")
    for count in range(min(6, len(words) - 1), 1, -1):
        head = " ".join(words[:count])
        if is_name(head) and is_charge(" ".join(words[count:]).lstrip(".-–— ")):
            return head
    return ""


def names_within(text: str) -> list[str]:
    """Names of people inside running text: ``El Lic. Jorge Salas Pérez elaborará …``."""
    found: list[str] = []
    for match in re.finditer(
        r"(?:[A-ZÁÉÍÓÚÑ][\w.'’]*\.?)(?:\s+(?:(?:de|del|la|las|los)\s+){0,2}[A-ZÁÉÍÓÚÑ][\w.'’]*)+", text
    ):
        words = match.group().rstrip(".").split()
        for start in range(len(words)):
            candidate = " ".join(words[start:])
            if words[start + 1 : start + 2] and flat(words[start + 1]) in ("de", "del") and is_charge(candidate):
                break  # «Promotora de Salud Comunitaria»
            if is_name(candidate):
                found.append(bare_name(candidate))
                break
    return found


def _pieces(text: str, separator: re.Pattern[str]) -> list[tuple[int, str]]:
    """Non-blank pieces of ``text`` between separators, each with its offset."""
    pieces: list[tuple[int, str]] = []
    start = 0
    for match in separator.finditer(text):
        pieces.append((start, text[start : match.start()]))
        start = match.end()
    pieces.append((start, text[start:]))
    return [(s, p) for s, p in pieces if p.strip()]

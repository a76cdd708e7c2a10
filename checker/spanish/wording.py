"""How a sentence is written: its infinitive, acronyms, abbreviations and qualifying adjectives; closed lists, and doubt beyond them."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from checker.spanish.text import NUMBERING, flat, undecorated

Answer = Literal["yes", "no", "unsure"]

_INFINITIVE = re.compile(r"^[a-z-]*[a-z](?:ar|er|ir)$")
_ENCLITICS = ("selos", "selas", "selo", "sela", "nos", "los", "las", "les", "se", "lo", "la", "le", "me", "te")
_NOUNS = frozenset(
    # nouns and adjectives in -ar, -er, -ir that are no infinitives
    """altar alfiler alquiler ayer azar bachiller bienestar calamar canciller celular chofer collar consular curricular
    cualquier dispar ejemplar elixir emir escolar familiar hangar hogar hospitalar impar insular interdisciplinar lugar lunar malestar
    mar mercader molecular mujer multidisciplinar muscular nadir nuclear ocular par particular pilar placer polar popular
    porvenir preescolar preliminar primer quehacer secular similar singular solar taller tercer vascular vehicular
    cardiovascular burla burlas charla charlas extraescolar unifamiliar bipolar angular rectangular""".split()
)
_SHORT = frozenset("dar ir leer oir reir ser ver".split())
"""Infinitives of few letters that bear enclitics; others so short are no verbs (``perla``)."""
_EITHER = frozenset("auxiliar circular deber militar parecer poder regular saber ser titular haber pesar".split())
"""Infinitives that are nouns or adjectives as well: only what follows tells."""
_ROMAN = re.compile(r"^(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_CAPITALS = re.compile(r"(?<![^\W_])[^\W\d_a-záéíóúüñ]{2,}s?(?![^\W_])")
_DOTTED = re.compile(r"(?<!\w)(?:[A-ZÑ]\.){3,}")
_PLAIN_WORDS = frozenset(
    "A AL CON DE DEL EL EN ES ESTA LA LAS LO LOS NI NO O PARA POR QUE SE SI SIN SU SUS U UN UNA Y YA".split()
)
"""Ordinary words that emphasis writes in capitals."""
_ABBREVIATIONS = re.compile(
    r"""(?<![\w.])(?:
        etc | arts? | n[uú]ms? | nos?(?=\.\s*\d) | lics? | dra?s? | ings? | mtr[oa]s? | arqs? | admt?v[oa] | admon | coord | depto | dpto
      | sr[ií]a | srio | gral | nal | aprox | fracc | p[aá]gs? | tels? | edo | exp(?=\.\s*\d) | ej | hrs | ofna | jef | subdir | deleg
      | [A-Z]\.[A-Z](?!\.[A-Z]) | p\.\s?ej | vo\.\s?bo | s\.\s?a | c\.\s?v | a\.\s?c | c\.\s?p | r\.\s?f\.\s?c
    )\.|(?<!\w)(?:c/u|s/n|p/p)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_ADJECTIVES = re.compile(
    r"""(?<!\w)(?:
        excelentes? | [oó]ptim[oa]s? | eficientes? | ineficientes? | eficac?e?[sz] | adecuad[oa]s? | inadecuad[oa]s?
      | id[oó]ne[oa]s? | magn[ií]fic[oa]s? | extraordinari[oa]s? | excepcional(?:es)? | inmejorables? | oportun[oa]s?
      | buen | buen[oa]s? | mal[oa]s? | p[eé]sim[oa]s? | modern[oa]s? | innovador(?:a|es|as)? | robust[oa]s? | s[oó]lid[oa]s?
      | [aá]gil(?:es)? | r[aá]pid[oa]s? | ampli[oa]s? | profund[oa]s? | importantes? | relevantes? | valios[oa]s?
      | correct[oa]s? | incorrect[oa]s? | plen[oa]s? | maravillos[oa]s? | incre[ií]bles? | novedos[oa]s? | perfect[oa]s?
      | impecables? | satisfactori[oa]s? | deficientes? | efectiv[oa]s? | c[aá]lid[oa]s? | dign[oa]s? | suficientes?
      | insuficientes? | transparentes?
    )(?!\w)""",
    re.VERBOSE,
)


def begins_with_infinitive(text: str) -> tuple[Answer, str]:
    """Whether the first word is a verb in infinitive, reflexive or with other enclitics included, and that word as written.

    A number or a bullet before it does not count. Words that are infinitives and nouns alike (``circular``, ``titular``) are unsure
    before ``de`` or a number, and so is an infinitive behind ``no``.

    >>> begins_with_infinitive("1.2 Coordinarse con las áreas")
    ('yes', 'Coordinarse')
    """
    bare = _bare(text)
    words = _WORD.findall(bare)
    if not words:
        return "no", ""
    first, after = words[0], flat(words[1]) if len(words) > 1 else ""
    word = flat(first)
    if word == "no" and after and _infinitive(words[1]) != "no":
        return "unsure", first
    if word in _EITHER:
        return ("unsure" if after in ("de", "del") or after[:1].isdigit() or not after else "yes"), first
    return _infinitive(first), first


def acronyms(text: str) -> list[str]:
    """Words of two or more capitals that are no roman numerals: ``IMSS``, ``OOAD``, ``I.M.S.S.``.

    Nothing in a text that is all in capitals, nor in three or more such words in a row, which are emphasis.
    """
    if not re.search(r"[a-záéíóúüñ]", text):
        return []
    found = [m.group() for m in _DOTTED.finditer(text)]
    runs: list[list[re.Match[str]]] = []
    for match in _CAPITALS.finditer(text):
        if runs and not text[runs[-1][-1].end() : match.start()].strip():
            runs[-1].append(match)
        else:
            runs.append([match])
    for run in runs:
        words = [m.group() for m in run if m.group() not in _PLAIN_WORDS]
        if len(run) < 3 and len(words) == len(run):
            found += [w for w in words if not _ROMAN.match(w)]
    return list(dict.fromkeys(found))


def abbreviations(text: str) -> list[str]:
    """Abbreviations with their point, of a closed list: ``etc.``, ``núm.``, ``Lic.``."""
    return list(dict.fromkeys(m.group() for m in _ABBREVIATIONS.finditer(text)))


def qualifying_adjectives(text: str) -> list[str]:
    """Qualifying adjectives of a closed list: ``óptimo``, ``eficiente``; capitalised ones within a sentence are part of a name."""
    start = len(text) - len(_bare(text))
    found = (m for m in _ADJECTIVES.finditer(text.lower()))
    return list(
        dict.fromkeys(text[m.start() : m.end()] for m in found if m.start() <= start or text[m.start()].islower())
    )


def _infinitive(word: str) -> Answer:
    folded = flat(word)
    if folded in _NOUNS or len(folded) < 2:
        return "no"
    for clitic in ("", *_ENCLITICS):
        stem = (
            folded[: len(folded) - len(clitic)] if clitic and folded.endswith(clitic) else folded if not clitic else ""
        )
        if clitic and len(stem) < 4 and stem not in _SHORT:
            continue
        if stem and (stem == "ir" or _INFINITIVE.match(stem)) and stem not in _NOUNS:
            # líder, carácter, dólar: an accent that no infinitive bears; oír, reír and dárselo do
            plain = not clitic and any(unicodedata.normalize("NFD", c)[1:2] == "\u0301" for c in word[:-2])
            return "no" if plain else "yes"
    return "no"


def _bare(text: str) -> str:
    """Without the number, the bullet and the quotes that stand before the first word."""
    bare = undecorated(text)
    for _ in range(2):
        mark = NUMBERING.match(flat(bare))
        bare = undecorated(bare[mark.end() :]) if mark else bare
    return bare.lstrip(" \"'«“(¿¡.-")

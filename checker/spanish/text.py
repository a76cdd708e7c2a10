"""Folding Spanish text, and telling what is only decoration or a placeholder."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


class _Folding(dict[int, str]):
    """Folds one character, once: ``str.translate`` looks the rest up in C."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = " " if char.isspace() else unicodedata.normalize("NFD", char)[0].lower()
        self[code] = folded = base if len(base) == 1 else char
        return folded


_FOLDING = _Folding()
_LATIN = "".join(_FOLDING[code] for code in range(256)).encode("latin-1")
"""The same folding for the characters of Latin-1, which most Spanish text keeps to: bytes translate twenty times as fast."""


def fold(text: str) -> str:
    """Lower case without accents, any white space as one blank each; the same length as ``text``, so offsets carry over.

    ``ñ`` folds to ``n``: offices write both «año» and «ANO».
    """
    try:
        return text.encode("latin-1").translate(_LATIN).decode("latin-1")
    except UnicodeEncodeError:
        return text.translate(_FOLDING)


flat = lru_cache(maxsize=8192)(fold)
""":func:`fold`, remembered: for lines and cells, which are asked about many times; not for whole documents."""


_ORDINAL_WORDS = (
    "primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|octav[oa]|noven[oa]|decim[oa]"
)
NUMBERING = re.compile(
    rf"^\s*(?:\d{{1,2}}(?:\.\d{{1,2}})+\.?\s+|[a-z]{{1,2}}-\d{{1,3}}[.:)]*\s+|\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|(?=[ivx])x{{0,3}}(?:ix|iv|v?i{{0,3}})|[a-z])\s*(?:[.)]\s*-?|[-–—](?=\s)|°|º)+\s*|(?:{_ORDINAL_WORDS})\s*[.:)-]+\s*|[•·▪◦‣∙●○■□*–—-]+\s+)"
)
"""A typed list label at the start of a flat line: ``1.``, ``2.3``, ``IV.``, ``a)``, ``PRIMERO.-``, a bullet."""


def squeeze(text: str) -> str:
    """White space collapsed to single blanks."""
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def is_symbol(char: str) -> bool:
    """Emoji, bullets, dingbats, rules: what decorates and says nothing."""
    return unicodedata.category(char) in {"So", "Sk", "Cf", "Mn", "Co"} or char in "*#_~|•·▪◦‣►▶➤→>=«»“”\"'`"


def undecorated(text: str) -> str:
    """Without emoji, bullets, quotes and rules at both ends."""
    if text and text[0].isalnum() and (text[-1].isalnum() or text[-1] in ".,:;)"):
        return text
    text = text.strip()
    start, end = 0, len(text)
    while start < end and _adorns(text[start]):
        start += 1
    while end > start and _adorns(text[end - 1]):
        end -= 1
    return text[start:end]


def _adorns(char: str) -> bool:
    return not char.isalnum() and (char.isspace() or is_symbol(char))


_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_TRAILING_NUMBER = re.compile(r"(?<=[a-z])(?:\s+(?:no\.?|num\.?|n°|#))?\s*\d{1,4}(?:\.\d{1,3})*$")


@lru_cache(maxsize=8192)
def label_form(text: str) -> str:
    """A label as it is compared: flat, without numbering before or after, decoration, article, closing colon or parenthesis.

    >>> label_form("📅 **IV. FECHA DE LA REUNIÓN (dd/mm/aaaa):**")
    'fecha de la reunion'
    """
    text = numbered_form(text)
    if text[-1:].isdigit():
        text = squeeze(_TRAILING_NUMBER.sub("", text))
    return text


def numbered_form(text: str) -> str:
    """:func:`label_form` with the number at its end: «Anexo 2» is not «Anexo 3»."""
    text = flat(undecorated(text))
    for _ in range(2):
        shorter = undecorated(NUMBERING.sub("", text, count=1))
        if shorter == text or len(shorter) < 3:
            break  # «u.m.» is no «u.» followed by a word
        text = shorter
    text = undecorated(text.rstrip(" :.;-–—").strip("¿?¡!"))
    if "(" in text:
        text = text.replace("(s)", "s").replace("(es)", "es")
    if text.endswith((")", "]")):
        text = undecorated(_ASIDE.sub("", text).rstrip(" :.;-–—"))
    if text.startswith(("el ", "la ", "los ", "las ")):
        text = text.partition(" ")[2]
    return squeeze(text)


_PLACEHOLDER = re.compile(
    r"""^(?:
        [\s_.…\-–—*xX/|·:]*                                             # rules, dots, XXX, dashes
      | (?=.*_)(?:[\s_./,]|\b(?:de|del|a|20)\b|20(?=_))+                     # ____ de ________ de 20__
      | [\[<{]+\s*[^\]>}]*[\]>}]+\s*\.?                                  # [Anote …], <nombre>, {{campo}}
      | \(\s*(?:anotar?|escrib|nombre|indicar?|fecha|cargo|firma\s*\)|dd|especificar?)[^)]*\)
      | (?:d{1,2}|dia)\s*[/\-. ]\s*(?:m{1,3}|mes)\s*[/\-. ]\s*(?:a{2,4}|y{2,4}|ano)
      | \(\s*\d{1,2}\s*\)                                                 # (3): the number of a box in its instructions
      | \?+ | vacante | texto | asunto | lorem\s+ipsum\b.*
      | (?=.*\bdel?\b)(?:[x._…/\s]|\bdel?\b)+(?:20\d{0,2})?[x._…]*                   # XX de XXXX de 20…
      | [\s_./x…-]*[_./x…][\s_./x…-]*20\d{0,2}                            # ___/___/2025
      | (?:por|a)\s+(?:acordar|designar|nombrar|precisar|asignar|definir|confirmar|determinar|asignar|establecer)(?:se)?
      | pendientes?(?:\s+(?:de|por)\s+(?:definir|confirmar|asignar))?
      | (?:s/[a-z]|s[fnd]|n/?[ad]|n\.\s?[ad]\.|tbd|sin\s+(?:fecha|definir|asignar|dato|datos|asunto|nombre|responsable))
      | (?:escriba|anote|indique|inserte|describa|haga\s+clic|elija|seleccione|capture)\b.{0,80}
      | a\s+la\s+brevedad(?:\s+posible)?
      | no\s+aplica | ningun[oa]s? | nombre\s+y\s+(?:firma|cargo) | nombre\s+completo
    )$""",
    re.VERBOSE,
)


_GUIDANCE = re.compile(
    r"\[\s*(?:anot|escrib|indi[cq]|relacion|enunci|firm|asient|captur|señal|senal)\w*[^\]]*\]", re.IGNORECASE
)


def without_guidance(text: str) -> str:
    """The words of the author, without the bracketed guidance of a form: ``Moodle [Indique CLIMSS o EduTK]``."""
    return _GUIDANCE.sub(" ", text) if "[" in text else text


_NO_PLACEHOLDER = frozenset("bfgjkmoqruwyz1345678")
"""First characters that no alternative of :data:`_PLACEHOLDER` has."""
_LONGEST_PLACEHOLDER = 160  # characters; only blanks to fill in and bracketed guidance run longer


@lru_cache(maxsize=8192)
def is_placeholder(text: str) -> bool:
    """Nothing, or only what stands where something is still to be written: ``____``, ``[Anote …]``, ``dd/mm/aaaa``, ``por definir``."""
    if len(text) > _LONGEST_PLACEHOLDER:  # only rules and bracketed guidance run longer; no pattern need see them
        bare = text.strip()
        return not bare.strip("_.…-–—*/|·: \t\n") or (bare[0] in "[<{" and bare[-1] in "]>}" and len(bare) < 1000)
    folded = squeeze(flat(text)).rstrip(" .")
    if folded[:1] in _NO_PLACEHOLDER:
        return False
    bare = undecorated(folded).rstrip(" .")
    return bool(_PLACEHOLDER.match(folded) or (bare != folded and _PLACEHOLDER.match(bare)))

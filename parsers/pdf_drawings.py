"""Ruling lines and pictures of a pdf page, out of its drawing operators."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.pdf_frame import Box

_MAX_OBJECTS = 50_000
_MAX_SEGMENTS = 4_000
_THIN = 3.0
"""Points; a filled or stroked path no wider than this is a ruling line."""


def read_drawings(page: Any) -> tuple[list[Box], list[Box]]:
    """Ruling lines as thin boxes, and the boxes of pictures; both in user space."""
    rules: list[Box] = []
    pictures: list[Box] = []
    budget = [_MAX_OBJECTS]
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, _MAX_OBJECTS)):
        _object(pdfium.FPDFPage_GetObject(page.raw, index), identity, rules, pictures, budget, 0)
    return rules, pictures


Matrix = tuple[float, float, float, float, float, float]


def _object(obj: Any, outer: Matrix, rules: list[Box], pictures: list[Box], budget: list[int], depth: int) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = pdfium.FPDFPageObj_GetType(obj)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        box = _bounds(obj, outer)
        if box is None:
            return
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= _THIN:
            if max(wide, high) >= 2 * _THIN:
                rules.append(box)
        else:
            rules.extend(_path_rules(obj, outer))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = _bounds(obj, outer)
        if box is not None:
            pictures.append(box)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
        matrix = _times(_matrix(obj), outer)
        for index in range(min(pdfium.FPDFFormObj_CountObjects(obj), budget[0])):
            _object(pdfium.FPDFFormObj_GetObject(obj, index), matrix, rules, pictures, budget, depth + 1)


def _bounds(obj: Any, outer: Matrix) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(obj, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return _hull([_apply(outer, left, bottom), _apply(outer, right, top)])


def _path_rules(obj: Any, outer: Matrix) -> list[Box]:
    """Ruling lines of a path with many parts: sides of stroked rectangles, thin filled rectangles."""
    count = pdfium.FPDFPath_CountSegments(obj)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    if not 0 < count <= _MAX_SEGMENTS or not (fill.value or stroke.value):
        return []
    matrix = _times(_matrix(obj), outer)
    subpaths: list[list[tuple[float, float]]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            straight = False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([point])
        else:
            subpaths[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                subpaths[-1].append(subpaths[-1][0])
    if not straight and len(subpaths) == 1:
        return []  # a drawn shape or a handwritten stroke, not a grid
    rules = []
    for points in subpaths:
        hull = _hull(points)
        if min(hull[2] - hull[0], hull[3] - hull[1]) <= _THIN:
            rules.append(hull)
        elif stroke.value:
            sides = (_hull([a, b]) for a, b in pairwise(points))
            rules.extend(side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= 0.5)
    return [box for box in rules if max(box[2] - box[0], box[3] - box[1]) >= 2 * _THIN]


def _hull(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _matrix(obj: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Apply ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])

"""Where an upright page's coordinates lie in the user space of its pdf."""

from __future__ import annotations

import msgspec

Box = tuple[float, float, float, float]
"""Left, bottom, right, top; y grows upwards."""


class Frame(msgspec.Struct, frozen=True):
    """How upright layout coordinates stand in the page's user space."""

    turn: int
    """Degrees clockwise that the page has to be turned for its text to stand upright: 0, 90, 180, 270."""
    page: Box
    """Crop box in user space."""

    def upright(self, box: Box) -> Box:
        """User space → layout."""
        left, bottom, right, top = self.page
        x0, y0, x1, y1 = box
        match self.turn:
            case 90:
                return (y0 - bottom, right - x1, y1 - bottom, right - x0)
            case 180:
                return (right - x1, top - y1, right - x0, top - y0)
            case 270:
                return (top - y1, x0 - left, top - y0, x1 - left)
        return (x0 - left, y0 - bottom, x1 - left, y1 - bottom)

    def user(self, box: Box) -> Box:
        """Layout → user space, rounded to hundredths of a point."""
        left, bottom, right, top = self.page
        x0, y0, x1, y1 = box
        match self.turn:
            case 90:
                out = (right - y1, x0 + bottom, right - y0, x1 + bottom)
            case 180:
                out = (right - x1, top - y1, right - x0, top - y0)
            case 270:
                out = (y0 + left, top - x1, y1 + left, top - x0)
            case _:
                out = (x0 + left, y0 + bottom, x1 + left, y1 + bottom)
        return (round(out[0], 2), round(out[1], 2), round(out[2], 2), round(out[3], 2))

    @property
    def width(self) -> float:
        """Of the upright page, in points."""
        return self.page[3] - self.page[1] if self.turn % 180 else self.page[2] - self.page[0]

    @property
    def height(self) -> float:
        """Of the upright page, in points."""
        return self.page[2] - self.page[0] if self.turn % 180 else self.page[3] - self.page[1]

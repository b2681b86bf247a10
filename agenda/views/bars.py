"""The bars of a timeline, and what else stands in its lines."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from agenda.model import City
from agenda.views.scales import Extent
from agenda.views.styles import HATCHED, SOLID, city_style

_BEFORE, _AFTER = "◀", "▶"
"""At the end of a bar that goes on past the scale."""
_LEFT_END, _RIGHT_END = "[", "]"
"""At the ends of a bar with a title on it, where no colour shows that it is one."""
_SOLID_EDGE_COLUMNS, _HATCHED_EDGE_COLUMNS = 1, 2
"""The part of a bar that stays as it is on each side of a title on it: of hatched ones, so much that they show it."""


class Piece(Struct, frozen=True):
    """What stands in a line of the timeline, from the column `start` on."""

    start: int
    text: Text

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.start + self.text.cell_len


class Bar(Struct, frozen=True):
    """The bar of an occurrence, in the colours of `cities`, each of which has its share of it."""

    extent: Extent
    hatched: bool
    cities: Sequence[City]

    def draw(self) -> Piece:
        """The bar without a title."""
        return Piece(self.extent.start, self._in_colours(Text(self._signs())))

    def room(self) -> int:
        """How wide a title on it may be."""
        return self.extent.end - self.extent.start - 2 * (self._edge + 1)

    def draw_with(self, title: Text, console: Console) -> Piece:
        """The bar with the title on it, in reverse if it is solid. A hatched one, or any where there are no colours, is
        in brackets as a whole: its parts on both sides of the title are not to be taken for two events.
        """
        coloured = console.color_system is not None and not console.no_color
        in_reverse = coloured and not self.hatched
        signs = self._signs() if in_reverse else self._bracketed()
        label = Text.assemble(" ", title, " ", style=self._on_bar if in_reverse else "")
        text = Text.assemble(signs[: self._edge], label, signs[self._edge + label.cell_len :])
        return Piece(self.extent.start, self._in_colours(text))

    @property
    def _edge(self) -> int:
        return _HATCHED_EDGE_COLUMNS if self.hatched else _SOLID_EDGE_COLUMNS

    @property
    def _on_bar(self) -> str:
        """The style of a title in reverse. Cities have colours on which black is read better than the background of
        light terminals, which would take its place.
        """
        return "reverse on color(16)" if self.cities else "reverse"

    def _signs(self) -> str:
        signs = (HATCHED if self.hatched else SOLID) * (self.extent.end - self.extent.start)
        signs = _BEFORE + signs[1:] if self.extent.before else signs
        return signs[:-1] + _AFTER if self.extent.after else signs

    def _bracketed(self) -> str:
        left = _BEFORE if self.extent.before else _LEFT_END
        right = _AFTER if self.extent.after else _RIGHT_END
        return left + self._signs()[1:-1] + right

    def _in_colours(self, text: Text) -> Text:
        """The text, as wide as the bar, with the colour of each city on its share."""
        if len(self.cities) < 2:  # noqa: PLR2004 - one colours all of it
            text.stylize(city_style(self.cities[0]) if self.cities else "")
            return text
        columns, column, start = text.cell_len, 0, 0
        shares = []
        for char in text.plain:
            shares.append(min(column * len(self.cities) // columns, len(self.cities) - 1))
            column += cell_len(char)
        for share, run in groupby(shares):
            end = start + len(list(run))
            text.stylize(city_style(self.cities[share]), start, end)
            start = end
        return text

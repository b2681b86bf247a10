"""The wording of other languages: days and numbers as CLDR has them, by Babel, and words from the catalogs."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal
from unicodedata import east_asian_width

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta, parse_pattern
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from agenda.wording.articles import fit_articles
from agenda.wording.english import TimeUnit, Wording

CATALOGS = Path(__file__).parent / "catalogs"
"""Where the catalogs of translated messages are, `it.po` for Italian."""

_WEEKDAYS = range(7)
_TWO_DIGITS = 10
"""The least number that has two."""
_WIDTHS: tuple[Literal["abbreviated", "short", "narrow"], ...] = ("abbreviated", "short", "narrow")
"""The forms of a weekday's name that are not whole, from the longest."""

_SPACE_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[\u3040-\u30ff\u4e00-\u9fff])")
"""The space that CLDR has before Japanese units, as in `40 分後`, and that nobody writes."""


class LocaleWording(Wording, frozen=True, kw_only=True):
    """The wording of a language that CLDR has; without a catalog, with English words."""

    locale: Locale
    translations: NullTranslations

    def own_name(self) -> str:
        """`italiano`."""
        return self.locale.get_display_name() or self.language

    def text(self, message: str, **values: object) -> str:
        """The message, translated, with the values in the places of their names."""
        return fit_articles(self.translations.gettext(message), values, self.locale.language).format(**values)

    def plural_text(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The same in the form that is right for `number` by the rules of the language."""
        message = self.translations.ngettext(singular, plural, number)
        values["number"] = self.number(number)
        return fit_articles(message, values, self.locale.language).format(**values)

    def number(self, number: int) -> str:
        """`1.000`."""
        return format_decimal(number, locale=self.locale)

    def ordinal(self, number: int) -> str:
        """`2`: what makes an ordinal of it is in the messages."""
        return self.number(number)

    def all_of(self, texts: Iterable[str]) -> str:
        """`a, b e c`."""
        return format_list(list(texts), "standard", self.locale)

    def any_of(self, texts: Iterable[str]) -> str:
        """`a, b o c`."""
        return format_list(list(texts), "or", self.locale)

    def separator(self) -> str:
        """`, `, and `、` in Japanese."""
        return str(self.locale.list_patterns["standard"]["middle"]).replace("{0}", "").replace("{1}", "")

    def weekday_name(self, day: date) -> str:
        """`lunedì`."""
        return str(self.locale.days["stand-alone"]["wide"][day.weekday()])

    def short_weekday(self, day: date) -> str:
        """`lun`."""
        return str(self.locale.days["stand-alone"]["abbreviated"][day.weekday()])

    def weekdays(self, cells: int) -> list[str]:
        """The longest forms of the weekdays' names of which each goes into so many cells: `lun`, or `L`."""
        for width in _WIDTHS:
            names = [str(self.locale.days["stand-alone"][width][number]) for number in _WEEKDAYS]
            if all(_count_cells(name) <= cells for name in names):
                return names
        return names

    def weekday_and_number(self, day: date) -> str:
        """`lun 29`."""
        return self._format("Ed", day)

    def month_name(self, day: date) -> str:
        """`settembre`."""
        return str(self.locale.months["stand-alone"]["wide"][day.month])

    def short_month(self, day: date) -> str:
        """`set`."""
        return str(self.locale.months["stand-alone"]["abbreviated"][day.month])

    def long_month(self, day: date) -> str:
        """`settembre 2025`."""
        return self._format("yMMMM", day)

    def long_day(self, day: date) -> str:
        """`lunedì 29 settembre 2025`."""
        return format_date(day, "full", self.locale)

    def long_span(self, first: date, last: date) -> str:
        """`giovedì 2 – sabato 11 ottobre 2025`."""
        if first == last:
            return self.long_day(first)
        # CLDR has no intervals with long names; those with short ones differ in nothing else.
        return self._interval("yMMMEd", first, last, long=True)

    def day_of_week(self, day: date) -> str:
        """`lun 29 set 2025`, `mer  1 ott 2025`: all days of a month as wide, so that they line up."""
        pattern = self.locale.datetime_skeletons["yMMMEd"].pattern
        for field, number in (("d", day.day), ("M", day.month)):
            pad = " " if number < _TWO_DIGITS else ""
            pattern = re.sub(f"(?<!{field}){field}(?!{field})", pad + field, pattern)
        return parse_pattern(pattern).apply(day, self.locale)

    def short_day_of_week(self, day: date, year: int | None = None) -> str:
        """`lun 29 set`, or with its year."""
        return self._format("MMMEd" if day.year == year else "yMMMEd", day)

    def short_day(self, day: date, year: int | None = None) -> str:
        """`29 set`, or with its year."""
        return self._format("MMMd" if day.year == year else "yMMMd", day)

    def span_in_words(self, first: date, last: date, year: int | None = None) -> str:
        """`24–27 set`, with its years unless both are `year`."""
        if first == last:
            return self.short_day(first, year)
        return self._interval("MMMd" if first.year == last.year == year else "yMMMd", first, last)

    def between_in_words(self, first: date, last: date, year: int | None = None) -> str:
        """`tra 24–27 set`, with its years unless both are `year`."""
        return self.text("between {days}", days=self.span_in_words(first, last, year))

    def long_between(self, first: date, last: date) -> str:
        """`tra giovedì 2 – sabato 11 ottobre 2025`."""
        return self.text("between {days}", days=self.long_span(first, last))

    def in_time(self, number: int, unit: TimeUnit) -> str:
        """`tra 40 minuti`, `oggi`, `domani`."""
        if unit == "day" and number <= 1:
            return super().in_time(number, unit)
        wait = timedelta(**{f"{unit}s": number})
        told = format_timedelta(wait, unit, threshold=float("inf"), add_direction=True, locale=self.locale)
        return _SPACE_AFTER_NUMBER.sub("", told)

    def duration(self, number: int, unit: TimeUnit) -> str:
        """`35 minuti`."""
        return _SPACE_AFTER_NUMBER.sub("", format_unit(number, f"duration-{unit}", "long", locale=self.locale))

    def _format(self, skeleton: str, day: date) -> str:
        return format_skeleton(skeleton, day, locale=self.locale)

    def _interval(self, skeleton: str, first: date, last: date, *, long: bool = False) -> str:
        """The days from the first to the last by the pattern of CLDR for such an interval; `long` has whole names."""
        differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        patterns: Sequence[str] = self.locale.interval_formats.get(skeleton, {}).get(differing, ())
        if len(patterns) != 2:  # noqa: PLR2004 - both ends
            ends = (
                (self.long_day(first), self.long_day(last)) if long else (self.short_day(first), self.short_day(last))
            )
            return str(self.locale.interval_formats[None]).format(*ends)
        # Some languages have two digits for days in intervals alone, as in 28 set – 04 ott.
        patterns = [re.sub("d+", "d", pattern) for pattern in patterns]
        if long:
            patterns = [re.sub("E+", "EEEE", re.sub("MMM+", "MMMM", pattern)) for pattern in patterns]
        start, end = map(parse_pattern, patterns)
        return start.apply(first, self.locale) + end.apply(last, self.locale)


def load_wording(locale: Locale, language: str) -> LocaleWording:
    """The wording of a locale, with the catalog of its language, whose tag is given."""
    catalog = CATALOGS / f"{locale.language}.po"
    translations = _read_catalog(catalog) if catalog.is_file() else NullTranslations()
    return LocaleWording(language=language, locale=locale, translations=translations)


def _read_catalog(path: Path) -> NullTranslations:
    """The messages of a catalog, which is read as translators write it, so that nobody has to compile it."""
    with path.open("rb") as file:
        catalog = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _count_cells(text: str) -> int:
    """How many cells of a terminal a text without marks takes: East Asian signs take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)

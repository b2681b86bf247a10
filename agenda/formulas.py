"""Texts that spreadsheets would take for formulas, on their way into a cell and back."""

import re

_SIGNS = "[=+@＝＋－＠-]"
"""What begins a formula; East Asian spreadsheets take the wide forms, too."""
_FORMULA = re.compile(f"(^|; *)({_SIGNS})")
"""Such a sign at the start of a cell, and after a semicolon, which separates cells in some countries."""
_GUARDED = re.compile(f"(^|; *)'({_SIGNS})")


def guard_formulas(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula, which makes it text: `'=A1`."""
    return _FORMULA.sub(r"\1'\2", text)


def unguard_formulas(text: str) -> str:
    """The text without those apostrophes."""
    return _GUARDED.sub(r"\1\2", text)

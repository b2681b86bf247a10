"""Templates made into pages: Jinja2 with everything escaped, one stylesheet and one script inline, and the policy by
which browsers allow nothing but these.
"""

import base64
import hashlib
import os
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from traceback import extract_tb
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket

from agenda.errors import AgendaError
from agenda.text.safe import quote, quote_path, shorten
from agenda.wording.english import Wording

OUR_TEMPLATES = Path(__file__).parent / "templates"
"""The folder of our own templates."""


class _Environment(Environment):
    """An environment whose templates have all globals in one dictionary: in the chain of two that templates have
    otherwise, to look at them for each import takes a tenth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of all templates, to which none adds some of its own."""
        return super().make_globals(d) if d else self.globals


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all languages of a site."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled of the same text, if anything was."""
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.code


class Templates:
    """The templates of a site in one language, those of `folder` before our own of the same name; `brand` is the colour
    of the programme, a name of CSS 3. What is compiled of them is kept in `compiled`.
    """

    def __init__(
        self,
        words: Wording,
        folder: str | None = None,
        compiled: CompiledTemplates | None = None,
        *,
        brand: str | None = None,
    ) -> None:
        loaders = [FileSystemLoader(path) for path in ([folder] if folder else []) + [str(OUR_TEMPLATES)]]
        # S701 wants a choice by the suffix: ours are HTML and XML alone, where the same five signs are escaped.
        self._environment = _Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=compiled,
            auto_reload=False,  # nobody changes them meanwhile: to look whether they did takes a tenth of the time
        )
        self._environment.globals.update(text=cache(words.text), plural_text=cache(words.plural_text), words=words)
        style = self.source("style.css") + (f":root{{--brand:{brand}}}\n" if brand else "")
        self._script = self.source("script.js").encode()
        self._style = style.encode()
        self._script_hash = _hash(self._script)
        self._style_hash = _hash(self._style)
        # What stands for them while a page is made: they are ten times as long as the rest of most pages.
        mark = os.urandom(16).hex()
        self._marks = {"style": f"style-{mark}", "script": f"script-{mark}"}

    def share(self, **values: Any) -> None:
        """Give these values to all templates."""
        self._environment.globals.update(values)

    def source(self, name: str) -> str:
        """The text of a file among the templates that is taken as it is."""
        try:
            text, _, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
        except TemplateError as error:
            raise _failure(name, error) from None
        return text

    def page(self, name: str, rules: Mapping[str, str] | None = None, **values: Any) -> bytes:
        """The page of the template of that name, with these rules of CSS by their selectors at the end of its style.

        Raises AgendaError where a template has a mistake.
        """
        style, style_hash = self._style, self._style_hash
        if layout := "".join(f"{selector}{{{rule}}}" for selector, rule in (rules or {}).items()):
            style += f"\n@media screen and (min-width:62rem){{{layout}}}\n".encode()
            style_hash = _hash(style)
        policy = (
            f"default-src 'none'; style-src '{style_hash}'; script-src '{self._script_hash}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        page = self.text(name, policy=policy, **self._marks, **values)
        page = page.replace(self._marks["style"].encode(), style)
        return page.replace(self._marks["script"].encode(), self._script)

    def text(self, name: str, **values: Any) -> bytes:
        """What the template of that name makes, in UTF-8; raises AgendaError where it has a mistake."""
        try:
            return self._environment.get_template(name).render(values).encode()
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise _failure(name, error) from None

    def macro(self, name: str, macro: str) -> Any:
        """A macro of the template of that name; raises AgendaError where there is none."""
        try:
            return getattr(self._environment.get_template(name).module, macro)
        except (TemplateError, AttributeError) as error:
            raise _failure(name, error) from None


def _hash(content: bytes) -> str:
    """The hash of an inline style or script, as a policy names it (CSP 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def _failure(name: str, error: Exception) -> AgendaError:
    """The mistake in a template, with its place where Jinja2 knows it."""
    if isinstance(error, TemplateSyntaxError):
        return AgendaError(f"{quote_path(error.filename or error.name or name)}, line {error.lineno}: {error.message}")
    # Jinja2 puts the lines of templates into tracebacks in the place of those of the code that it makes of them.
    steps = [step for step in extract_tb(error.__traceback__) if step.filename.endswith((".html", ".atom", ".xml"))]
    if steps:
        return AgendaError(f"{quote_path(steps[-1].filename)}, line {steps[-1].lineno}: {shorten(str(error))}")
    return AgendaError(f"the template {quote_path(name)} does not work: {quote(str(error))}")

"""Templates in the folder of a user that replace none of ours, so that nothing would use them."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateError
from jinja2.meta import find_referenced_templates

from agenda.site.rendering import OUR_TEMPLATES
from agenda.text.nearest import suggest
from agenda.text.safe import quote_path


def find_unused_templates(folder: str) -> Iterator[str]:
    """A remark on each file of that folder that has the name of none of our templates, and that no template there
    extends or includes; names that begin with a dot are left out.
    """
    ours = {path.name: path.name for path in OUR_TEMPLATES.iterdir()}
    theirs = sorted(path for path in Path(folder).iterdir() if path.is_file() and not path.name.startswith("."))
    used = {name for path in theirs for name in _names_in(path)}
    for path in theirs:
        if path.name not in ours and path.name not in used:
            meant = suggest(path.name, ours, "no page uses it")
            yield f"{quote_path(str(path))} has the name of no template; {meant}"


def _names_in(path: Path) -> set[str | None]:
    """The names of the templates that one extends, includes or imports; none where it is no template at all."""
    try:
        return set(find_referenced_templates(Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))))
    except (TemplateError, UnicodeDecodeError):
        return set()

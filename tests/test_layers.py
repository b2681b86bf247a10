"""The floors of the house: a module imports from lower layers only, and heavy libraries only where they are used."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from conftest import ROOT

LAYERS = [
    {"agenda.__main__"},
    {"agenda.cli"},
    {"agenda"},
    {"agenda.views", "agenda.site"},
    {"agenda.caldav"},
    {"agenda.ical", "agenda.formats"},
    {"agenda.interchange"},
    {"agenda.agendafile"},
    {"agenda.reports"},
    {"agenda.query"},
    {"agenda.order"},
    {"agenda.recurrence"},
    {"agenda.typed_days"},
    {"agenda.dates", "agenda.wording"},
    {"agenda.files", "agenda.formulas", "agenda.model", "agenda.safe_xml"},
    {"agenda.text"},
    {"agenda.errors"},
    {"agenda.limits", "agenda.version"},
]
"""From the top floor down; a package stands for all its modules."""

LONGEST = 400
"""Lines in a module, at most."""

HEAVY = {
    "rich": ("agenda.views", "agenda.cli.terminal", "agenda.cli.progress"),
    "ics": ("agenda.ical",),
    "dateutil": ("agenda.typed_days.names", "agenda.ical"),
    "babel": (
        "agenda.agendafile.meant_languages",
        "agenda.typed_days.names",
        "agenda.agendafile.meant_zones",
        "agenda.wording",
    ),
    "icalendar": ("agenda.ical",),
    "typer": ("agenda.cli",),
    "httpx": ("agenda.caldav.collection", "agenda.caldav.failures"),
    "keyring": ("agenda.caldav.login",),
    "python_calamine": ("agenda.interchange.workbooks",),
    "jinja2": ("agenda.site",),
    "markupsafe": ("agenda.site",),
    "segno": ("agenda.site",),
}
"""Libraries that are slow to import, and which modules, or modules whose names start so, may import them."""

WITHIN_FUNCTIONS = {
    ("rich", "agenda.cli.progress"),
    ("keyring", "agenda.caldav.login"),
    ("dateutil", "agenda.typed_days.names"),
    ("babel", "agenda.typed_days.names"),
    ("babel", "agenda.agendafile.meant_languages"),
    ("babel", "agenda.agendafile.meant_zones"),
    ("babel", "agenda.wording.choice"),
    ("dateutil", "agenda.ical.recurrence_set"),
    ("dateutil", "agenda.ical.tzids"),
}
"""Where a library is not used in every run of those who import the module."""

ON_CALL = {
    "agenda.views",
    "agenda.site",
    "agenda.caldav",
    "agenda.cli.help",
    "agenda.cli.terminal",
    "agenda.ical",
    "agenda.wording.cldr",
}
"""Our own modules that cost as much as the library at their top: to be imported within functions from elsewhere."""

PRINTING = {"agenda.cli.output", "agenda.cli.terminal", "agenda.cli.progress"}
"""The only modules that print: the second what the first has it draw, the third while there is work to wait for."""

LIGHT = {"agenda.ical", "agenda.ical.x_agenda", "agenda.ical.texts"}
"""What among them imports nothing heavy."""


SHAPES = {"agenda.cli.commands": {"command", "EXAMPLES"}, "agenda.formats": {"lines"}}
"""Names that all modules of a package have, being of one shape."""


def name_of(path: Path) -> str:
    """The dotted name of the module in that file."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


FILES = {name_of(path): path for path in sorted((ROOT / "agenda").rglob("*.py"))}


@cache
def house(module: str) -> str:
    """The module or the package that stands in the table of layers for that module."""
    found = [one for layer in LAYERS for one in layer if f"{module}.".startswith(f"{one}.") and one != "agenda"]
    return found[0] if found else module


@cache
def layer(module: str) -> int:
    """On which floor it is, the top one being 0; a module that is on none fails the test that asks."""
    (found,) = [number for number, floor in enumerate(LAYERS) if house(module) in floor]
    return found


def imports(tree: ast.AST) -> Iterator[str]:
    """The names of the modules that are imported anywhere in it, and those that are given to `import_module`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0, "imports are absolute here"
                for alias in node.names:
                    below = f"{node.module}.{alias.name}"
                    yield below if below in FILES else str(node.module)
            case ast.Call(func=ast.Name("import_module"), args=[named, *_]):
                yield from (text.strip(".") for text in texts(named))


def texts(node: ast.AST) -> Iterator[str]:
    """The text at the start of an expression, as far as it is there to read."""
    match node:
        case ast.Constant(value=str() as text) | ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]):
            yield text


@cache
def ours(module: str) -> set[str]:
    """Our own modules that it imports, whether at its top, in a function or only for its types."""
    return {name for name in imports(parsed(module)) if name.partition(".")[0] == "agenda"} - {module}


@cache
def parsed(module: str) -> ast.Module:
    """The syntax tree of the module."""
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def executed(tree: ast.Module) -> ast.Module:
    """What of it is run, and not only there for its types."""
    run = [node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))]
    return ast.Module(run, [])


def at_top(module: str) -> set[str]:
    """The names of the modules that are imported as soon as it is."""
    body = [node for node in parsed(module).body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return {name for node in executed(ast.Module(body, [])).body for name in imports(node)}


def assert_none(offends: Callable[[str], set[str]]) -> None:
    """Fail with the names of the modules that offend, each with what it offends by."""
    offenders = [f"{module}: {', '.join(sorted(wrong))}" for module in FILES if (wrong := offends(module))]
    assert not offenders, "\n".join(offenders)


def test_every_module_is_on_one_floor() -> None:
    def floors(module: str) -> set[str]:
        found = [number for number, floor in enumerate(LAYERS) if house(module) in floor]
        return {f"on floors {found}"} if len(found) != 1 else set()

    assert_none(floors)


def test_modules_import_from_lower_layers_only() -> None:
    def upwards(module: str) -> set[str]:
        elsewhere = {other for other in ours(module) if house(other) != house(module)}
        return {other for other in elsewhere if layer(other) <= layer(module)}

    assert_none(upwards)


def test_no_module_is_imported_by_what_it_imports() -> None:
    def itself(module: str) -> set[str]:
        seen: set[str] = set()
        ahead = set(ours(module))
        while ahead:
            other = ahead.pop()
            seen.add(other)
            ahead |= (ours(other) if other in FILES else set()) - seen
        return {module} & seen

    assert_none(itself)


def test_modules_are_short() -> None:
    def long(module: str) -> set[str]:
        lines = len(FILES[module].read_text(encoding="utf-8").splitlines())
        return {f"{lines} lines"} if lines > LONGEST else set()

    assert_none(long)


def test_heavy_libraries_are_imported_only_where_they_are_used() -> None:
    def heavy(module: str) -> set[str]:
        imported = {name.partition(".")[0] for name in imports(executed(parsed(module)))}
        return {library for library in HEAVY if library in imported and not module.startswith(HEAVY[library])}

    assert_none(heavy)


def test_libraries_that_not_every_run_uses_are_imported_within_functions() -> None:
    def early(module: str) -> set[str]:
        imported = {name.partition(".")[0] for name in at_top(module)}
        return {library for library, user in WITHIN_FUNCTIONS if user == module and library in imported}

    assert_none(early)


def test_modules_that_are_as_heavy_as_their_library_are_imported_within_functions() -> None:
    def heavy(module: str) -> set[str]:
        if module.startswith(tuple(ON_CALL)):
            return set()
        return {other for other in at_top(module) for one in ON_CALL if f"{other}.".startswith(f"{one}.")} - LIGHT

    assert_none(heavy)


def public_names(module: str) -> Iterator[str]:
    """The functions, classes and constants that a module defines at its top, and that others may import."""
    for node in parsed(module).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(name)):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def test_no_public_name_stands_in_two_modules() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for module in FILES:
        shape = next((names for package, names in SHAPES.items() if module.startswith(f"{package}.")), set())
        for name in set(public_names(module)) - shape:
            homes[name].append(module)
    doubles = [f"{name}: {', '.join(modules)}" for name, modules in sorted(homes.items()) if modules[1:]]
    assert not doubles, "\n".join(doubles)


def test_nothing_but_the_output_prints() -> None:
    def printing(module: str) -> set[str]:
        nodes = [] if module in PRINTING else list(ast.walk(parsed(module)))
        called = {ast.unparse(node.func).rpartition(".")[2] for node in nodes if isinstance(node, ast.Call)}
        streams = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
        return called & {"print", "echo", "secho", "input"} | streams & {"sys.stdout", "sys.stderr"}

    assert_none(printing)

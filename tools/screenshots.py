"""Draw the pictures of the documentation: real commands on the shipped events, as a terminal of 100 columns shows them.

Run as `python tools/screenshots.py` after a view has changed; it writes `docs/images/*.svg`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS = 100
COMMANDS = {
    "list": "agenda list --on 2025-09-30",
    "show": "agenda show polito-japan-hub",
    "day": "agenda day 2027-04-08 --data examples/conference.toml",
    "timeline": "agenda timeline",
    "month": "agenda month 2025-10",
}
NOW = "2025-09-30T09:00"
"""The clock of all pictures, which is that of `AGENDA_NOW`."""
THEME = TerminalTheme(
    (24, 26, 31),
    (214, 216, 221),
    [
        (53, 57, 66),
        (224, 84, 84),
        (98, 180, 98),
        (216, 168, 80),
        (90, 150, 230),
        (190, 120, 200),
        (80, 180, 180),
        (214, 216, 221),
    ],
)
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
        font-variant-east-asian: full-width;
    }}
    .{unique_id}-title {{
        font-size: 18px;
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""
"""Rich's own, without the fonts that it would load from elsewhere."""


def shown(command: str) -> str:
    """What the command writes to a terminal of 256 colours."""
    _, *arguments = command.split()
    environment = os.environ | {
        "AGENDA_NOW": NOW,
        "COLUMNS": str(COLUMNS),
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "",
    }
    if arguments[0] == "list":
        arguments += ["--format", "table"]
    done = subprocess.run(
        [sys.executable, "-m", "agenda", *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if name not in {"NO_COLOR", "AGENDA_DATA"}},
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def picture(name: str) -> str:
    """The SVG of the command of that name."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="256")
        console.print(_apart(Text.from_ansi(shown(COMMANDS[name]))), crop=False)
        return console.export_svg(title=f"$ {COMMANDS[name]}", theme=THEME, unique_id=name, code_format=FORMAT)


def _apart(text: Text) -> Text:
    """The same, with every blank by itself, so that each word has its place whatever becomes of blanks elsewhere."""
    for blanks in re.finditer(" +", text.plain):
        text.stylize(Style(meta={"blank": True}), *blanks.span())
    return text


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name in COMMANDS:
        (IMAGES / f"{name}.svg").write_text(picture(name), encoding="utf-8")

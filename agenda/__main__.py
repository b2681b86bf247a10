"""Where the program starts: `agenda`, and `python -m agenda`."""

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and end the process with its code."""
    # Everything lives until the end, which is near: looking for garbage only costs time.
    gc.disable()
    try:
        _import_msgspec()
        from agenda.cli.app import run
        from agenda.cli.output import flush_all

        code = run(sys.argv[1:])
        if flush_all():
            # All files are closed. To let go of each object as well, as the interpreter does, takes a twentieth of a
            # short run, and more with many events.
            os._exit(code)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _import_msgspec() -> None:
    """Import msgspec as it is where there is no typing_extensions, which it would import for what `typing` has as well
    from Python 3.11 on: that takes a thirtieth of a short run.
    """
    name = "typing_extensions"
    if name not in sys.modules:
        sys.modules[name] = None  # type: ignore[assignment]  # so the import fails
        import msgspec  # noqa: F401

        del sys.modules[name]


if __name__ == "__main__":
    main()

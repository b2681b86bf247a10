"""Where the program starts: `agenda`, and `python -m agenda`."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # Everything lives until the end, which is near: looking for garbage only costs time.
    gc.disable()
    try:
        _import_msgspec()
        from agenda.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    gc.freeze()  # the interpreter looks for garbage once more as it ends, disabled or not
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

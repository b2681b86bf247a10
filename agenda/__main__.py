"""Where the program starts: `agenda`, and `python -m agenda`."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # Everything lives until the end, which is near: looking for garbage only costs time.
    gc.disable()
    try:
        from agenda.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    gc.freeze()  # the interpreter looks for garbage once more as it ends, disabled or not
    sys.exit(code)


if __name__ == "__main__":
    main()

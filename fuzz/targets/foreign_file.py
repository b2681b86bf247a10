"""A file of another program: whatever `import` makes of it is a valid agenda file."""

from fuzz.program import ask, check_valid, scratch_file


def try_input(data: bytes) -> None:
    """Import a file with that content."""
    imported = ask("import", "-", stdin=data)
    if imported.code == 0:
        path = scratch_file()
        path.write_text(imported.out, encoding="utf-8", newline="")
        check_valid(path)

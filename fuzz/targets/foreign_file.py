"""A file of another program: whatever `import` makes of it is a valid agenda file."""

from fuzz.program import ask, scratch_file


def try_input(data: bytes) -> None:
    """Import a file with that content."""
    imported = ask("import", "-", stdin=data)
    if imported.code == 0:
        path = scratch_file()
        path.write_text(imported.out, encoding="utf-8", newline="")
        checked = ask("check", "--data", str(path))
        assert checked.code == 0, f"what import made is not valid: {checked.out}\n{imported.out}"

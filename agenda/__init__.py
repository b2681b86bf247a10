"""A command-line event agenda: one TOML file, answered from at the terminal, in pipes and in calendar apps."""

__version__ = "0.1.0"

COMPLETION = "_AGENDA_COMPLETE"
"""The variable by which a shell asks for completions, as in `complete_bash`; Typer answers and ends the program."""

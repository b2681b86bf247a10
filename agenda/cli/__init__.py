"""The command line: what is typed, what is read and asked for that, and how it is shown."""

COMPLETION_VARIABLE = "_AGENDA_COMPLETE"
"""The variable by which a shell asks for completions, as in `complete_bash`; `agenda.cli.app` answers it."""

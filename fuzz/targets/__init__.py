"""What is fuzzed: modules with a function `try_input` that raises an error where an input shows a mistake."""

TARGETS = {
    "agenda_file": "agenda_file",
    "calendar": "foreign_file",
    "schedule": "foreign_file",
    "table": "table",
    "rule": "rule",
    "day_words": "day_words",
    "edit": "edit",
}
"""The targets, each a folder of seeds, and the module that tries its inputs."""

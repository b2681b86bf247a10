"""A command-line event agenda: one TOML file, answered from at the terminal, in pipes and in calendar apps."""

__version__ = "0.1.0"

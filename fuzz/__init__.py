"""Inputs that nobody would think of, made by atheris from a few seeds, for whatever of the program reads: README.md."""

"""The version, on the lowest floor, since calendars name the program that wrote them by it."""

__version__ = "0.1.0"

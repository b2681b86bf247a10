"""The formats of commands that tell people all there is to say, and programs the same."""

from enum import StrEnum


class ReportFormat(StrEnum):
    """As what it is told, other than for people."""

    JSON = "json"

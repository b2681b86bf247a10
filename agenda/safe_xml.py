"""XML without a DTD: neither entities nor files of whoever wrote it, and nothing that grows as it is read."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType


class XmlError(ValueError):
    """A document is not well formed, or is not read: where, its line and column from 1, and why."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse_xml(content: bytes) -> Element:
    """The root of a document, its names as ElementTree writes them. Raises XmlError where it is not well formed, or has
    a DTD.
    """
    builder = TreeBuilder()
    parser = ParserCreate(namespace_separator="}")

    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(_tag(name), attributes)
    parser.EndElementHandler = lambda name: builder.end(_tag(name))
    parser.CharacterDataHandler = builder.data
    feed(parser, content)
    return builder.close()


def feed(parser: XMLParserType, content: bytes) -> None:
    """Let a parser go through a whole document. Raises XmlError where it is not well formed, or has a DTD."""

    def refuse_doctype(*_: Any) -> None:
        raise XmlError(
            "it has a document type (<!DOCTYPE), which may refer to anything; take that out",
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise XmlError(str(error).partition(": line ")[0], error.lineno, error.offset + 1) from None
    except LookupError as error:  # an encoding that nobody knows
        raise XmlError(str(error), 1, 1) from None


def _tag(name: str) -> str:
    """A name as ElementTree writes it: `{DAV:}href` of `DAV:}href`."""
    return f"{{{name}" if "}" in name else name

"""Addresses that may be given to be clicked on."""

import re

from agenda.text.safe import one_line


def is_web_address(url: str) -> bool:
    """Whether it is an address of the web with a host: `http:` or `https:`, in any case (RFC 3986, 3.1)."""
    return url.isprintable() and re.fullmatch(r"https?://[^\s/?#]\S*", url, re.IGNORECASE) is not None


def is_link(url: str) -> bool:
    """Whether an address may be given to be clicked on: other kinds go to whichever program claims them, and terminals
    obey controls.
    """
    return is_web_address(url) or (url.lower().startswith("mailto:") and url == one_line(url))

"""The address at which a site will be, as it is typed after `--base-url`."""

from urllib.parse import SplitResult, quote, urlsplit

from agenda.errors import UsageError
from agenda.text.links import is_web_address
from agenda.text.safe import quote as in_quotes

_EXAMPLE = "https://tour.example/programme/"
_PATH_SIGNS = "/%:@!$&()*+,;=~-._"
"""What stays as it is in a path (RFC 3986, 3.3), the percent sign of what is encoded already among it."""


def parse_base_url(typed: str) -> str:
    """The address in ASCII with a slash at its end: its host as IDNA has it (RFC 3490), and the rest of its path
    percent-encoded. `HTTPS://müller.example/für` becomes `https://xn--mller-kva.example/f%C3%BCr/`.

    Raises UsageError, with the reason, where it is no address of a folder of the web.
    """
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise _refusal(typed, f"no address: {error}") from None
    reason = _why_not(typed, parts)
    if reason:
        raise _refusal(typed, reason)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise _refusal(typed, "no address: its host is none") from None
    at = f"[{host}]" if ":" in host else host
    path = quote(parts.path, safe=_PATH_SIGNS).rstrip("/")
    return f"{parts.scheme}://{at}{f':{port}' if port is not None else ''}{path}/"


def _why_not(typed: str, parts: SplitResult) -> str | None:
    """Why that is no address of a folder of the web; None where it is one."""
    if not typed.isprintable() or set(typed) & set(" \"'<>\\"):
        return "no address: it has a space or a sign that must be percent-encoded"
    if not is_web_address(typed) or not parts.hostname:
        return f"no web address; write one such as {_EXAMPLE}"
    if "@" in parts.netloc:
        return "with a name or a password, which everybody would read on the pages; leave it out"
    if parts.port == 0 or parts.netloc.endswith(":"):
        return "without a port after its colon; leave the colon out, or write a port from 1 to 65535"
    if "?" in typed or "#" in typed:
        return "no folder: leave out what follows the ? or the #"
    last = parts.path.rpartition("/")[2]
    if last.lower().endswith((".html", ".htm")):
        return f"a page; write the folder that it is in, {in_quotes(typed.removesuffix(last))}"
    return None


def _refusal(typed: str, reason: str) -> UsageError:
    return UsageError(f"--base-url: {in_quotes(typed)} is {reason}")

"""Chromium driven by Playwright, and folders served to it on 127.0.0.1.

What is not installed is skipped, with the command that installs it.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

_FLAGS = (
    "--no-sandbox",  # which a container does without, and root cannot have
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_PATIENCE_MS = 15_000
"""Milliseconds that a page may take for a step."""


@contextmanager
def start_chromium() -> "Iterator[Browser]":
    """A browser without windows."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pages were not looked at: it needs playwright")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("pages were not looked at: `apt-get install chromium`, on a Debian")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serve(folder: Path, below: str = "") -> Iterator[str]:
    """The address of a server of the files in that folder, below the path `below`, such as `programme/`."""
    handler = partial(_Quiet, directory=str(folder), below=f"/{below}")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/{below}"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """Files, and nothing on standard error."""

    def __init__(self, *arguments: Any, below: str, **keywords: Any) -> None:
        self._below = below
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        """The file of an address; one outside of `below` has none."""
        if not path.startswith(self._below):
            return os.devnull + "/none"
        return super().translate_path(path.removeprefix(self._below.rstrip("/")))

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


@dataclass
class Watch:
    """What a page asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self, address: str) -> list[str]:
        """The requests that went anywhere but to that address or to what the page itself has."""
        return [request for request in self.requests if not request.startswith((address, "data:", "blob:"))]


def open_page(browser: "Browser", **context: Any) -> "tuple[Page, Watch]":
    """An empty page in a context of its own, with these settings, and what it does."""
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(_PATIENCE_MS)
    watch = Watch()

    def note(request: "Request") -> None:
        watch.requests.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: watch.complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    return page, watch


def axe_source() -> str:
    """The script of axe, which judges how accessible a page is."""
    folders = (os.environ.get("AGENDA_NODE_MODULES"), ROOT / ".venv" / "node_modules")
    for folder in folders:
        if folder and (script := Path(folder, "axe-core", "axe.min.js")).is_file():
            return script.read_text(encoding="utf-8")
    pytest.skip("axe was not asked: `npm install --prefix .venv --no-save axe-core`")


def violations(page: "Page") -> list[str]:
    """What axe finds on a page in light and in dark, with the elements; it is put into the page past the page's own
    Content-Security-Policy, so that the context is to be opened with `bypass_csp=True`.
    """
    page.evaluate(axe_source())
    told = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
        told += [
            f"{scheme}: {violation['id']}: {violation['help']} ({', '.join(map(str, node['target']))})"
            for violation in found
            for node in violation["nodes"]
        ]
    return told

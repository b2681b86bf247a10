"""Take the pictures of the pages in docs/images/: `python tools/site_pictures.py`. It needs Chromium, and playwright.

They are pictures of examples/conference.toml on its second day. No test compares them, since each machine has fonts of
its own.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_ROOT = Path(__file__).parent.parent
_IMAGES = _ROOT / "docs" / "images"
_NOW = "2027-04-09T10:45:00+02:00"


def main() -> None:
    """Write the pages into a folder that goes away, and take their pictures."""
    program = shutil.which("chromium") or sys.exit("no chromium; on a Debian, `apt-get install chromium`")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        data = str(_ROOT / "examples" / "conference.toml")
        command = [sys.executable, "-m", "agenda", "site", folder, "--data", data, "--quiet"]
        subprocess.run([*command, "--base-url", "https://conference.example/"], cwd=_ROOT, check=True)
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        index = Path(folder, "index.html").as_uri()
        _take(browser, f"{index}#d2027-04-09", "site-day", size=(1200, 760), scheme="light")
        _take(browser, index, "site-phone", size=(390, 760), scheme="light")
        _take(
            browser, Path(folder, "it", "events", "frogs.html").as_uri(), "site-event", size=(390, 760), scheme="dark"
        )
        browser.close()


def _take(browser: Browser, address: str, name: str, *, size: tuple[int, int], scheme: str) -> None:
    """A picture of the part of a page that a screen of that size shows, during the conference."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        timezone_id="Europe/Rome",
        locale="en-GB",
    )
    page = context.new_page()
    page.clock.set_fixed_time(_NOW)
    page.goto(address)
    page.screenshot(path=_IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()

"""The pictures of the site in the README and the docs, taken in Chromium of the record of the example pages.

    make screenshots

Makes a record of its own in a temporary folder, serves it, and writes docs/pictures/*.png. Needs Chromium, the static
files (`make assets`) and the development packages (Playwright).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples" / "baghuz"
PICTURES = HERE / "pictures"
#: Colours of a picture; text stays sharp, and a file stays below 300 kB.
COLOURS = 96
#: Milliseconds to wait for a page: maps are drawn without a graphics card, on a machine that may have other work.
PATIENCE = 120_000
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 760}
SWITCHES = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def main() -> None:
    """Make the record, serve it, take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/record.db",
            "REPORTEDLY_DATA_FOLDER": folder,
            "REPORTEDLY_SITE_NAME": "Reportedly",
            "DJANGO_SETTINGS_MODULE": "reportedly.pages.configuration",
        }
        programs = Path(sys.executable).parent
        subprocess.run([programs / "reportedly", "add", str(EXAMPLES)], check=True, env=environment, cwd=folder)
        subprocess.run([sys.executable, "-c", MIGRATE], check=True, env=environment, cwd=folder)
        shown = subprocess.run(
            [sys.executable, "-c", CHOOSE], check=True, env=environment, cwd=folder, capture_output=True
        )
        port = _free_port()
        command = [
            programs / "granian",
            "--interface",
            "wsgi",
            "--port",
            str(port),
            "reportedly.pages.wsgi:application",
        ]
        server = subprocess.Popen(command, env=environment, cwd=folder)
        try:
            _wait(f"http://127.0.0.1:{port}/robots.txt")
            _take(f"http://127.0.0.1:{port}", shown.stdout.decode().split())
        finally:
            server.terminate()
            server.wait(timeout=30)


MIGRATE = "from reportedly.record import setup; setup.open_record()"
#: Says the pages to show: a disputed event with figures, a series, an article at one of its sentences.
CHOOSE = """
from reportedly.record import setup
setup.open_record()
from reportedly.pages.templatetags.linking import at
from reportedly.record.queries import events, figures
from reportedly.record.queries.filters import Filter
disputed = [one for one in events.listed(Filter(limit=500)) if one.disputed]
event = max(disputed, key=lambda one: (len(events.page(one.id).tolls), one.articles, one.id))
series = max(figures.listed(Filter(limit=500)), key=lambda one: (one.points, one.id))
print(f"/events/{event.id}", f"/figures/{series.id}", at(event.support[0].article, event.support[0].statement))
"""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def _take(site: str, paths: list[str]) -> None:
    """A picture of each main page."""
    from playwright.sync_api import sync_playwright

    event, series, article = paths
    pages = {
        "front": ("/", {**DESK, "height": 960}),
        "event": (event, {**DESK, "height": 1250}),
        "series": (series, DESK),
        "article": (article, DESK),
        "control": ("/control", DESK),
        "disputes": ("/disputes", DESK),
        "phone": ("/", PHONE),
    }
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("Chromium is not installed")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=SWITCHES)
        for name, (path, size) in pages.items():
            tab = browser.new_page(viewport=size, reduced_motion="reduce")
            tab.set_default_timeout(PATIENCE)
            tab.goto(f"{site}{path}")
            _picture(tab, PICTURES / f"{name}.png")
        browser.close()


def _picture(tab: Any, path: Path) -> None:
    """Once maps and charts are drawn, the part of the page that is in sight, in few colours."""
    from PIL import Image
    from playwright.sync_api import expect

    expect(tab.locator(".map:visible:not([data-ready]), .chart:visible:not([data-ready])")).to_have_count(
        0, timeout=PATIENCE
    )
    tab.wait_for_timeout(1500)
    tab.screenshot(path=str(path))
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

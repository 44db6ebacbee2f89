"""Takes the README's pictures of a running bank that holds the sample collection.

Start it with `make run`, wait until all samples are read, then: python -m samples.pictures [ADDRESS]
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
QUESTION: Final = "/sok?q=boendest%C3%B6d+arbetsterapeut"
WIDTH, HEIGHT, WHOLE_PAGE_HEIGHT = 1280, 1000, 1780
COLOURS: Final = 128  # enough for pages of flat colours, at a third of the size


def take(page: Page, bank: str) -> None:
    page.goto(bank + QUESTION)
    _keep(page, "search")
    hit = page.locator('a[href*="/dokument/"][href*="sida"]').first.get_attribute("href")
    page.goto(f"{bank}{hit}", wait_until="networkidle")
    _keep(page, "document")
    page.goto(f"{bank}/utforska")
    page.set_viewport_size({"width": WIDTH, "height": WHOLE_PAGE_HEIGHT})
    _keep(page, "explore")


def _keep(page: Page, name: str) -> None:
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    bank = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE"), bank)
        browser.close()


if __name__ == "__main__":
    main()

"""A PDF of pictures only, as the office's copying machine makes it: skewed and speckled."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from PIL import Image
from pypdfium2 import PdfDocument

from samples.make import reportlab_pdf
from samples.make.tree import Source

DPI = 150
LARGEST_SKEW = 0.7
QUALITY = 38
GRAIN = 0.05
SPECKS = 60


def write(source: Source, target: Path) -> None:
    """The document printed, laid on the glass and scanned."""
    chance = Random(source.facts.file)
    with TemporaryDirectory() as folder:
        print_out = Path(folder) / "print.pdf"
        reportlab_pdf.write(source, print_out)
        pages = [_scanned(picture, chance) for picture in _pictures(print_out)]
    moment = source.facts.moment.timetuple()
    pages[0].save(
        target,
        save_all=True,
        append_images=pages[1:],
        resolution=DPI,
        quality=QUALITY,
        creationDate=moment,
        modDate=moment,
        producer="Kontorskopiator",
    )


def _pictures(path: Path) -> list[Image.Image]:
    with PdfDocument(path) as pdf:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pdf]


def _scanned(page: Image.Image, chance: Random) -> Image.Image:
    """The page a little askew, on paper that is not quite white and has a grain."""
    angle = chance.uniform(-LARGEST_SKEW, LARGEST_SKEW)
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    coarse = (page.width // 3, page.height // 3)
    grain = Image.frombytes("L", coarse, chance.randbytes(coarse[0] * coarse[1])).resize(page.size)
    paper = Image.blend(turned, grain, GRAIN)
    for _ in range(SPECKS):
        paper.putpixel((chance.randrange(page.width), chance.randrange(page.height)), 60)
    return paper

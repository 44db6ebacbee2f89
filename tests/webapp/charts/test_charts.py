"""Charts are read back as SVG and as pixels: what is drawn is what was given."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from webapp.charts import MARKS, Chart, Kind, Series, keys, png, svg, svg_file, told
from webapp.charts.letters import fitted, font_files, lines, width
from webapp.charts.numbers import scale
from webapp.charts.shapes import COLOURS

STYLESHEET = Path(__file__).parents[3] / "webapp" / "static" / "kunskapsbanken.css"
YEARS = tuple(str(year) for year in range(2012, 2022))
SVG = "{http://www.w3.org/2000/svg}"


def _of(kind: Kind, unit: str = "") -> Chart:
    """A chart of the kind, with as many series as it may have."""
    series = {"bars": 1, "stacked": len(MARKS), "lines": len(MARKS), "heat": 9}[kind]
    made = tuple(Series(f"Åtgärd {n}", tuple(float(n + place) for place in range(10))) for n in range(series))
    return Chart(kind, "Å, ä & ö <i kartan>", YEARS, made, unit)


def _texts(root: etree._Element) -> list[str]:
    return [str(one.text) for one in root.iter() if etree.QName(one).localname == "text"]


KINDS: tuple[Kind, ...] = ("bars", "stacked", "lines", "heat")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_on_a_page_is_a_labelled_picture_without_style_attributes(kind: Kind) -> None:
    root = etree.fromstring(svg(_of(kind)))
    assert root.get("role") == "img"
    assert "Å, ä & ö <i kartan>" in str(root.get("aria-label"))
    assert not [one for one in root.iter() if one.get("style") or one.get("fill", "url(").startswith("#")]
    assert set(YEARS) <= set(_texts(root))


@pytest.mark.parametrize("kind", KINDS)
def test_every_class_of_a_drawing_is_in_the_stylesheet(kind: Kind) -> None:
    rules = STYLESHEET.read_text("utf-8")
    for one in etree.fromstring(svg(_of(kind))).iter():
        assert f".{one.get('class', 'chart')}" in rules


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_carries_title_colours_and_fonts_and_needs_no_stylesheet(kind: Kind) -> None:
    root = etree.fromstring(svg_file(_of(kind)))
    assert root.findtext(f"{SVG}title") == "Å, ä & ö <i kartan>"
    assert "Noto Sans" in str(root.get("font-family"))
    assert not [one for one in root.iter() if one.get("class")]
    drawn = list(root.iter(f"{SVG}rect", f"{SVG}circle", f"{SVG}text", f"{SVG}path"))
    assert drawn
    assert all(one.get("fill") or one.get("stroke") for one in drawn)
    assert "Å, ä & ö <i kartan>" in _texts(root)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_as_wide_as_asked_and_not_blank(kind: Kind) -> None:
    picture = Image.open(BytesIO(png(_of(kind), width=800)))
    assert picture.width == 800
    assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 20


def test_letters_of_a_picture_come_from_the_font_that_comes_along() -> None:
    """The same words in letters that no font has leave other pixels: å, ä and ö are drawn, each for itself."""

    def titled(title: str) -> bytes:
        return png(Chart("bars", title, ("1",), (Series("x", (1,)),)), width=400)

    assert len({titled(letter) for letter in "aåäoöAÅÄÖ"}) == 9
    assert all(Path(font).is_file() for font in font_files())


def test_marks_carry_their_values_in_words() -> None:
    chart = Chart("bars", "Medel", ("Barn och unga", "Äldre"), (Series("Medel", (14.2, None)),), "mnkr")
    assert {"14,2\N{NO-BREAK SPACE}mnkr", "–"} <= set(_texts(etree.fromstring(svg(chart))))


def test_stacked_bars_are_as_high_as_their_parts_together() -> None:
    root = etree.fromstring(svg(_of("stacked")))
    parts = [one for one in root.iter("rect") if one.get("class") in MARKS]
    by_bar: dict[str, list[etree._Element]] = {}
    for one in parts:
        by_bar.setdefault(str(one.get("x")), []).append(one)
    heights = [sum(float(str(one.get("height"))) for one in bar) for bar in by_bar.values()]
    totals = [_of("stacked").total(place) for place in range(10)]
    assert [pytest.approx(height / heights[-1], abs=0.01) for height in heights] == [t / totals[-1] for t in totals]


def test_a_line_breaks_where_a_value_is_unknown() -> None:
    chart = Chart("lines", "Andel", YEARS[:5], (Series("ord", (1, 2, None, 4, 5)),), "%")
    root = etree.fromstring(svg(chart))
    (line,) = (one for one in root.iter("path") if one.get("class") == "line-a")
    assert str(line.get("d")).count("M") == 2
    assert len(list(root.iter("circle"))) == 4
    assert "ord, 5\N{NO-BREAK SPACE}%" in _texts(root)


def test_names_at_the_ends_of_lines_never_stand_on_each_other() -> None:
    same = tuple(Series(f"linje {n}", (5.0,) * 10) for n in range(len(MARKS)))
    root = etree.fromstring(svg(Chart("lines", "Lika", YEARS, same)))
    heights = sorted(float(str(one.get("y"))) for one in root.iter("text") if "linje" in str(one.text))
    assert len(heights) == len(MARKS)
    assert all(below - above >= 18 for above, below in pairwise(heights))


def test_a_heat_map_is_darkest_at_its_highest_value_and_bare_at_none() -> None:
    chart = Chart("heat", "Karta", ("en", "två", "tre"), (Series("Stöd", (10, 1, 0)),))
    squares = [str(one.get("class")) for one in etree.fromstring(svg(chart)).iter("rect")]
    assert squares == ["heat-5", "heat-1"]


def test_only_stacked_bars_need_a_legend() -> None:
    assert [key.name for key in keys(_of("stacked"))] == [f"Åtgärd {n}" for n in range(6)]
    assert not keys(_of("lines"))


def test_ids_of_two_charts_on_a_page_are_not_the_same() -> None:
    page = etree.fromstring(f"<p>{svg(_of('stacked'))}{svg(_of('stacked', 'mnkr'))}</p>")
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.parametrize(
    ("kind", "labels", "series"),
    [
        ("bars", (), (Series("x", ()),)),
        ("bars", ("1",), ()),
        ("bars", ("1",), (Series("x", (1, 2)),)),
        ("bars", ("1",), (Series("x", (1,)), Series("y", (1,)))),
        ("bars", ("1",), (Series("x", (-1,)),)),
        ("bars", ("1",), (Series("x", (float("nan"),)),)),
        ("lines", ("1",), tuple(Series("x", (1,)) for _ in range(7))),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind: Kind, labels: tuple[str, ...], series: tuple[Series, ...]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Chart(kind, "fel", labels, series)


@given(
    kind=st.sampled_from(KINDS),
    labels=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=40),
    data=st.data(),
)
def test_whatever_is_given_can_be_drawn(kind: Kind, labels: list[str], data: st.DataObject) -> None:
    value = st.none() | st.floats(0, 1e12) | st.integers(0, 10**9)
    most = {"bars": 1, "stacked": len(MARKS), "lines": len(MARKS), "heat": 30}[kind]
    rows = data.draw(st.lists(st.tuples(*(value for _ in labels)), min_size=1, max_size=most))
    chart = Chart(kind, "Allt & \ufffe\x00 inget", tuple(labels), tuple(Series("<namn>", row) for row in rows))
    root = etree.fromstring(svg(chart))
    left, top, wide, high = map(float, str(root.get("viewBox")).split())
    for one in root.iter("rect", "text"):
        if one.getparent() is not None and etree.QName(one.getparent()).localname != "pattern":
            assert left <= float(str(one.get("x"))) <= wide
            assert top <= float(str(one.get("y"))) <= high
    etree.fromstring(svg_file(chart))


@given(highest=st.floats(0.01, 1e12), whole=st.booleans())
def test_a_scale_has_few_round_lines_and_holds_every_value(highest: float, whole: bool) -> None:
    made = scale(0, highest, whole=whole)
    assert made[0] == 0
    assert made[-1] >= highest * 0.999999
    assert 2 <= len(made) <= 8
    assert not whole or all(line == int(line) for line in made)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(None, "", "–"), (6372, "", "6\N{NO-BREAK SPACE}372"), (31.0, "%", "31\N{NO-BREAK SPACE}%"), (14.24, "", "14,2"),
     (123.6, "", "124"), (0, "", "0")],
)  # fmt: skip
def test_values_are_told_as_people_write_them(value: float | None, unit: str, said: str) -> None:
    assert told(value, unit) == said


def test_long_labels_are_shortened_to_their_room() -> None:
    long = "Förebyggande arbete åt alla håll och kanter i hela staden"
    assert width(fitted(long, 120)) <= 120
    assert fitted(long, 120).endswith("…")
    assert all(width(line) <= 120 for line in lines(long, 120))
    assert " ".join(lines(long, 10_000)) == long
    assert set(COLOURS) >= set(MARKS)

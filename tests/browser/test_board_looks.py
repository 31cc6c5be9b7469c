"""What the board looks like: to assistive technology, on large walls, and in the pictures people take along."""

import io
import re
import struct
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from ..storms import HOSTILE_TEXTS, ROOT
from .boards import Room, Seat

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """async () => {
  const { violations } = await axe.run('.anycompany-board', { resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(node =>
    `${node.target} ${node.any.concat(node.all, node.none).map(check => check.message).join(' ')}`).join('; ')}`);
}"""


def faults(seat: Seat) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    if not seat.page.evaluate("() => 'axe' in globalThis"):
        seat.page.add_script_tag(path=AXE)
    seat.rests()
    return list(seat.page.evaluate(FAULTS))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_wrong_at_any_step(room: Room, dark: bool) -> None:
    seat = room.seat(step=1, dark=dark)
    found = {}
    for step in range(1, 9):
        seat.page.evaluate("step => { board.setStep(step); board.select([board.scene.notes[0].key]); }", step)
        found[step] = faults(seat)
    assert found == {step: [] for step in range(1, 9)}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_wrong_with_what_opens(room: Room, dark: bool) -> None:
    seat = room.seat(step=2, dark=dark)
    openings = {
        "menu": "Shift+F10",
        "move": "m",
        "editor": "F2",
        "hot spot": "h",
        "palette": "Control+k",
        "find": "Control+f",
        "keys": "?",
    }
    found = {}
    for name, keys in openings.items():
        seat.focus("events/payment-attempted")
        seat.page.keyboard.press(keys)
        found[name] = faults(seat)
        seat.page.keyboard.press("Escape")
    assert found == {name: [] for name in openings}


def test_ten_thousand_notes_are_a_wall_that_can_be_used(room: Room) -> None:
    names = "".join(f"  thing-{number}-done: {{name: Thing {number} Done}}\n" for number in range(10_000))
    room.write(f"name: Large\nevents:\n{names}")
    seat = room.seat(step=1)
    assert seat.page.evaluate("() => board.scene.notes.length") == 10_000
    assert 0 < seat.root.locator(".note").count() < 3_000
    seat.page.evaluate("() => board.focus(board.scene.notes.at(-1).key)")
    last = seat.page.evaluate("() => board.scene.notes.at(-1).key")
    expect(seat.note(last)).to_be_focused()
    expect(seat.note(last)).to_be_in_viewport()
    seat.page.keyboard.press("p")
    seat.saved()
    assert room.storm().events[last.removeprefix("events/")].pivotal


def exported(seat: Seat, choice: str) -> bytes:
    """The file that a choice of the export menu brings."""
    seat.root.get_by_role("button", name=re.compile("Export")).first.click()
    with seat.page.expect_download() as download:
        seat.root.get_by_role("menuitem", name=choice, exact=True).click()
    return download.value.path().read_bytes()


@pytest.mark.parametrize("step", [1, 5, 7])
def test_the_wall_is_taken_along_as_svg_png_and_pdf(room: Room, step: int) -> None:
    from pypdf import PdfReader

    seat = room.seat(step=step)
    svg = ElementTree.fromstring(exported(seat, "SVG, whole wall"))
    width, height = int(svg.attrib["width"]), int(svg.attrib["height"])
    words = " ".join("".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert "Payment" in words
    png = exported(seat, "PNG, whole wall")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (2 * width, 2 * height)
    pdf = PdfReader(io.BytesIO(exported(seat, "PDF, whole wall")), strict=True)
    [page] = pdf.pages
    assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(
        [width * 0.75, height * 0.75], abs=0.01
    )
    assert sorted(page.extract_text().split()) == sorted(words.split())
    picture = page["/Resources"]["/XObject"]["/Picture"]
    assert (picture["/ColorSpace"], picture["/BitsPerComponent"]) == ("/DeviceRGB", 8)
    pixels = picture.get_data()
    assert len(pixels) == picture["/Width"] * picture["/Height"] * 3
    assert abs(picture["/Width"] - 2.5 * width) <= 1
    assert len({pixels[at : at + 3] for at in range(0, len(pixels), 3)}) > 20


def test_pictures_of_hostile_texts_can_be_read(room: Room) -> None:
    from pypdf import PdfReader

    room.write("name: Blank\n")
    seat = room.seat(step=1)
    for text in HOSTILE_TEXTS:
        if "".join(text.split()) and "\u0000" not in text:
            seat.do({"kind": "add", "to": "events", "name": text})
    svg = ElementTree.fromstring(exported(seat, "SVG, whole wall"))
    assert {element.tag.split("}")[1] for element in svg.iter()} <= {
        "svg", "g", "title", "desc", "rect", "path", "text", "circle", "polygon",
    }  # fmt: skip
    pdf = PdfReader(io.BytesIO(exported(seat, "PDF, as seen")), strict=True)
    text = pdf.pages[0].extract_text()
    assert "<script>" in text
    assert "注文が作成された" in text


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_board_follows_the_theme_around_it(room: Room, dark: bool) -> None:
    seat = room.seat(step=1, dark=dark)
    assert seat.root.get_attribute("data-theme") == ("dark" if dark else "light")
    page = seat.page.evaluate("() => getComputedStyle(document.querySelector('.wall')).backgroundColor")
    assert page == ("rgb(21, 23, 28)" if dark else "rgb(251, 251, 253)")

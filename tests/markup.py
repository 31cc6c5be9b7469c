"""Reading what a page shows the way an untrusted notebook does."""

from html.parser import HTMLParser
from typing import Any

SHOWN_UNTRUSTED = {
    *{"a", "br", "caption", "code", "details", "div", "em", "img", "li", "p", "pre", "small", "strong"},
    *{"summary", "table", "tbody", "td", "th", "thead", "tr", "ul"},
}
"""The elements our pages use; JupyterLab's sanitizer lets all of them through."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every element of some HTML with its attributes."""
    reader = _Reader()
    reader.feed(html)
    return reader.tags


def words(html: str) -> str:
    """The text of some HTML."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.texts)


def pictures(html: str) -> list[str]:
    """The sources of the SVG pictures in some HTML."""
    sources = [attributes.get("src") or "" for tag, attributes in elements(html) if tag == "img"]
    return [source for source in sources if source.startswith("data:image/svg+xml;base64,")]


def check_harmless(bundle: dict[str, Any]) -> None:
    """Assert that an output is said twice, and that nothing in its HTML runs, loads or is hidden."""
    assert set(bundle) == {"text/html", "text/plain"}
    for tag, attributes in elements(bundle["text/html"]):
        assert tag in SHOWN_UNTRUSTED, tag
        assert not [name for name in attributes if name.startswith("on")], attributes
        href = attributes.get("href")
        assert href is None or href.endswith(".ipynb"), href
        source = attributes.get("src")
        assert source is None or source.startswith("data:image/svg+xml;base64,")
    assert "\x1b" not in bundle["text/plain"]

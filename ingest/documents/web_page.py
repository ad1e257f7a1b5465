"""The text of a saved web page."""

import re
from html.parser import HTMLParser

from ingest.documents import plain
from ingest.documents.unreadable import Unreadable

_UNSEEN = {"head", "script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "button"}
_BLOCKS = {
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table", "ul", "ol"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SPACES, _BREAKS = re.compile(r"[^\S\n]+"), re.compile(r" ?\n ?")


def text(content: bytes) -> str:
    """What a reader of the page sees, its main part where one is marked, without menus, scripts and page edges.

    Raises `Unreadable` when the page shows no text.
    """
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    found = page.main() or page.everything()
    if not found:
        raise Unreadable("a web page without text", "save the page again once it is fully shown")
    return found


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:2048])
    if declared:
        try:
            return content.decode(declared[1].decode())
        except (UnicodeDecodeError, LookupError):
            pass
    return plain.text(content)


class _Page(HTMLParser):
    """Gathers what is shown; unclosed marks of what is unseen end with the part that holds them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._all: list[str] = []
        self._main: list[str] = []
        self._unseen: list[str] = []
        self._in_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._unseen.clear()
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._in_main += tag == "main"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        self._break(tag)
        self._in_main = max(0, self._in_main - (tag == "main"))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(data.replace("\n", " "))

    def main(self) -> str:
        """The text of the part marked as the main one."""
        return _plain("".join(self._main))

    def everything(self) -> str:
        """All the text that is shown."""
        return _plain("".join(self._all))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and not self._unseen:
            self._add("\n\n" if tag in _PARAGRAPHS else "\n")

    def _add(self, piece: str) -> None:
        self._all.append(piece)
        if self._in_main:
            self._main.append(piece)


def _plain(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", _BREAKS.sub("\n", _SPACES.sub(" ", text))).strip()

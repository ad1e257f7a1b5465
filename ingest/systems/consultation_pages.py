"""The saved pages of internetconsultatie.nl: a reaction, or a list of reactions with the time of each."""

import re
from html.parser import HTMLParser

import msgspec

from ingest.mail.charsets import decoded

_ADDRESS = re.compile(
    r"(https?://(?:www\.)?internetconsultatie\.nl)?/([\w.-]+)/reactie/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4,12}){4})"
)
_SITE = "https://www.internetconsultatie.nl"
_WHEN = re.compile(r"\d{1,2} [a-z]+ \d{4}(?: \(\d{2}:\d{2}\))?")
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_VOID = frozenset(("br", "img", "hr", "input", "meta", "link", "wbr", "source"))


class Reaction(msgspec.Struct, frozen=True):
    """A reaction as its page shows it: `answers` are HTML, in order; `day` is in Dutch words."""

    slug: str | None
    guid: str | None
    facts: dict[str, str]
    answers: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


class Listed(msgspec.Struct, frozen=True):
    """A line of a list page: which reaction, and when it came, in Dutch words with the clock."""

    guid: str
    when: str | None


def page_text(content: bytes) -> str:
    """The page in the charset that it names."""
    named = _CHARSET.search(content[:4096])
    return decoded(content, named[1].decode("ascii") if named else "utf-8")


def is_reaction(page: str) -> bool:
    """Whether the page shows a reaction, and not a list of them."""
    return "<blockquote" in page or "table__data-overview" in page


def reaction_of(page: str) -> Reaction:
    """The reaction that the page shows. Parts that are not there are empty."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    canonical = _ADDRESS.search(page)
    return Reaction(
        slug=canonical[2] if canonical else None,
        guid=canonical[3].lower() if canonical else None,
        facts=dict(reader.facts),
        answers=tuple(answer.strip() for answer in reader.answers if answer.strip()),
        files=tuple((_absolute(link), name.strip()) for link, name in reader.files),
    )


def listed_in(page: str) -> list[Listed]:
    """The reactions on a list page, each with the first time that follows it."""
    found = list(_ADDRESS.finditer(page))
    ends = [*(match.start() for match in found[1:]), len(page)]
    lines = [(match[3].lower(), _WHEN.search(page[match.end() : end])) for match, end in zip(found, ends, strict=True)]
    return [Listed(guid, when[0] if when else None) for guid, when in lines]


def guid_in(link: str) -> tuple[str | None, str | None]:
    """The consultation and the reaction that a link names."""
    match = _ADDRESS.search(link)
    return (match[2], match[3].lower()) if match else (None, None)


def _absolute(link: str) -> str:
    return _SITE + link if link.startswith("/") else link


class _Reader(HTMLParser):
    """Gathers the table of facts, the HTML inside each blockquote, and the links to files."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.facts: list[tuple[str, str]] = []
        self.answers: list[str] = []
        self.files: list[tuple[str, str]] = []
        self._depth = 0
        self._cell: str | None = None
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._depth += 1
            if self._depth == 1:
                self.answers.append("")
        elif self._depth:
            self.answers[-1] += self.get_starttag_text() or ""
        told = dict(attrs)
        if tag == "a" and "icon--download" in (told.get("class") or ""):
            self.files.append((told.get("href") or "", ""))
        self._cell = tag if tag in ("th", "td", "a") else self._cell
        if tag == "th":
            self._label = ""
        if tag == "td":
            self.facts.append((self._label.strip().rstrip(":"), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        elif self._depth and tag not in _VOID:
            self.answers[-1] += f"</{tag}>"
        if tag == self._cell:
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.answers[-1] += data
        elif self._cell == "th":
            self._label += data
        elif self._cell == "td" and self.facts:
            self.facts[-1] = (self.facts[-1][0], self.facts[-1][1] + data)
        elif self._cell == "a" and self.files:
            self.files[-1] = (self.files[-1][0], self.files[-1][1] + data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

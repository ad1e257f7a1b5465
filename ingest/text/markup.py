"""From the text as a system wrote it to the text as people read it."""

import html
import re
import unicodedata

_TAG = re.compile(
    r"</?(?:p|br|div|a|span|b|i|u|s|em|strong|small|ul|ol|li|h[1-6]|blockquote|q|cite|pre|code|table|t[rdh]|thead|tbody|img"
    r"|font|center|hr|html|head|body|style|script|title|meta|del|ins|sub|sup|figure|section|article|o:p)(?:\s[^<>]*|/)?>"
    r"|<!--[^<>]*-->",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<(script|style|title)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s([^<>]*)>((?:[^<]|<(?!/?a\b))*)</a\s*>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|hr)\b[^<>]*>\s*|</?(?:div|li|tr|ul|ol|table|h[1-6]|pre|figure)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"(?:</p\s*>\s*)?<p\b[^<>]*>|</p\s*>|</?blockquote\b[^<>]*>|</?(?:section|article)\b[^<>]*>", re.IGNORECASE
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BLANK_LETTERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_ODD_SPACE = re.compile(r"[^\S\n ]|  | \n|\n |\n\n\n|^\s|\s$")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")


def readable(text: str) -> str:
    """HTML as text, entities as characters, nothing invisible, white space plain; paragraphs stay paragraphs."""
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    return plain_space(visible(text))


def visible(text: str) -> str:
    """The text in composed form (NFC) without zero-width, control and stray surrogate characters."""
    if not text.isprintable() or _BLANK_LETTERS.search(text):
        text = _INVISIBLE.sub("", text)
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain_space(text: str) -> str:
    """One blank between words, no blanks at line ends, at most one empty line between paragraphs."""
    if text.isprintable() and "  " not in text:  # then a plain blank is the only white space in it
        return text.strip()
    if not _ODD_SPACE.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _without_tags(text: str) -> str:
    """In HTML a line break in the source is a blank; break and paragraph tags are what breaks lines."""
    text = _ANCHOR.sub(_anchor_text, _UNSEEN.sub(" ", text))
    if _BREAK.search(text) or _PARAGRAPH.search(text):
        structured = "<p" in text.lower()
        text = text.replace("\r\n", "\n")
        text = text.replace("\n", " ") if structured else text
        text = _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", text))
    return _TAG.sub("", text)


def _anchor_text(match: re.Match[str]) -> str:
    """The target where the text is only a shortened form of it, else the text."""
    inner = _TAG.sub("", match[2]).strip()
    target = _HREF.search(match[1])
    shows_link = "://" in inner or (inner.count(".") > 0 and " " not in inner and not inner.startswith("@"))
    if target and shows_link and target[1].lower().startswith("http"):
        return html.unescape(target[1])
    return match[2]

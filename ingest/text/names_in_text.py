"""The sender's own name out of a text: where it stands, is signed, or is told by way of introduction."""

import re

from ingest.text.closing_formulas import FORMULA, STEMS
from ingest.text.holding import holds_any

_TAIL_CHARS = 1500
_WORD = r"[^\W\d_][\w'’.\-]*"
_CLOSING = re.compile(
    rf"(?:^|(?<=[\n.!?]))([ \t]*(?:{FORMULA})[ \t]*[,.!:\-–]*[ \t]*\n?\s*)"
    rf"({_WORD}(?:[ ,]+{_WORD}){{0,4}})[ \t]*[.,]?(?=\n|$)",
    re.IGNORECASE,
)
_SIGNED_BY = re.compile(
    rf"^((?:naam|name|nom|nume|signed by|ondertekend door|getekend)[ \t]*:[ \t]*)({_WORD}(?: {_WORD}){{0,4}})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_INTRODUCING = (
    "my name is",
    "my name's",
    "mijn naam is",
    "ik heet",
    "mein name ist",
    "ich heiße",
    "ich heisse",
    "je m'appelle",
    "je m’appelle",
    "mon nom est",
    "mă numesc",
    "ma numesc",
    "numele meu este",
)
_CAPITALISED = r"[^\W\d_a-zà-öø-ÿășşțţąćčđęěğłńňőřśšťůűźżž](?:[\w'’\-]+|\.)?"
_INTRODUCED = re.compile(
    rf"(?<!\w)((?i:{'|'.join(_INTRODUCING)})\s+)"
    rf"({_CAPITALISED}(?:\s+(?:(?:van|de|der|den|het|ten|ter|von|zu|du|la|le|al)\s+)*{_CAPITALISED}){{0,3}})"
)
# "Thanks Obama" greets, it does not sign: there must be a pause, or a formula that only ever closes.
_ENDS_A_TEXT = re.compile(r"[,:\-–\n]|^\s*(?:met|mit|cu|yours)\b", re.IGNORECASE)
_PARTICLE_WORDS = """
    van de der den het ten ter von zu la le du di da dos del el al bin ibn of the en und et y te 't op in
"""
_SENTENCE_WORDS = """
    ik wij i we the a an het een this that please als if ich wir je nous eu noi is are was
"""
_PARTICLES, _NO_NAMES = frozenset(_PARTICLE_WORDS.split()), frozenset(_SENTENCE_WORDS.split())


def without_names(text: str, author: str | None) -> str:
    """The text with the author's name as `[name]`, and the line under a closing formula if it looks like a name.

    An author of one word is an account name: it goes only where no ordinary word could stand in its form (digits,
    underscores), so that a campaign's wording stays equal over its senders.
    """
    tail = text[-_TAIL_CHARS:]
    low = tail.casefold()
    if ("," in tail or "\n" in tail or ":" in tail or "." in tail) and holds_any(low, STEMS):
        signed = _SIGNED_BY.sub(r"\1[name]", _CLOSING.sub(_signature, tail))
        text = text[:-_TAIL_CHARS] + signed if len(text) > _TAIL_CHARS else signed
    if holds_any(low if len(text) <= _TAIL_CHARS else text.casefold(), _INTRODUCING):
        text = _INTRODUCED.sub(r"\1[name]", text)
    return _without_author(text, author) if author else text


def _signature(match: re.Match[str]) -> str:
    words = match[2].replace(",", " ").split()
    if words[0].lower().rstrip(".") in _NO_NAMES:
        return match[0]
    titled = all(word[:1].isupper() or word.lower().rstrip(".") in _PARTICLES for word in words)
    own_line = "\n" in match[1] and len(words) <= 3 and not match[0].rstrip().endswith((".", "!"))
    if not (titled or own_line) or not _ENDS_A_TEXT.search(match[1]):
        return match[0]
    return f"{match[1]}[name]"


def _without_author(text: str, author: str) -> str:
    low = text.casefold()
    if " " not in author:
        return _without_account_name(text, low, author.lstrip("@"))
    words = author.replace(",", " ").split()
    if len(words) < 2:
        return text
    if words[-1].casefold() not in low and words[0].casefold() not in low:
        return text
    first, *_, last = words if "," not in author else [*words[1:], words[0]]
    spellings = [r"\s+".join(map(re.escape, words)), rf"{re.escape(last)}\s*,\s*{re.escape(first)}"]
    spellings += [
        rf"{re.escape(first)}\s+(?:\w\.?\s+)?{re.escape(last)}",
        rf"{re.escape(first[0])}\.\s*(?:\w\.\s*)*{re.escape(last)}",
    ]
    text = re.sub(rf"(?<!\w)(?:{'|'.join(spellings)})(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return _without_name_line(text, words)


def _without_name_line(text: str, words: list[str]) -> str:
    """A line that consists of parts of the name alone is a signature, wherever it stands."""
    part = "(?:" + "|".join(re.escape(word) for word in words) + r"|(?:\w\.)+)"
    return re.sub(rf"^[ \t]*{part}(?:[ \t,]+{part})*[ \t,.]*$", "[name]", text, flags=re.IGNORECASE | re.MULTILINE)


def _without_account_name(text: str, low: str, account: str) -> str:
    if (
        account.casefold() not in low
        or len(account) < 5
        or not any(char.isdigit() or char in "_.@" for char in account)
    ):
        return text
    return re.sub(rf"(?<!\w){re.escape(account)}(?!\w)", "[name]", text, flags=re.IGNORECASE)

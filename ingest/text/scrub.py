"""Handles, e-mail addresses, telephone and account numbers out of a text; the wording around them stays as it is."""

import re

from ingest.pseudonyms import Pseudonyms
from ingest.text.holding import holds_any

_SHORT_CHARS = 10
_OWN_TOKEN = re.compile(r"p_[0-9a-f]{8}(?![\w])")
_EMAIL = re.compile(r"(?:mailto:)?(?<![\w.+%-])[\w.+%-]+@(?:[\w-]+\.)+[^\W\d_]{2,}", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[\w.+%-]@")
_VEILED_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?[\[(]\s?(?:at|apenstaartje)\s?[\])]\s?[\w-]+"
    r"(?:\.|\s?[\[(]\s?(?:dot|punt)\s?[\])]\s?)[a-z]{2,}",
    re.IGNORECASE,
)
_VEILED_MARKS = ("(at", "( at", "[at", "[ at", "(apenst", "[apenst")
_HANDLE = re.compile(r"(?<![\w@.])@([^\W]\w*(?:[.-]\w+)*)(?:@((?:[\w-]+\.)+[^\W\d_]{2,}))?")
_SITE_NAMES = "x twitter instagram facebook threads tiktok t telegram youtube linkedin reddit bsky vk gab truthsocial"
_PROFILE = re.compile(
    rf"((?<![\w-])(?:{_SITE_NAMES.replace(' ', '|')})\.(?:com|net|me|org|app|social)"
    r"/(?:@|profile/|in/|user/|u/|users/|c/|channel/)?|://[\w.-]+/(?:@|users/))([\w.%-]+)",
    re.IGNORECASE,
)
_PROFILE_MARKS = (".com/", ".net/", ".me/", ".org/", ".app/", ".social/", "/@", "/users/")
_NO_PROFILE_WORDS = """
    i home search hashtag explore share sharer intent watch groups events pages p reel reels stories status
    joinchat r company school comments video shorts playlist results about privacy legal settings login
    marketplace s profile in user u users c channel feed posts photo photos story.php sharer.php permalink.php
    photo.php watch.php
"""
_NO_PROFILE = frozenset(_NO_PROFILE_WORDS.split())
_DIGITS = re.compile(r"\d[\d ().\-/]{6,}\d")
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:\+|00 ?)[1-9]\d{0,2}[ .\-/]?(?:\(0\)|\(\d{1,4}\))?(?:[ .\-/]{0,2}\d){6,12}(?![\w-])"
    r"|(?<![\w.,/+-])(?!\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d{2})(?![\d.-]))"  # a date is no number to call
    r"\(?0[1-9]\d{0,3}\)?[ .\-/]?\d(?:[ .\-]?\d){5,9}(?![\w-]|[.,]\d)"
    r"|(?<![\w.,/+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-]|[.,]\d)"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")


def scrubbed(text: str, pseudonyms: Pseudonyms) -> tuple[str, list[str]]:
    """The text without direct identifiers, and the pseudonyms of the accounts that it mentions, in order.

    A handle becomes `@p_` and eight digits, the same for the same person; the others become `[e-mail]`, `[phone]`,
    `[account]`. Numbers that are dates, amounts or file references stay.
    """
    mentions: dict[str, None] = {}
    if "/" in text and "." in text and holds_any(text.lower(), _PROFILE_MARKS):
        text = _PROFILE.sub(lambda match: _profile(match, pseudonyms), text)
    if "@" in text:
        text = _without_addresses(text)
        text = _HANDLE.sub(lambda match: _handle(match, pseudonyms, mentions), text)
    if ("(" in text or "[" in text) and holds_any(text.lower(), _VEILED_MARKS):
        text = _VEILED_EMAIL.sub("[e-mail]", text)
    if _DIGITS.search(text):
        text = _PHONE.sub("[phone]", _IBAN.sub(_account, text))
    return text, list(mentions)


def handles_in(text: str) -> list[str]:
    """The handles of the accounts that a text mentions, without their `@`; e-mail addresses are none."""
    if "@" not in text:
        return []
    found = _HANDLE.finditer(_without_addresses(text))
    return [f"{match[1]}@{match[2]}" if match[2] else match[1] for match in found]


def _without_addresses(text: str) -> str:
    return _EMAIL.sub(_email, text) if _BEFORE_AT.search(text) else text


def _email(match: re.Match[str]) -> str:
    """A fediverse handle has the shape of an address with one more @ before it: that is left to the handles."""
    before = match.string[match.start() - 1 : match.start()]
    return match[0] if before == "@" else "[e-mail]"


def _handle(match: re.Match[str], pseudonyms: Pseudonyms, mentions: dict[str, None]) -> str:
    if _OWN_TOKEN.fullmatch(match[1]):
        return match[0]
    pseudonym = pseudonyms.of(f"{match[1]}@{match[2]}" if match[2] else match[1])
    mentions[pseudonym] = None
    return "@" + pseudonym[:_SHORT_CHARS]


def _profile(match: re.Match[str], pseudonyms: Pseudonyms) -> str:
    name = match[2].rstrip(".")
    if name.lower() in _NO_PROFILE or _OWN_TOKEN.fullmatch(name):
        return match[0]
    return match[1] + pseudonyms.of(name)[:_SHORT_CHARS] + match[2][len(name) :]


def _account(match: re.Match[str]) -> str:
    """Only what passes the check digits of ISO 13616 is an account number."""
    packed = match[0].replace(" ", "")
    number = "".join(str(int(char, 36)) for char in packed[4:] + packed[:4])
    return "[account]" if len(packed) >= 15 and int(number) % 97 == 1 else match[0]

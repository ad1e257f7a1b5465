"""What the columns of an EUSurvey export mean: the system's own stand last, under names in 25 languages."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median

import msgspec

Cells = Sequence[object]
_LANGUAGE = re.compile(r"[A-Z]{2}")
_CONTRIBUTION = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_E_MAIL = re.compile(r"\S+@\S+\.\w+")
_FILES = re.compile(r"[^\n;]{1,200}\.\w{2,5}(?:[ \t]*[;\n][ \t\n]*[^\n;]{1,200}\.\w{2,5})*")
_WITHHELD = "Anonymous"
_SHORT_NAME = re.compile(r"\s*\(\w+\)\s*$")
_GIVEN = re.compile(r"first ?name|given name|voornaam|vorname|prénom|prenume", re.IGNORECASE)
_FAMILY = re.compile(
    r"surname|last ?name|family name|achternaam|nachname|nom de famille|nume de familie", re.IGNORECASE
)
_NAME = re.compile(r"(?:your |full |uw |ihr |votre )?(?:name|naam|nom|nume)\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:name of (?:your |the )?)?organi[sz]ation(?: name)?|(?:naam (?:van )?(?:uw |de )?)?organisatie(?:naam)?"
    r"|name (?:ihrer|der) organisation|nom de (?:votre |l['’])organisation|(?:numele )?organiza[țţ]iei",
    re.IGNORECASE,
)
_ABOUT_SENDER = re.compile(
    r"\b(?:name|naam|nom|nume|e-?mail|adres|address|adresse|telephone|telefoon|telefon|phone|postcode|organisation"
    r"|organization|organisatie|transparency register)\b",
    re.IGNORECASE,
)
_LONG_CHARS, _LONGEST_CHARS, _LEAST_SHARE = 40, 100, 0.1
_HEADER_CHARS = 60
_ONE_OFF_SHARE = 0.02


class SurveyColumns(msgspec.Struct, frozen=True, kw_only=True):
    """The positions of the columns, None for what the export leaves out.

    `answers` are the free texts in order, `files` those that hold the names of uploaded files.
    """

    answers: tuple[int, ...]
    files: tuple[int, ...]
    names: tuple[int, ...]
    organisation: int | None
    contribution: int | None
    user: int | None
    created: int | None
    language: int | None


def survey_columns(header: Sequence[str], rows: Sequence[Cells]) -> SurveyColumns:
    """Told by what the last columns hold and in which order they stand, and for the questions by their answers."""
    filled = [[row[at] for row in rows if at < len(row) and row[at] not in ("", None)] for at in range(len(header))]
    language = next(
        (at for at in range(len(header) - 1, max(len(header) - 3, -1), -1) if _all(filled[at], _LANGUAGE)), None
    )
    end = language if language is not None else len(header)
    dates = [
        at for at in range(max(end - 2, 0), end) if filled[at] and all(isinstance(v, datetime) for v in filled[at])
    ]
    last = dates[0] if dates else end
    contribution = _before(last, filled, _CONTRIBUTION)
    user = _before(last, filled, _E_MAIL)
    first = min(at for at in (contribution, user, last) if at is not None)
    bare = [_SHORT_NAME.sub("", name).strip() for name in header]
    questions = range(first)
    return SurveyColumns(
        answers=tuple(at for at in questions if _is_free_text(bare[at], filled[at])),
        files=tuple(at for at in questions if _all(filled[at], _FILES)),
        names=_names(bare, questions),
        organisation=next((at for at in questions if _ORGANISATION.fullmatch(bare[at])), None),
        contribution=contribution,
        user=user,
        created=dates[0] if dates else None,
        language=language,
    )


def _all(values: Cells, pattern: re.Pattern[str]) -> bool:
    return bool(values) and all(isinstance(value, str) and pattern.fullmatch(value) for value in values)


def _before(last: int, filled: Sequence[Cells], pattern: re.Pattern[str]) -> int | None:
    """The nearest of the three columns before the dates that holds nothing else; what is withheld does not count."""
    for at in range(last - 1, max(last - 4, -1), -1):
        told = [value for value in filled[at] if value != _WITHHELD]
        if _all(told, pattern):
            return at
    return None


def _names(header: Sequence[str], questions: range) -> tuple[int, ...]:
    """First and last name, or the one column with a name."""
    given = next((at for at in questions if _GIVEN.fullmatch(header[at])), None)
    family = next((at for at in questions if _FAMILY.fullmatch(header[at])), None)
    if given is not None or family is not None:
        return tuple(at for at in (given, family) if at is not None)
    return tuple(at for at in questions if _NAME.match(header[at]) and len(header[at]) <= _HEADER_CHARS)[:1]


def _is_free_text(name: str, values: Cells) -> bool:
    """Whether people wrote the answers themselves: long ones, of which some came once; and not about who they are."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    if not texts or (_ABOUT_SENDER.search(name) and median(map(len, texts)) < _LONGEST_CHARS):
        return False
    if all(map(_FILES.fullmatch, texts)) or all(map(_E_MAIL.fullmatch, texts)):
        return False
    long = sum(len(text) >= _LONG_CHARS for text in texts)
    if long < _LEAST_SHARE * len(texts) and max(map(len, texts)) < _LONGEST_CHARS:
        return False
    parts = Counter(part.strip() for text in texts for part in text.split(";"))
    once = sum(count == 1 for count in parts.values())
    return once >= _ONE_OFF_SHARE * len(texts) or len(parts) > len(texts)

"""Numbers in a text, the same in either notation and in five languages."""

import re
from decimal import Decimal

from analysis.letters.dates import runs_of, without_dates

_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+|\S+@\S+", re.IGNORECASE)
_SCALE_WORDS = {
    3: "thousand duizend tausend mille mii mie k",
    6: "million millions miljoen million millionen mio milion milioane mln",
    9: "billion billions miljard milliarde milliarden mrd milliard milliards miliard miliarde mld bn",
}
_SCALES = {word: power for power, words in _SCALE_WORDS.items() for word in words.split()}
_WORD_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "twee two zwei deux doi două",
            "drie three drei trois trei",
            "vier four quatre patru",
            "vijf five fünf cinq cinci",
            "zes six sechs șase şase",
            "zeven seven sieben sept șapte şapte",
            "acht eight huit opt",
            "negen nine neun neuf nouă",
            "tien ten zehn dix zece",
            "elf eleven onze unsprezece",
            "twaalf twelve zwölf douze doisprezece",
        ),
        2,
    )
    for word in words.split()
}
_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    rf"(?<![0-9_{_LATIN}])(?<![{_LATIN}]-)[x×]?(?P<figure>\d+(?:[.,:]\d+)*)(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)


def number_signature(text: str) -> tuple[str, ...]:
    """The numbers of a text in plain notation, sorted, repeats kept.

    Dates, links, handles, hashtags and codes such as H2A are left out.

    "1.200,50" and "1,200.50" are one number, so are "1,5 miljoen" and "1500000", and "three" and "3" (two to twelve
    in Dutch, English, German, French and Romanian). Clock times stay "10:30".
    """
    plain = without_dates(_ADDRESSES.sub(" ", text) if _may_hold_address(text) else text)
    in_words = [_WORD_NUMBERS[run] for run in runs_of(plain) if run in _WORD_NUMBERS]
    if not _DIGIT.search(plain):
        return tuple(sorted(in_words))
    figures = _FIGURE.finditer(_GROUP_SPACE.sub("", plain))
    return tuple(sorted([*in_words, *map(_normal, figures)]))


def _may_hold_address(text: str) -> bool:
    return "@" in text or "#" in text or "://" in text or "www." in text.lower()


def _normal(match: re.Match[str]) -> str:
    figure = match["figure"]
    if ":" in figure:
        return ":".join(part.lstrip("0") or "0" for part in figure.split(":"))
    power = _SCALES.get(match["scale"].lower(), 0) if match["scale"] else 0
    return format((_decimal(figure) * Decimal(10) ** power).normalize(), "f")


def _decimal(figure: str) -> Decimal:
    """Read either notation: the last separator is decimal unless it parts off exactly three figures or recurs."""
    pieces = re.split(r"[.,]", figure)
    marks = re.findall(r"[.,]", figure)
    grouped = len(pieces) > 1 and (len(pieces[-1]) == 3 and pieces[0] != "0") and len(set(marks)) == 1
    if len(pieces) == 1 or grouped:
        return Decimal("".join(pieces))
    if len(marks) > 1 and marks[-1] in marks[:-1]:
        return Decimal("".join(pieces))
    return Decimal("".join(pieces[:-1]) + "." + pieces[-1])

"""Numbers in a text, the same in either notation and in five languages."""

import re
from decimal import Decimal

from analysis.letters.dates import without_dates

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
_NUMBER = re.compile(
    rf"(?<![0-9_{_LATIN}])(?<![{_LATIN}]-)[x×]?(?P<figure>\d+(?:[.,:]\d+)*)(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"|\b(?P<word>{'|'.join(_WORD_NUMBERS)})\b",
    re.IGNORECASE,
)


def number_signature(text: str) -> tuple[str, ...]:
    """The numbers of a text in plain notation, sorted, repeats kept.

    Dates, links, handles, hashtags and codes such as H2A are left out.

    "1.200,50" and "1,200.50" are one number, so are "1,5 miljoen" and "1500000", and "three" and "3" (two to twelve
    in Dutch, English, German, French and Romanian). Clock times stay "10:30".
    """
    plain = _GROUP_SPACE.sub("", without_dates(_ADDRESSES.sub(" ", text)))
    return tuple(sorted(_normal(match) for match in _NUMBER.finditer(plain)))


def _normal(match: re.Match[str]) -> str:
    if match["word"]:
        return _WORD_NUMBERS[match["word"].lower()]
    figure = match["figure"]
    if ":" in figure:
        return ":".join(part.lstrip("0") or "0" for part in figure.split(":"))
    power = _SCALES[match["scale"].lower()] if match["scale"] else 0
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

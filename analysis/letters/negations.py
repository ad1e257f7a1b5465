"""Negations and opposed verbs in a text, in five languages."""

import re

import msgspec

_NOT_ONLY = re.compile(
    r"\b(?:niet (?:alleen|slechts|enkel)|not only|nicht nur|non seulement|nu (?:doar|numai))\b", re.IGNORECASE
)
_NEGATIONS = {
    "nl": (r"niet|geen|nooit|niets|niemand|nergens|noch|evenmin",),
    "en": (r"not|cannot|never|no|none|nobody|nothing|nowhere|neither|\w+n['’]t",),
    "de": (r"nicht|kein\w{0,2}|nie|niemals|nichts|niemand\w*|nirgends|weder",),
    # A French or Romanian negation has two halves, of which speech drops the first: count the commoner half.
    "fr": (r"ne|n['’]\w+", r"pas|jamais|aucune?|rien|personne|nulle part"),
    "ro": (r"nu|n-\w+", r"niciun|nicio|niciodată|niciodata|nimic|nimeni|nicăieri|nicaieri"),
}
_STANCES = {
    "nl": (
        r"steun\w*|ondersteun\w*|voorstander\w*|(?:stem\w*|ben|zijn|is) voor",
        r"verwerp\w*|tegenstander\w*"
        r"|bestrijd\w*|(?:stem\w*|ben|zijn|is) tegen",
    ),
    "en": (
        r"support\w*|approve\w*|endorse\w*|accept\w*|in favou?r of|(?:vot\w+|am|are|is) for",
        r"oppos\w+|reject\w*|condemn\w*|disapprove\w*|(?:vot\w+|am|are|is) against",
    ),
    "de": (
        r"unterstütz\w*|befürwort\w*|begrüß\w*|(?:bin|sind|ist|stimm\w*) (?:da)?für",
        r"lehn\w* .{0,60}\bab|ablehn\w*|abzulehnen|bekämpf\w*|verwerf\w*|(?:bin|sind|ist|stimm\w*) (?:da)?gegen",
    ),
    "fr": (
        r"soutien\w*|souten\w*|approuv\w*|favorable\w*|(?:suis|sommes|est|vot\w+) pour",
        r"rejet\w*|oppos\w*|désapprouv\w*|défavorable\w*|(?:suis|sommes|est|vot\w+) contre",
    ),
    "ro": (
        r"susțin\w*|sustin\w*|sprijin\w*|aprob\w*|(?:sunt|suntem|este|vot\w+) pentru",
        r"resping\w*|opun\w*|dezaprob\w*|condamn\w*|(?:sunt|suntem|este|vot\w+) (?:împotriva|impotriva|contra)",
    ),
}
_NEGATION_PATTERNS = {
    language: tuple(re.compile(rf"\b(?:{half})\b", re.IGNORECASE) for half in halves)
    for language, halves in _NEGATIONS.items()
}
_STANCE_PATTERNS = {
    language: tuple(re.compile(rf"\b(?:{stance})\b", re.IGNORECASE) for stance in stances)
    for language, stances in _STANCES.items()
}


class NegationSignature(msgspec.Struct, frozen=True):
    """How many negations a text has, and whether it uses verbs of support or of opposition."""

    negations: int
    supports: bool
    opposes: bool


def negation_signature(text: str, language: str | None) -> NegationSignature | None:
    """Count negations ("not only" left out) and stances; None for a language other than nl, en, de, fr and ro."""
    if language not in _NEGATIONS:
        return None
    plain = _NOT_ONLY.sub(" ", text)
    supports, opposes = (bool(pattern.search(plain)) for pattern in _STANCE_PATTERNS[language])
    negations = max(len(pattern.findall(plain)) for pattern in _NEGATION_PATTERNS[language])
    return NegationSignature(negations, supports, opposes)

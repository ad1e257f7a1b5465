"""Texts that stand for a text that is elsewhere or gone; they are counted and named, and never make a family."""

import re

_LONGEST_CHARS = 90
_NOT_WORDS = re.compile(r"[\W_]+")

_REFERENCES = {
    "attachment": r"(?:please )?(?:see|refer to|find|view|read)(?: my| our| the| full)? ?(?:comments? |letter )?"
    r"(?:in |is |are )?(?:the )?(?:attached|attachments?|enclosed)"
    r"(?: files?| s| documents?| pdf| comments?| letters?| please| below| here)*"
    r"|(?:comments?|letter|attachments?|files?)(?: is| are)? attached"
    r"|attached(?: files?| documents?| comments?| letter)*|attachments?"
    r"|(?:graag )?(?:zie|zie de|zie het|verwijs naar)(?: mijn| onze| de| het)? ?(?:bijgevoegde?|bijlagen?|bijgaande?)"
    r"(?: bestand| bestanden| document| documenten| brief| zienswijze| reactie| pdf)*"
    r"|bijlagen?|zie bijgevoegd|bijgevoegd"
    r"|siehe (?:anhang|anlagen?|anhänge|beigefügte[ns]?(?: datei| dateien| dokument)?|pdf)"
    r"|(?:im|in der) (?:anhang|anlage)"
    r"|voir (?:la |les |le )?(?:pièces? jointes?|fichiers? joints?|documents? joints?|annexes?|pj)|ci joint"
    r"|(?:a se vedea|vezi|vede[țţt]i) (?:documentul |fi[șşs]ierul )?"
    r"(?:ata[șşs]at|ata[șşs]amentul|anexat?|anexele|anexa)",
    "deleted": r"deleted(?: by (?:user|author))?|verwijderd|gelöscht|supprimé|[șşs]ters"
    r"|this (?:post|comment|message|tweet) (?:was|has been) deleted(?: by .{1,20})?"
    r"|dit bericht is verwijderd|(?:message|commentaire) supprimé|(?:beitrag|kommentar) gelöscht",
    "removed": r"removed(?: by (?:moderator|reddit))?|content removed|weggehaald|entfernt|retiré|eliminat",
    "withdrawn": r"withdrawn|ingetrokken|zurückgezogen|retirée?s?|retras[ăa]?",
    "no text": r"n v t|nvt|n a|na|n b|none|nothing|null|nil|nan|no comments?|not applicable|niet van toepassing"
    r"|geen(?: opmerkingen?| reactie| commentaar)?|keine?(?: angabe| kommentar)?|k a|nicht zutreffend|entfällt"
    r"|aucun(?:e|s)?(?: commentaire| avis)?|sans objet|néant|s o"
    r"|niciun(?:ul)?(?: comentariu)?|nu e cazul|nu se aplic[ăa]"
    r"|fără comentarii",
    "test": r"test(?: test)*|testing|testbericht",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _REFERENCES.items()}


def placeholder_name(text: str) -> str | None:
    """What the text stands for (`empty`, `attachment`, `deleted`…), or None for a text of its own.

    Text of punctuation alone is `empty`; emoji are text.
    """
    if len(text) > _LONGEST_CHARS:
        return None
    words = _NOT_WORDS.sub(" ", text.casefold()).strip()
    if not words:
        return None if any(ord(char) > 0x2BFF or 0x2600 <= ord(char) < 0x27C0 for char in text) else "empty"
    return next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(words)), None)

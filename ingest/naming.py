"""How a file is told of: by its name where that can hold no person's, else by its place among the others.

Letters are often saved under the name of who wrote them.
"""

import re

_WORDS_OF_FILES = """
    anexa antwoord attachment attachments beitrag bericht berichten bestand bestanden bijlage bijlagen blad brief
    brieven comment comments contribution copy data deel doc document documenten documents eml export feedback file
    files foto
    form formulier html image img inspraak inspraakreactie inspraakreacties kopie letter letters lettre lettres mail
    mails mbox message messages page pages pagina part pdf photo post posts reactie reacties readme response responses
    results resultaten scan scanned scans screenshot stellungnahme stellungnahmen submission submissions tweet tweets
    txt untitled zienswijze zienswijzen
"""
_USUAL = frozenset(_WORDS_OF_FILES.split())
_WORDS = re.compile(r"[^\W\d_]+")
_HEX = re.compile(r"(?=[a-f-]*\d)[0-9a-f-]{8,}")
_PACKING = re.compile(r"\.(?:gz|zst|zstd)$", re.IGNORECASE)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def told_name(name: str, number: int, noun: str = "file") -> str:
    """The name if it is made of numbers and words such as `scan`, else `file 14 (.pdf)`: its place in name order."""
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    plain = _HEX.sub(" ", stem.casefold())
    if stem and all(word in _USUAL or len(word) == 1 for word in _WORDS.findall(plain)) and name.isprintable():
        return name
    return f"{noun} {number} (.{ending[1].lower()})" if ending else f"{noun} {number}"


def printable(name: str) -> str:
    """The name without what a terminal or a UTF-8 file could not hold."""
    return "".join(char if char.isprintable() else "?" for char in name)


def stem(name: str) -> str:
    """The name without its ending and without that of its compression."""
    bare = _PACKING.sub("", name)
    return bare.rpartition(".")[0] or bare

"""Texts read once: a letter is drafted from, counted, worded and aligned, each time from the same words."""

from analysis.letters.matching import Match, Reference, match
from analysis.letters.tokens import Words, read_words

_KEPT_TEXTS = 1_000
_KEPT_MATCHES = 4_000


class Readings:
    """The words of texts and how they match references, kept while one family is worked on.

    The first 1,000 texts and 4,000 matches are kept (some 100 MB at most for letters of a page or two); what comes
    after is read each time.
    """

    def __init__(self) -> None:
        self._words: dict[str, Words] = {}
        self._matches: dict[tuple[tuple[str, ...], str], Match] = {}

    def words(self, text: str) -> Words:
        """The words of a text, as `read_words` gives them."""
        found = self._words.get(text)
        if found is None:
            found = read_words(text)
            if len(self._words) < _KEPT_TEXTS:
                self._words[text] = found
        return found

    def match(self, ref: Reference, text: str) -> Match:
        """The match of a text with a reference that has its own vocabulary; the lists must not be changed."""
        key = (ref.keys, text)
        found = self._matches.get(key)
        if found is None:
            found = match(ref, self.words(text))
            if len(self._matches) < _KEPT_MATCHES:
                self._matches[key] = found
        return found

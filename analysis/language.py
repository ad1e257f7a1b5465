"""Which language a text is in, over the languages in force; "und" when it is too short or too unlike them to say."""

from collections.abc import Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("nl", "en", "de", "fr", "ro", "es", "it", "pt", "pl", "tr", "ar", "ru", "uk")
_ENOUGH_CHARACTERS = 200
_LEAST_CONFIDENCE = 0.5


class LanguageError(Exception):
    """A language code that the identifier does not know; the message names the known ones."""


class Languages:
    """Identifies languages with py3langid (Lui and Baldwin, langid.py, ACL 2012)."""

    def __init__(self, in_force: Sequence[str] = LANGUAGES) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        known = set(self._identifier.labels)
        unknown = [code for code in in_force if code not in known]
        if unknown:
            raise LanguageError(f"no language {unknown[0]!r}; there are: {', '.join(sorted(known))}")
        self._identifier.set_languages(list(in_force))

    def identify(self, text: str) -> str:
        """ISO 639-1 code of the text, or "und"."""
        label, confidence = self._identifier.classify(text[:_ENOUGH_CHARACTERS].encode("utf-8", "ignore"))
        return str(label) if confidence >= _LEAST_CONFIDENCE else "und"

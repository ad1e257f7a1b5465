"""spaCy, where language matters: names and the words that carry meaning. Never in the hot path.

A trained pipeline is used where one is installed for the language (for example en_core_web_sm, nl_core_news_sm);
elsewhere a blank one gives words and stop words.
"""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

_NAMES = frozenset({"PERSON", "PER"})


@cache
def pipeline(language: str) -> Language:
    """The trained pipeline installed for the language, else a blank one."""
    installed = sorted(name for name in spacy.util.get_installed_models() if name.startswith(f"{language}_"))
    if installed:
        return spacy.load(installed[0])
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def content_words(text: str, language: str) -> list[str]:
    """The words of a text that carry meaning, lower case: no stop words, numbers or signs."""
    tokens = pipeline(language).tokenizer(_encodable(text))
    return [token.lower_ for token in tokens if token.is_alpha and not token.is_stop]


def mask_names(text: str, language: str) -> str:
    """The text with the names of persons that a trained pipeline finds as "[name]"; unchanged without one."""
    nlp = pipeline(language)
    if "ner" not in nlp.pipe_names:
        return text
    document: Doc = nlp(_encodable(text))
    masked = text
    for entity in reversed(document.ents):
        if entity.label_ in _NAMES:
            masked = masked[: entity.start_char] + "[name]" + masked[entity.end_char :]
    return masked


def _encodable(text: str) -> str:
    # spaCy refuses lone surrogates; one "?" for each keeps every position.
    return text.encode("utf-8", "replace").decode("utf-8")

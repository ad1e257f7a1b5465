"""spaCy, where language matters: names of persons, and the words that carry meaning. Never in the hot path.

Names need a trained pipeline for the language (for example en_core_web_sm or nl_core_news_sm); where none is installed,
none are sought. Stop words come with spaCy for every language it knows.
"""

import runpy
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.normal_form import words

if TYPE_CHECKING:
    from spacy.language import Language

_NAMES = frozenset({"PERSON", "PER"})


@cache
def trained_pipeline(language: str) -> "Language | None":
    """The trained pipeline installed for the language that finds names; None without one."""
    installed = sorted({model.name for model in entry_points(group="spacy_models")})
    for name in (one for one in installed if one.startswith(f"{language}_")):
        import spacy  # noqa: PLC0415 - it loads PyTorch where there is one: seconds, and 400 MB

        nlp = spacy.load(name)
        if "ner" in nlp.pipe_names:
            return nlp
    return None


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that carry no meaning of their own; none for a language that spaCy lacks."""
    spacy = find_spec("spacy")
    path = Path(spacy.origin if spacy and spacy.origin else "").parent / "lang" / language / "stop_words.py"
    if not path.exists():
        return frozenset()
    # The list alone: importing its package compiles the language's tokenizer, which takes seconds.
    return frozenset(runpy.run_path(str(path))["STOP_WORDS"])


def content_words(text: str, language: str) -> list[str]:
    """The words of a text that carry meaning, case-folded: no stop words, numbers or signs."""
    stops = stop_words(language)
    return [word for word in words(text) if word.isalpha() and word not in stops]


def mask_names(text: str, language: str) -> str:
    """The text with the names of persons that a trained pipeline finds as "[name]"; unchanged without one."""
    nlp = trained_pipeline(language)
    if nlp is None:
        return text
    # spaCy refuses lone surrogates; one "?" for each keeps every position.
    masked = text
    for entity in reversed(nlp(text.encode("utf-8", "replace").decode("utf-8")).ents):
        if entity.label_ in _NAMES:
            masked = masked[: entity.start_char] + "[name]" + masked[entity.end_char :]
    return masked

"""What a family shares and where its members differ, in words that a reader can check."""

from collections import Counter
from collections.abc import Sequence

from analysis.normal_form import words
from analysis.pipelines import content_words

_RUN = 4
_SHARED_BY = 0.6
_SAMPLE = 40
_PHRASES = 5
_WORDS = 8
# What fewer texts hold may be about one person.
_LEAST_TEXTS = 5
_READ_CHARACTERS = 2_000


def sample(texts: Sequence[str], most: int = _SAMPLE) -> list[str]:
    """At most `most` texts, spread evenly."""
    step = max(1, -(-len(texts) // most))
    return [text[:_READ_CHARACTERS] for text in texts[::step]]


def shared_phrases(medoid: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The longest runs of the medoid's words that at least three in five of the texts hold, longest first."""
    read = [words(text) for text in sample(texts)]
    held = Counter(run for row in read for run in {tuple(row[i : i + _RUN]) for i in range(len(row) - _RUN + 1)})
    line = words(medoid[:_READ_CHARACTERS])
    least = _SHARED_BY * len(read)
    runs: list[list[str]] = []
    open_until = -1
    for i in range(len(line) - _RUN + 1):
        if held[tuple(line[i : i + _RUN])] < least:
            continue
        if i <= open_until:
            runs[-1].append(line[i + _RUN - 1])
        else:
            runs.append(line[i : i + _RUN])
        open_until = i + 1
    phrases = dict.fromkeys(" ".join(run) for run in runs)
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase))[:_PHRASES])


def key_words(texts: Sequence[str], languages: Sequence[str], *, most: int = _SAMPLE) -> tuple[str, ...]:
    """The words with meaning that most of the texts use, most shared first."""
    held = Counter(
        word
        for text, language in zip(sample(texts, most), sample_languages(languages, most), strict=True)
        for word in set(content_words(text, language))
        if len(word) > 2
    )
    common = [(count, word) for word, count in held.items() if count >= _LEAST_TEXTS]
    return tuple(word for _, word in sorted(common, key=lambda pair: (-pair[0], pair[1]))[:_WORDS])


def sample_languages(languages: Sequence[str], most: int = _SAMPLE) -> list[str]:
    """The languages of the texts that `sample` takes."""
    step = max(1, -(-len(languages) // most))
    return list(languages[::step])


def differing_words(medoid: str, texts: Sequence[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Words with meaning that five texts and more have and the medoid has not, most frequent first."""
    own = set(words(medoid))
    held = Counter(
        word
        for text, language in zip(sample(texts), sample_languages(languages), strict=True)
        for word in set(content_words(text, language)) - own
        if len(word) > 2
    )
    common = [(word, count) for word, count in held.items() if count >= _LEAST_TEXTS]
    return tuple(word for word, _ in sorted(common, key=lambda item: (-item[1], item[0]))[:_WORDS])

import csv
import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from statistics import mean, median

import pytest

from stemwacht.demo import KINDS, Campaigns, Kind, Language, Letter, consultation, plan, write_csv, write_truth

LANGUAGES: tuple[Language, ...] = ("en", "nl")


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def jaccard(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
    return len(a & b) / len(a | b)


def by_campaign(letters: list[Letter]) -> dict[str, list[Letter]]:
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.truth is not None:
            groups[letter.truth.campaign].append(letter)
    return groups


def test_the_same_seed_gives_the_same_letters_and_another_seed_others() -> None:
    planted = plan(3, 100)
    assert consultation(3, 50, planted) == consultation(3, 50, planted)
    assert not {x.text for x in consultation(3, 50)} & {x.text for x in consultation(4, 50)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_independent_writers_share_a_topic_and_not_a_wording(language: Language) -> None:
    sets = [shingles(letter.text) for letter in consultation(5, 400, language=language)]
    pairs = [jaccard(a, b) for a, b in combinations(sets[:150], 2)]
    nearest = [max(jaccard(mine, other) for other in sets if other is not mine) for mine in sets[:100]]
    assert mean(pairs) < 0.02
    assert median(nearest) < 0.12
    assert max(nearest) < 0.35


@pytest.mark.parametrize("language", LANGUAGES)
def test_independent_writers_seldom_repeat_a_whole_sentence(language: Language) -> None:
    said = Counter(
        sentence
        for letter in consultation(6, 1000, language=language)
        for sentence in set(re.split(r"(?<=[.!?])\s+|\n+", letter.text))
        if len(sentence.split()) > 9
    )
    repeated = sum(count for sentence, count in said.items() if count > 1 and '"' not in sentence)
    assert repeated < 0.05 * said.total()


def test_some_writers_quote_the_clause_under_consultation() -> None:
    letters = consultation(2, 3000)
    quoting = sum("2,500 metres by road" in letter.text for letter in letters)
    assert 20 <= quoting <= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_have_the_length_of_letters(language: Language) -> None:
    lengths = sorted(len(letter.text.split()) for letter in consultation(8, 500, language=language))
    assert lengths[25] > 45
    assert 100 < lengths[250] < 200
    assert lengths[475] < 330


def test_every_campaign_is_there_in_its_size() -> None:
    planted = plan(9, 600)
    groups = by_campaign(consultation(9, 100, planted))
    assert {letters[0].truth.kind for letters in groups.values() if letters[0].truth} == set(KINDS)
    assert sorted(map(len, groups.values())) == sorted(size for campaigns in planted for size in campaigns.sizes)
    assert all(8 <= len(letters) <= 60 for letters in groups.values())


def test_sub_campaigns_of_a_phrase_bank_share_an_umbrella() -> None:
    groups = by_campaign(consultation(9, 10, [Campaigns("phrase_bank", (10, 12, 9))]))
    assert len(groups) == 3
    assert len({letter.truth.umbrella for letters in groups.values() for letter in letters if letter.truth}) == 1


def test_a_mail_merge_letter_holds_its_slot_values_and_its_fixed_text() -> None:
    for letter in consultation(1, 0, [Campaigns("mail_merge", (30,))]):
        truth = letter.truth
        assert truth is not None
        assert truth.template is not None
        assert {"name", "age", "street", "years", "station"} <= set(truth.slots)
        assert all(value.lower() in letter.text.lower() for value in truth.slots.values())
        paragraphs = [paragraph.format_map(defaultdict(str, truth.slots)) for paragraph in truth.template.split("\n\n")]
        assert sum(paragraph in letter.text for paragraph in paragraphs) >= len(paragraphs) - 1
        assert all(words in letter.text for words in truth.own_words)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("mail_merge", 0.4, 1), ("light_edit", 0.4, 1), ("mad_lib", 0.1, 0.5), ("paraphrase", 0.05, 0.25)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_campaigns_are_as_alike_as_their_kind_says(kind: Kind, low: float, high: float, language: Language) -> None:
    planted = [Campaigns(kind, (20, 20))]
    groups = by_campaign(consultation(4, 0, planted, language=language))
    for letters in groups.values():
        sets = [shingles(letter.text) for letter in letters]
        assert low < mean(jaccard(a, b) for a, b in combinations(sets, 2)) < high


def test_a_campaign_may_be_over_a_third_of_all_letters() -> None:
    letters = consultation(4, 100, [Campaigns("paraphrase", (80,))])
    assert sum(letter.truth is not None for letter in letters) == 80


def test_written_letters_and_truth_can_be_read_again(tmp_path: Path) -> None:
    letters = consultation(7, 40, plan(7, 60))
    write_csv(tmp_path / "letters.csv", letters)
    write_truth(tmp_path / "truth.jsonl", letters)
    with (tmp_path / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [letter.text for letter in letters]
    assert list(rows[0]) == ["id", "date", "name", "city", "organisation", "text"]
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["id"]: row["campaign"] for row in truth} == {x.id: x.truth.campaign for x in letters if x.truth}

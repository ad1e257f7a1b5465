import random
from pathlib import Path

import pytest

from stemwacht.demo.grammar import derive, read_grammar, realise


def grammar_file(folder: Path, text: str) -> Path:
    path = folder / "grammar.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_derivation_keeps_its_content_while_its_wording_varies(tmp_path: Path) -> None:
    grammar = read_grammar(
        grammar_file(tmp_path, "== say\n[big|large] {thing} {1..9} || {1..9}: a {thing}\n== thing\ncat\ndog\ncow\n")
    )
    node = derive(grammar, "say", random.Random(4), {})
    said = {realise(node, random.Random(seed)) for seed in range(50)}
    assert len(said) == 3
    assert len({word for text in said for word in text.split() if word in {"cat", "dog", "cow"}}) == 1
    assert len({digit for text in said for digit in text if digit.isdigit()}) == 1


def test_a_repeated_slot_is_another_thing_and_a_numbered_slot_the_same(tmp_path: Path) -> None:
    lines = "\n".join(f"w{number}" for number in range(200))
    grammar = read_grammar(grammar_file(tmp_path, f"== say\n{{w}} {{w}} {{w.1}}\n== w\n{lines}\n"))
    rng = random.Random(1)
    rows = [realise(derive(grammar, "say", rng, {}), rng).split() for _ in range(20)]
    assert all(first == third for first, _, third in rows)
    assert any(first != second for first, second, _ in rows)


def test_a_sticky_rule_says_the_same_within_one_memory(tmp_path: Path) -> None:
    lines = "\n".join(f"w{number}" for number in range(200))
    grammar = read_grammar(grammar_file(tmp_path, f"== say\n{{w}} {{w}}\n== w *\n{lines}\n"))
    rng = random.Random(1)
    first, second = realise(derive(grammar, "say", rng, {}), rng).split()
    assert first == second


@pytest.mark.parametrize(("line", "named"), [("a [b|c", "unbalanced"), ("a {nothing}", "nothing")])
def test_a_broken_grammar_is_refused_with_what_is_wrong(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_grammar(grammar_file(tmp_path, f"== say\n{line}\n"))

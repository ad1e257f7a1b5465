from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemwacht.demo import TruthRow, pair_scores, score, summary


def rows(
    group: str, size: int, *, control: bool = False, declared: bool = False, bank: str | None = None
) -> list[TruthRow]:
    return [
        TruthRow(
            id=f"{group}{number}",
            group=group,
            kind="mail_merge",
            planted=not control,
            control=control,
            declared=declared,
            umbrella=bank,
        )
        for number in range(size)
    ]


def family(name: str, members: Sequence[TruthRow | str]) -> list[tuple[str, str]]:
    return [(member if isinstance(member, str) else member.id, name) for member in members]


def test_a_campaign_wholly_in_one_alert_is_found() -> None:
    truth = rows("a", 10)
    result = score(truth, family("f1", [*truth, "x", "y"]), ["f1"])
    assert [group.group for group in result.found] == ["a"]
    assert result.found[0].recall == 1.0
    assert result.found[0].precision == pytest.approx(10 / 12)
    assert result.organic_alerted == 2
    assert not result.missed
    assert not result.false_alerts


def test_a_campaign_spread_thin_over_alerts_is_missed() -> None:
    truth = rows("a", 9)
    spread = [*family("f1", truth[:3]), *family("f2", truth[3:6]), *family("f3", truth[6:])]
    result = score(truth, spread, ["f1", "f2", "f3"])
    assert [group.recall for group in result.missed] == [pytest.approx(1 / 3)]


def test_a_family_without_an_alert_does_not_count_as_found() -> None:
    truth = rows("a", 10)
    result = score(truth, family("f1", truth), [])
    assert [(group.recall, group.best_recall) for group in result.missed] == [(0.0, 1.0)]


def test_half_of_a_campaign_is_enough() -> None:
    truth = rows("a", 10)
    assert score(truth, family("f1", truth[:5]), ["f1"]).found
    assert not score(truth, family("f1", truth[:4]), ["f1"]).found


def test_alerts_on_controls_declared_campaigns_and_organic_messages_are_false() -> None:
    truth = [*rows("c", 6, control=True), *rows("d", 6, declared=True)]
    families = [*family("f1", truth[:6]), *family("f2", truth[6:]), *family("f3", ["x", "y", "z"])]
    result = score(truth, families, ["f1", "f2", "f3"])
    assert {alert.finding: (alert.control, alert.declared, alert.organic) for alert in result.false_alerts} == {
        "f1": (6, 0, 0),
        "f2": (0, 6, 0),
        "f3": (0, 0, 3),
    }
    assert not result.found
    assert not result.missed
    assert result.declared[0].found


def test_sub_campaigns_of_one_bank_in_one_family_are_right_together() -> None:
    truth = [*rows("a", 5, bank="b"), *rows("c", 5, bank="b")]
    result = score(truth, family("f1", truth), ["f1"])
    assert [group.precision for group in result.found] == [1.0, 1.0]


def test_a_message_may_be_evidence_of_a_family_and_of_a_network() -> None:
    truth = rows("a", 10)
    members = [*family("f1", truth[:4]), *family("f2", truth[4:8]), *family("n1", [*truth[:6], "x"])]
    judged = score(truth, members, ["f1", "f2", "n1"])
    assert [(group.finding, group.recall, group.alerts) for group in judged.found] == [("n1", 0.6, 3)]
    assert judged.alerts == 3
    assert judged.organic_alerted == 1
    assert not judged.false_alerts
    assert "3 alerts are about it" in summary(judged)


def test_findings_joined_in_one_alert_count_once_and_together() -> None:
    truth = rows("a", 10)
    members = [*family("alert", truth[:4]), *family("alert", truth[2:6])]
    judged = score(truth, members, ["alert"])
    assert [(group.recall, group.precision, group.alerts) for group in judged.found] == [(0.6, 1.0, 1)]


def test_a_network_of_a_control_and_a_burst_of_strangers_are_false_alerts() -> None:
    truth = [*rows("a", 4), *rows("newsroom", 6, control=True)]
    members = [*family("n1", [*truth[4:], "x"]), *family("b1", [*truth[:4], *"uvwxyz"]), *family("n2", truth[:4])]
    judged = score(truth, members, ["n1", "b1", "n2"])
    assert {(alert.finding, alert.mostly) for alert in judged.false_alerts} == {("n1", "newsroom"), ("b1", None)}
    assert [(group.finding, group.alerts) for group in judged.found] == [("n2", 1)]
    assert judged.organic_alerted == len("uvwxyz")
    assert "mostly newsroom" in summary(judged)


def test_an_alert_on_an_unknown_finding_counts_for_nothing() -> None:
    result = score(rows("a", 5), [], ["nowhere"])
    assert result.alerts == 0


def test_the_summary_says_found_missed_declared_and_false() -> None:
    truth = [*rows("a", 5), *rows("b", 5), *rows("c", 5, control=True), *rows("d", 5, declared=True)]
    families = [*family("f1", truth[:5]), *family("f2", truth[10:15])]
    text = summary(score(truth, families, ["f1", "f2"]))
    assert "Campaigns found: 1 of 2." in text
    assert "missed  b" in text
    assert "declared d (mail merge, 5 messages): raised no alert" in text
    assert "False alerts: 1 of 2." in text


LABELS = st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 4))] * 2), max_size=30)


@given(LABELS)
def test_pair_scores_agree_with_counting_pairs(labels: list[tuple[int | None, int | None]]) -> None:
    truth, predicted = [a for a, _ in labels], [b for _, b in labels]
    together = [
        (truth[i] is not None and truth[i] == truth[j], predicted[i] is not None and predicted[i] == predicted[j])
        for i, j in combinations(range(len(labels)), 2)
    ]
    both = sum(a and b for a, b in together)
    made, right = sum(b for _, b in together), sum(a for a, _ in together)
    precision, recall, f1 = pair_scores(truth, predicted)
    assert precision == pytest.approx(both / made if made else 1.0)
    assert recall == pytest.approx(both / right if right else 1.0)
    assert min(precision, recall) - 1e-9 <= f1 <= max(precision, recall) + 1e-9


def test_pair_scores_refuse_lists_of_different_length() -> None:
    with pytest.raises(ValueError, match="give one of each"):
        pair_scores([1], [1, 2])

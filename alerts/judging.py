"""From a finding to a verdict: which rule covers it, does it reach the bar, is it declared, is it explained."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from alerts.alert import BenignCheck
from alerts.benign import CHECKS, Case, case
from alerts.declaring import declared
from alerts.outcome import FindingStatus, Verdict
from alerts.registry import Campaign
from alerts.rules import Rule, rule_for
from analysis import Finding, Relation
from ingest import Message


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its messages, its text axis, its rule and its verdict."""

    finding: Finding
    messages: tuple[Message, ...]
    relation: Relation
    rule: Rule | None
    status: FindingStatus


def judge(
    finding: Finding,
    messages: Sequence[Message],
    rules: Sequence[Rule],
    registry: Sequence[Campaign],
    consulted: Sequence[str] = (),
) -> Judged:
    """The verdict on one finding. Declared comes before the bar: a declared family is counted as such at any size."""
    relation = text_axis(finding)
    rule = rule_for(rules, finding, relation)
    campaign = declared(finding, messages, registry)
    if campaign:
        verdict: Verdict = "declared"
        reasons: tuple[str, ...] = (f"It belongs to the declared campaign {campaign.name!r}.",)
        benign: tuple[BenignCheck, ...] = ()
    elif rule is None:
        verdict, reasons, benign = "below the bar", (f"No rule covers {relation} of {finding.detector}.",), ()
    else:
        reasons = below_the_bar(finding, rule)
        verdict, benign = "below the bar", ()
        if not reasons:
            verdict, reasons, benign = _explained(case(finding, messages, consulted), rule)
    status = FindingStatus(
        finding_id=finding.id,
        status=verdict,
        reasons=reasons,
        messages=finding.messages,
        relation=relation,
        rule=rule.id if rule else None,
        campaign_id=campaign.id if campaign else None,
        benign=benign,
    )
    return Judged(finding=finding, messages=tuple(messages), relation=relation, rule=rule, status=status)


def text_axis(finding: Finding) -> Relation:
    """What the finding is as a whole: what tied its accounts, or, of a family, its texts.

    Translation when members in two languages are tied by one; template when it has slots; paraphrase when half its
    members are; otherwise the relation of most members, the closer one on a tie.
    """
    counts = Counter(member.relation for member in finding.members)
    if finding.network is not None:
        return "co-share"
    if finding.burst is not None:
        return "activity"
    if counts["translation"] and len(finding.languages) > 1:
        return "translation"
    if finding.template is not None and finding.template.slots:
        return "template"
    if counts["paraphrase"] * 2 >= len(finding.members):
        return "paraphrase"
    order: tuple[Relation, ...] = ("copy", "template", "paraphrase", "translation")
    return max(order, key=lambda relation: counts[relation])


def below_the_bar(finding: Finding, rule: Rule) -> tuple[str, ...]:
    """Why the finding does not reach the rule's bar, in words; empty when it does.

    Where the data name no sender, the number of senders is not judged here, and the alert says so.
    """
    reasons = []
    if not finding.chance.q <= rule.q_max:
        reasons.append(f"q is {finding.chance.q:.2g}; the rule asks {rule.q_max:g} or less.")
    if finding.messages < rule.min_messages or len(finding.members) < 2:
        reasons.append(f"{finding.messages} messages; the rule asks {rule.min_messages} in two records or more.")
    if finding.senders is not None and finding.senders < rule.min_senders:
        reasons.append(f"{finding.senders} sender(s); the rule asks {rule.min_senders}.")
    return tuple(reasons)


def _explained(looked_at: Case, rule: Rule) -> tuple[Verdict, tuple[str, ...], tuple[BenignCheck, ...]]:
    benign = tuple(CHECKS[name](looked_at) for name in (*rule.holds_back, *rule.informs))
    holding = [check for check in benign if check.name in rule.holds_back and check.verdict == "supported"]
    if holding:
        return "explained", tuple(check.reason for check in holding), benign
    q, q_max = looked_at.finding.chance.q, rule.q_max
    return "alert", (f"q is {q:.2g}, at most {q_max:g}, and no innocent explanation holds.",), benign

"""Findings of accounts that comment first."""

from analysis.bursts.columns import Columns
from analysis.bursts.elsewhere import LEAST_ELSEWHERE, LEAST_POSTS
from analysis.bursts.findings import accounts, end_of, finding, moment
from analysis.bursts.first_comments import Chorus
from analysis.bursts.labels import CLUE, PACE_UNKNOWN, WORDS
from analysis.finding import Burst, Chance, Finding

_NULL = (
    "accounts that comment independently of one another, in the harder of two tests for each: in any place among the "
    "comments on a post; at the pace that it has with other authors or, where that is unknown, at one of those known"
)
_UNKNOWN = "{unknown} of {all} accounts have fewer than {least} comments on posts of other authors"


def chorus_finding(read: Columns, chorus: Chorus) -> Finding:
    """The finding of one chorus: `value` is the pseudonym of the author it answers."""
    took_part = accounts(read, chorus.rows)
    labels = (CLUE, PACE_UNKNOWN) if chorus.unknown else (CLUE,)
    burst = Burst(
        subject="first comments",
        value=read.accounts[chorus.author],
        start=moment(int(read.time[chorus.rows[0]])),
        end=end_of(read, chorus.rows),
        observed=len(took_part),
        expected=round(chorus.expected, 4),
        accounts=took_part,
        labels=labels,
    )
    chance = Chance(
        statistic=f"accounts among the first to comment, over {LEAST_POSTS} posts or more, and quicker than their pace",
        observed=float(burst.observed),
        expected=burst.expected,
        p=chorus.p,
        q=chorus.q,
        null=_NULL,
    )
    notes = [WORDS[CLUE], f"half of these comments came within {chorus.seconds:.0f} seconds of the post"]
    if chorus.unknown:
        unknown = _UNKNOWN.format(unknown=chorus.unknown, all=len(took_part), least=LEAST_ELSEWHERE)
        notes += [WORDS[PACE_UNKNOWN], unknown]
    return finding(read, chorus.rows, burst=burst, chance=chance, notes=tuple(notes))

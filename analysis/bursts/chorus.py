"""Findings of accounts that comment first."""

from analysis.bursts.columns import Columns
from analysis.bursts.findings import accounts, end_of, finding, moment
from analysis.bursts.first_comments import LEAST_POSTS, Chorus
from analysis.bursts.labels import CLUE, WORDS
from analysis.finding import Burst, Chance, Finding

_NULL = (
    "the accounts that comment on a post, shuffled within it: each place is as likely as any other; at least as many "
    "accounts early as a finding needs"
)


def chorus_finding(read: Columns, chorus: Chorus) -> Finding:
    """The finding of one chorus: `value` is the pseudonym of the author it answers."""
    took_part = accounts(read, chorus.rows)
    burst = Burst(
        subject="first comments",
        value=read.accounts[chorus.author],
        start=moment(int(read.time[chorus.rows[0]])),
        end=end_of(read, chorus.rows),
        observed=len(took_part),
        expected=round(chorus.expected, 4),
        accounts=took_part,
        labels=(CLUE,),
    )
    chance = Chance(
        statistic=f"accounts among the first to comment, over {LEAST_POSTS} posts or more",
        observed=float(burst.observed),
        expected=burst.expected,
        p=chorus.p,
        q=chorus.q,
        null=_NULL,
    )
    notes = (WORDS[CLUE], f"half of these comments came within {chorus.seconds:.0f} seconds of the post")
    return finding(read, chorus.rows, burst=burst, chance=chance, notes=notes)

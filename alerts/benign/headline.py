"""Is it a headline that people share with its article? A link alone proves nothing: anyone can add one.

Asked: at least 80 % share one link; what they share besides is 4 to 22 words, speaks of others (no I, we, you), takes
no side ("no to"), does not open with a call ("sign", "vote") and holds no exclamation mark or hashtag; the words beyond
it differ or there are none; and the senders do not repeat it. Limit: a slogan without any such word, always
with the same link, passes as a headline here; that accounts share a link in step is another detector's question.
"""

from collections import Counter

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, share, supported
from alerts.shingles import differ
from alerts.wordlists import CALL, PERSON, STANCE, holds
from ingest import Message

NAME = "headline"
SAME_LINK = 0.8
MOST = 0.7
SHORTEST_WORDS, LONGEST_WORDS = 4, 22
REPEATS = 1.5


def check(case: Case) -> BenignCheck:
    """Supported when most members share one link and a short title that asks for nothing."""
    total = len(case.messages)
    if not total or not case.shared:
        return not_judged(NAME, "The members share no wording that could be a headline.")
    link, linked = most_shared_link(case.messages)
    if link is None or linked < SAME_LINK * total:
        return not_supported(NAME, f"The most frequent link stands in {share(linked, total)} messages.")
    reason = _no_headline(case)
    if reason:
        return not_supported(NAME, reason)
    return supported(NAME, f"{share(linked, total)} messages share one link and its short title.")


def most_shared_link(messages: tuple[Message, ...]) -> tuple[str | None, int]:
    """The link in most messages and in how many it stands; ties go to the first in alphabet."""
    counts = Counter(link for message in messages for link in set(message.links))
    return min(counts.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))


def _no_headline(case: Case) -> str | None:
    if not SHORTEST_WORDS <= len(case.shared_words) <= LONGEST_WORDS:
        return f"The shared text is {len(case.shared_words)} words long: no headline."
    if _asks(case):
        return "The shared text addresses the reader, takes a side or calls for something."
    senders = {message.author for message in case.messages if message.author}
    if senders and len(case.messages) / len(senders) > REPEATS:
        return f"{len(senders)} senders sent it {len(case.messages)} times: people share an article once."
    if _free(case) < MOST * len(case.readings):
        return "The words beside the shared text are themselves alike."
    return None


def _free(case: Case) -> int:
    """How many members add nothing to the shared text, or words of their own."""
    own = differ(reading.own for reading in case.readings)
    return sum(len(reading.own) <= 2 or mine for reading, mine in zip(case.readings, own, strict=True))


def _asks(case: Case) -> bool:
    loud = sum("!" in message.text for message in case.messages)
    tagged = Counter(tag.casefold() for message in case.messages for tag in set(message.hashtags))
    same_tag = max(tagged.values(), default=0)
    half = len(case.messages) / 2
    said = case.shared_words
    asks = said[:1] in CALL.of(case.language) or holds(said, STANCE.of(case.language))
    return asks or loud > half or same_tag > half or holds(said, PERSON.of(case.language))

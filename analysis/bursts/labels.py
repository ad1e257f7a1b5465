"""The benign kinds that a burst can look like, as labels, and each in a sentence."""

SPREADS = "spreads by reposts and replies"
FROM_ONE_MESSAGE = "from one message"
ALL_TALK_ROSE = "all talk rose"
REGULARS = "regular accounts"
TAGS_APART = "tags also used apart"
CLUE = "a clue, not an alert"
PACE_UNKNOWN = "pace elsewhere unknown"

WORDS = {
    SPREADS: "it spreads by reposts and replies, as whatever goes viral does",
    FROM_ONE_MESSAGE: "most of its accounts reposted or answered one and the same message",
    ALL_TALK_ROSE: "news of the day? the rest is busier then than the hours about it and other days let expect",
    REGULARS: "most of its accounts post about other things on other days too",
    TAGS_APART: "its hashtags are used apart in that time, or meet no more often than chance would have it",
    CLUE: "a clue, not an alert: fast readers, followers with notifications and feeds comment first too",
    PACE_UNKNOWN: "the pace that some of these accounts have with other authors is not known: q takes it to be like "
    "that of the accounts whose pace is known, and says nothing if this author's readers are quick by nature",
}

# How many times busier the rest must be for "all talk rose".
RISE = 1.5

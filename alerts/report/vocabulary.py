"""The fixed words of alerts and findings as readers see them; each is a message of the catalogues."""

from alerts.report.speech import Speech


def mark(text: str) -> str:
    """The text itself: tells the catalogue extraction that it is a message."""
    return text


STATUS = {
    "open": mark("not yet reviewed"),
    "acknowledged": mark("under review"),
    "confirmed": mark("confirmed by a reviewer"),
    "dismissed": mark("dismissed by a reviewer"),
}
STANDING = {
    "alert": mark("Undeclared: alert raised"),
    "declared": mark("Declared campaign"),
    "explained": mark("Innocent explanation found"),
    "below the bar": mark("Below the bar for an alert"),
}
EVENT = {
    "raised": mark("Raised"),
    "updated": mark("Updated"),
    "merged": mark("Merged"),
    "reconciled": mark("Reconciled"),
    "withdrawn": mark("Withdrawn"),
    "acknowledged": mark("Under review"),
    "confirmed": mark("Confirmed"),
    "dismissed": mark("Dismissed"),
    "reopened": mark("Reopened"),
    "replied": mark("Reply received"),
}
TEXT_AXIS = {
    "unique": mark("unique"),
    "copy": mark("copies"),
    "template": mark("one letter with blanks"),
    "paraphrase": mark("rewordings"),
    "translation": mark("translations"),
}
CAMPAIGN_AXIS = {"declared": mark("declared"), "undeclared": mark("undeclared"), "unknown": mark("unknown")}
IDENTITY_AXIS = {"confirmed": mark("confirmed"), "disputed": mark("disputed"), "unknown": mark("unknown")}
TIMING_AXIS = {"ordinary": mark("ordinary"), "burst": mark("burst"), "unknown": mark("unknown")}
RELATION = {
    "copy": mark("copy"),
    "template": mark("template"),
    "paraphrase": mark("rewording"),
    "translation": mark("translation"),
}
VERDICT = {
    "supported": mark("speaks for it"),
    "not supported": mark("does not speak for it"),
    "could not be judged": mark("could not be judged"),
}
GAPS = (
    mark("nothing came in"),
    mark("it could not be reached"),
    mark("it is gone"),
    mark("what was published then is kept there no longer"),
    mark("more was published between two readings than it shows"),
    mark("it was read from another place, which does not tell what came before"),
)
KIND = {"post": mark("posts"), "letter": mark("letters"), "share": mark("shares without a word")}
DETECTOR = {
    "families": mark("families"),
    "letters": mark("letters"),
    "sharing": mark("sharing"),
    "bursts": mark("bursts"),
}
TRACE = {
    "link": mark("link"),
    "family": mark("family of messages"),
    "hashtags": mark("row of hashtags"),
    "repost": mark("repost of one post"),
    "media": mark("picture or film"),
    "object": mark("thing as the data name it"),
}
SUBJECT = {
    "link": mark("Link"),
    "family": mark("Family of messages"),
    "hashtags": mark("Row of hashtags"),
    "channel": mark("Channel"),
    "topic": mark("Hashtag"),
    "waking": mark("Waking accounts"),
    "first comments": mark("First comments"),
}
LABEL = {
    "newsroom": mark("a newsroom"),
    "automated feed": mark("automated feeds"),
    "official accounts": mark("accounts of one organisation"),
    "same person": mark("one person with two accounts"),
    "viral link": mark("a viral link"),
    "spreads by reposts and replies": mark("passed on by reposts and replies"),
    "all talk rose": mark("a public event: all talk rose"),
    "from one message": mark("reposts of and answers to one message"),
    "tags also used apart": mark("hashtags that are also used apart"),
    "regular accounts": mark("accounts that post about other things too"),
    "a clue, not an alert": mark("a clue, not an alert"),
    "pace elsewhere unknown": mark("a pace elsewhere that is unknown"),
}
PLACEHOLDER = {
    "attachment": mark("refers to an attachment"),
    "deleted": mark("deleted"),
    "empty": mark("empty"),
}
STATISTIC = {
    "surprise bits": mark("how surprising the shared wording is, in bits"),
    "local ratio of cosines": mark("how much closer in meaning than strangers' nearest texts, a ratio"),
    "size of a group of close texts": mark("how many texts are this close in meaning to each other"),
}
NULLS = (
    mark("independent writers on this topic, each sentence with the wording frequencies seen outside the family"),
    mark("independent writers on this topic, as alike as strangers' nearest texts in these data"),
    mark("groups of independent writers on this topic at the same closeness, whose sizes fall off geometrically"),
)
BENIGN = {
    "automated_feed": mark("feeds that post by themselves"),
    "common_source": mark("a common source that the data do not show"),
    "newsroom": mark("a newsroom"),
    "one_person": mark("one person with two accounts"),
    "public_event": mark("a public event that everybody talked about"),
    "spreading": mark("passed on by reposts and replies"),
    "viral_link": mark("a viral link"),
    "consulted_text": mark("the text under consultation, quoted"),
    "headline": mark("a headline shared with its article"),
    "official_accounts": mark("accounts of one organisation"),
    "one_writer": mark("one writer repeating himself"),
    "opposite_opinions": mark("opposite opinions in nearly the same words"),
    "quotation": mark("a quotation"),
    "repost": mark("reposts"),
    "stock_phrase": mark("a polite standard phrase"),
    "tags_apart": mark("a row of hashtags that people put together of themselves"),
    "time_spread": mark("spread over time without a burst"),
}
CONFIDENCE = {
    "almost no chance": mark("almost no chance"),
    "very unlikely": mark("very unlikely"),
    "unlikely": mark("unlikely"),
    "roughly even chance": mark("roughly even chance"),
    "likely": mark("likely"),
    "very likely": mark("very likely"),
    "almost certain": mark("almost certain"),
}
ATTRIBUTION = {"none assessed": mark("none assessed")}


def word(speech: Speech, words: dict[str, str], key: str) -> str:
    """The reader's word for a fixed key; a key that is not in the list is said as it stands, translated if known."""
    return speech.say(words[key]) if key in words else speech.term(key)

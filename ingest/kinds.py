"""Whether a file holds posts or letters, by its column names and the length of its texts."""

from statistics import median

from ingest.message import Kind
from ingest.roles import Role, bare
from ingest.sampling import Sample

_LONG_CHARS, _SHORT_CHARS = 500, 300
_POST_WORDS = """
    tweet tweetid retweet retweetcount retweets likes likecount favourites favoritecount hashtags hashtag
    mentions screenname followers followerscount replyto inreplytoid inreplytostatusid repostof reblog status
    subreddit platform sharecount reposts handle post postid postedat views viewcount bericht
"""
_LETTER_WORDS = """
    zienswijze brief letter lettertext docket docketid consultation consultatie submission submitter
    inspraakreactie reactie indiener attachment attachments bijlage organisation organization dossier feedback
    duplicatecomments comment proceeding ontvangstdatum kenmerk zaaknummer
"""
_POST_NAMES = frozenset(_POST_WORDS.split())
_LETTER_NAMES = frozenset(_LETTER_WORDS.split())


def kind_of(sample: Sample, mapping: dict[Role, str]) -> tuple[Kind, str]:
    """The kind, and the evidence in words."""
    lengths = sample.lengths(mapping["text"]) if "text" in mapping else []
    middle = median(lengths) if lengths else 0
    names = {column: bare(column.rsplit(".", 1)[-1]) for column in sample.columns}
    posts = [column for column, name in names.items() if name in _POST_NAMES]
    letters = [column for column, name in names.items() if name in _LETTER_NAMES]
    score = 2 * (bool(letters) - bool(posts)) + 3 * (middle >= _LONG_CHARS) - (middle < _SHORT_CHARS)
    kind: Kind = "letter" if score > 0 else "post"
    named = letters if kind == "letter" else posts
    reason = f"half of the texts have more than {middle:.0f} characters"
    return kind, reason + (f"; columns such as {named[0]!r}" if named else "")

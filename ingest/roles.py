"""What the columns of a file mean, by the names that exports usually give them."""

import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from ingest.errors import UnknownShape

Role = Literal[
    "id", "text", "title", "author", "published", "received", "language", "channel", "links", "mentions", "hashtags",
    "reply_to", "repost_of", "repost_author", "media", "objects", "organisation", "declared_campaign", "weight",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

# The best name first. Compared without case, spaces and punctuation; a dotted column also by its last part.
USUAL_NAMES: Mapping[Role, str] = {
    "text": """
        text full_text text_data tweet body comment comment_text message message_text content contents
        bericht tekst reactie inhoud zienswijze brief inspraakreactie opmerking opmerkingen commentaar
        letter letter_text feedback submission submission_text post post_text status_text caption
        description bijdrage toelichting antwoord text_original text_display beitrag nachricht kommentar
        texte contenu commentaire mesaj comentariu
    """,
    "id": """
        id message_id post_id tweet_id status_id doc_id document_id docid comment_id submission_id
        id_submission row_id rowid record_id item_id uri guid uuid cid key nummer kenmerk zaaknummer
        berichtnummer reactienummer documentnummer volgnummer contribution_id content_id id_str
    """,
    "author": """
        author author_id author_handle author_name username user_name user screen_name handle account
        account_id sender sender_hash sender_id sender_name from afzender auteur naam name full_name
        submitter submitter_name indiener inspreker gebruiker gebruikersnaam from_user user_id email
        e_mail mail email_address did acct verfasser auteur_id writer respondent first_name+last_name
        firstname+surname voornaam+achternaam display_name
    """,
    "published": """
        published published_at publication_date created_at created created_utc create_date creation_date
        date datetime date_time timestamp unix_timestamp time posted posted_at posted_date post_date
        tweet_date datum datum_tijd tijd tijdstip gepubliceerd publicatiedatum plaatsingsdatum
        aanmaakdatum date_published publish_date date_submission submitted_at submission_date
        date_posted verzonden verzenddatum sent sent_at datum_verzonden time_parsed ingediend_op
    """,
    "received": """
        received received_at received_date date_received receive_date ontvangen ontvangstdatum
        datum_ontvangst ontvangen_op collected_at indexed_at retrieved_at ingekomen
    """,
    "language": """
        language lang language_code langs taal taalcode sprache langue limba locale
    """,
    "channel": """
        channel docket docket_id consultation consultation_id consultatie dossier dossiernummer
        onderwerp topic group subreddit kanaal chat thread_id conversation_id publication_id proceeding
        zaak
    """,
    "links": """
        links urls link_urls expanded_url expanded_urls shared_urls shared_url url_shared link_attached
    """,
    "mentions": """
        mentions mentioned_users user_mentions vermeldingen
    """,
    "hashtags": """
        hashtags hashtag tags
    """,
    "reply_to": """
        reply_to in_reply_to in_reply_to_id in_reply_to_status_id in_reply_to_tweet_id reply_to_id
        parent_id parent antwoord_op commentable_id
    """,
    "repost_of": """
        repost_of reblog_of reblog_of_id retweet_of retweeted_status_id retweet_id shared_post_id
    """,
    "organisation": """
        organisation organization organisatie organisation_name organization_name organisatienaam
        naam_organisatie bedrijf company party partij organisme verband
    """,
    "declared_campaign": """
        declared_campaign campaign campaign_name campagne campaign_id mass_campaign
    """,
    "weight": """
        weight duplicate_comments duplicates duplicate_count dupe_count number_of_copies copies
        num_duplicates gewicht aantal_handtekeningen signatures number_of_signatures
    """,
    "repost_author": """
        repost_author reblog_author retweeted_user retweeted_user_id author_forwarded_from retweet_author
    """,
    "media": """
        media_keys media_hash media_hashes image_hash
    """,
    "objects": "",  # only a bare table of shares has them, and its own format knows it
    "title": "",  # never guessed: an export's title is too often made from a name
}
_NOISE = re.compile(r"[\W_]+")


def bare(name: str) -> str:
    """A column name without case, spaces and punctuation."""
    return _NOISE.sub("", name.casefold())


def _ranked(role: Role) -> dict[str, int]:
    return {bare(name): rank for rank, name in enumerate(USUAL_NAMES[role].split()) if "+" not in name}


_RANKS: Mapping[Role, dict[str, int]] = {role: _ranked(role) for role in ROLES}
_PAIRS = [tuple(map(bare, name.split("+"))) for name in USUAL_NAMES["author"].split() if "+" in name]


def candidates(role: Role, columns: Iterable[str]) -> list[str]:
    """The columns whose names usually mean this role, best first."""
    ranks = _RANKS[role]
    found: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        last = re.split(r"[./]", column)[-1]
        if (rank := ranks.get(bare(column))) is not None:
            found.append((rank, at, column))
        elif last != column and (rank := ranks.get(bare(last))) is not None:
            found.append((rank + 1000 * (1 + column.count(".")), at, column))
    return [column for _, _, column in sorted(found)]


def name_pair(columns: Iterable[str]) -> str | None:
    """Two columns that hold a person's name in parts, as `First Name+Last Name`."""
    by_bare = {bare(column): column for column in columns}
    return next((f"{by_bare[one]}+{by_bare[two]}" for one, two in _PAIRS if one in by_bare and two in by_bare), None)


def columns_of(mapped: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that a mapping's value names: itself, or several joined by `+`."""
    return (mapped,) if mapped in set(columns) else tuple(part.strip() for part in mapped.split("+"))


def parse_map(line: str) -> dict[str, str]:
    """`text=Comment,author=Name` as a mapping of role to column. Raises `UnknownShape`, naming the roles there are."""
    mapping: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in line.split(","))):
        role, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals and mapping:  # a comma inside a column name
            mapping[list(mapping)[-1]] += f",{part}"
            continue
        mapping[checked_role(role)] = column
    return mapping


def checked_role(role: str) -> Role:
    """The role of that name. Raises `UnknownShape` with the list of roles."""
    for known in ROLES:
        if role == known:
            return known
    raise UnknownShape(f"no role {role!r}; there are: {', '.join(ROLES)}")


def map_line(mapping: Mapping[Role, str]) -> str:
    """The mapping as it is given on the command line."""
    ordered = sorted(mapping.items(), key=lambda item: ROLES.index(item[0]) if item[0] != "text" else -1)
    return "--map " + shlex.quote(",".join(f"{role}={column}" for role, column in ordered))

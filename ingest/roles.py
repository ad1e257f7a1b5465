"""What the columns of a file mean, by the names that exports usually give them."""

import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from ingest.errors import UnknownShape

Role = Literal[
    "id", "text", "title", "author", "published", "received", "language", "channel", "links", "mentions", "hashtags",
    "reply_to", "repost_of", "repost_author", "media", "objects", "names", "organisation",
    "declared_campaign", "weight",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
NO_COLUMN = "-"

# The best name first. Compared without case, spaces and punctuation; a dotted column also by its last part.
USUAL_NAMES: Mapping[Role, str] = {
    "text": """
        text full_text text_data tweet body comment comment_text message message_text content contents
        bericht tekst reactie inhoud zienswijze brief inspraakreactie opmerking opmerkingen commentaar
        letter letter_text feedback submission submission_text post post_text status_text caption
        description bijdrage toelichting antwoord text_original text_display beitrag nachricht kommentar
        texte contenu commentaire mesaj comentariu
        stellungnahme einwendung meinung anmerkung anmerkungen rückmeldung antwort schreiben inhalt avis
        observation observations contribution réponse lettre remarque remarques comentarii conținut
        observații propunere scrisoare opinie părere răspuns response answer remarks opinion statement
    """,
    "id": """
        id message_id post_id tweet_id status_id doc_id document_id docid comment_id submission_id
        id_submission row_id rowid record_id item_id uri guid uuid cid key nummer kenmerk zaaknummer
        berichtnummer reactienummer documentnummer volgnummer contribution_id content_id id_str
        identifier reference_number response_id lfd_nr laufende_nummer beitrags_id kommentar_id
        vorgangsnummer aktenzeichen identifiant numéro référence număr nr_crt identificator nr no
    """,
    "author": """
        author author_id author_handle author_name username user_name user screen_name handle account
        account_id sender sender_hash sender_id sender_name from afzender auteur naam name full_name
        submitter submitter_name indiener inspreker gebruiker gebruikersnaam from_user user_id email
        e_mail mail email_address did acct verfasser auteur_id writer respondent first_name+last_name
        firstname+surname voornaam+achternaam display_name
        posted_by submitted_by created_by commenter inzender ingezonden_door emailadres e_mailadres
        absender autor benutzer benutzername nutzer nutzername einsender vorname+nachname email_adresse
        expéditeur utilisateur nom nom_complet pseudo prénom+nom courriel adresse_e_mail expeditor
        utilizator nume nume_complet prenume+nume adresa_e_mail voornaam+naam given_name+family_name
    """,
    "published": """
        published published_at publication_date created_at created_utc created create_date creation_date
        date datetime date_time unix_timestamp timestamp time posted posted_at posted_date post_date
        tweet_date datum datum_tijd tijd tijdstip gepubliceerd publicatiedatum plaatsingsdatum
        aanmaakdatum date_published publish_date date_submission submitted_at submission_date
        date_posted verzonden verzenddatum sent sent_at datum_verzonden time_parsed ingediend_op
        created_date date_created sent_date submission_time submitdate completion_time completed_at
        geplaatst geplaatst_op aangemaakt aangemaakt_op ingezonden_op verzonden_op tijdstempel erstellt
        erstellt_am erstellungsdatum veröffentlicht veröffentlicht_am veröffentlichungsdatum eingereicht_am
        zeit zeitpunkt zeitstempel gesendet gesendet_am abgegeben_am publié publié_le date_de_publication
        date_de_création créé_le date_d_envoi envoyé_le soumis_le horodatage horodateur date_de_soumission
        déposé_le data publicat publicat_la data_publicării creat_la data_creării trimis_la data_trimiterii
        data_ora marcaj_de_timp
    """,
    "received": """
        received received_at received_date date_received receive_date ontvangen ontvangstdatum
        datum_ontvangst ontvangen_op collected_at indexed_at retrieved_at ingekomen
        eingegangen eingegangen_am eingangsdatum empfangen reçu reçu_le date_de_réception primit primit_la
        data_primirii
    """,
    "language": """
        language lang language_code langs taal taalcode sprache langue limba locale
    """,
    "channel": """
        channel docket docket_id consultation consultation_id consultatie dossier dossiernummer
        onderwerp topic group subreddit kanaal chat thread_id conversation_id publication_id proceeding
        zaak
        thema kanal gruppe verfahren sujet canal groupe procédure subiect grup consultare dosar
    """,
    "links": """
        links urls link_urls expanded_url expanded_urls shared_urls shared_url url_shared link_attached
        liens linkuri
    """,
    "mentions": """
        mentions mentioned_users user_mentions vermeldingen
        erwähnungen mențiuni
    """,
    "hashtags": """
        hashtags hashtag tags
    """,
    "reply_to": """
        reply_to in_reply_to in_reply_to_id in_reply_to_status_id in_reply_to_tweet_id reply_to_id
        parent_id parent antwoord_op commentable_id
        antwort_auf réponse_à răspuns_la
    """,
    "repost_of": """
        repost_of reblog_of reblog_of_id retweet_of retweeted_status_id retweet_id shared_post_id
    """,
    "organisation": """
        organisation organization organisatie organisation_name organization_name organisatienaam
        naam_organisatie bedrijf company party partij organisme verband
        unternehmen firma verein partei entreprise société association parti organizație companie asociație
        partid
    """,
    "declared_campaign": """
        declared_campaign campaign campaign_name campagne campaign_id mass_campaign
    """,
    "weight": """
        weight duplicate_comments duplicates duplicate_count dupe_count number_of_copies copies
        num_duplicates gewicht aantal_handtekeningen signatures number_of_signatures
        aantal_identieke anzahl_unterschriften nombre_de_signatures număr_semnături
    """,
    "repost_author": """
        repost_author reblog_author retweeted_user retweeted_user_id author_forwarded_from retweet_author
    """,
    "media": """
        media_keys media_hash media_hashes image_hash
    """,
    "names": "",  # what the author is called beside the key of the account: a system's own format knows it
    "objects": "",  # only a bare table of shares has them, and its own format knows it
    "title": "",  # never guessed: an export's title is too often made from a name
}
_NOISE = re.compile(r"[\W_]+")


def bare(name: str) -> str:
    """A column name without case, accents, spaces and punctuation."""
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return _NOISE.sub("", folded)


def _ranked(role: Role) -> dict[str, int]:
    return {bare(name): rank for rank, name in enumerate(USUAL_NAMES[role].split()) if "+" not in name}


_RANKS: Mapping[Role, dict[str, int]] = {role: _ranked(role) for role in ROLES}
_USUAL = frozenset(name for ranks in _RANKS.values() for name in ranks)
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


def is_usual_name(column: str) -> bool:
    """Whether exports usually give a column this name, whatever its role."""
    return bare(column) in _USUAL or bare(re.split(r"[./]", column)[-1]) in _USUAL


def name_pair(columns: Iterable[str]) -> str | None:
    """Two columns that hold a person's name in parts, as `First Name+Last Name`."""
    by_bare = {bare(column): column for column in columns}
    return next((f"{by_bare[one]}+{by_bare[two]}" for one, two in _PAIRS if one in by_bare and two in by_bare), None)


def columns_of(mapped: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that a mapping's value names: itself, or several joined by `+`."""
    return (mapped,) if mapped in set(columns) else tuple(part.strip() for part in mapped.split("+"))


def parse_map(line: str) -> dict[str, str]:
    """`text=Comment,author=Name` as a mapping of role to column; `id=-` says that there is no such column.

    Raises `UnknownShape`, naming the roles there are.
    """
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

"""Invented but realistic material for the report, the feeds and the exports: a Dutch election week."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from alerts import Alert, Axes, BenignCheck, Campaign, Change, Evidence, FindingStatus, Verdict, load_rules
from alerts.report import Count, Day, ErrorRate, FamilyRow, ReportData, Tally
from analysis import Chance, Finding, Member, Narrative, Slot, Template
from ingest import Coverage, Gap, Message

RULES = load_rules()
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
LETTER = Template(
    parts=(
        "Geachte commissie,\n\nAls inwoner van",
        0,
        "maak ik mij ernstig zorgen over het sluiten van stembureaus. In mijn buurt moet ik straks",
        1,
        "reizen om te kunnen stemmen. Dat is voor ouderen en mensen met een beperking niet te doen. Ik vraag u het "
        "besluit in te trekken.\n\n",
        2,
        "\n\nHoogachtend,",
    ),
    slots=(
        Slot(
            index=0,
            values=(("Zwolle", 61), ("Deventer", 48), ("Kampen", 22), ("Hattem", 9), ("Raalte", 2), ("Epe", 1)),
        ),
        Slot(index=1, values=(("een half uur", 88), ("ruim twintig minuten", 41), ("ver", 12), ("", 6))),
        Slot(index=2, values=(("", 120), ("Mijn moeder is 84 en kan dat niet.", 1), ("Ik ben slechtziend.", 1))),
    ),
    fixed_share=0.871,
    letters=147,
)


def chance(*, observed: float = 412.5, expected: float = 18.41, p: float = 2.4e-8, q: float = 6.1e-7) -> Chance:
    return Chance(
        statistic="surprise bits",
        observed=observed,
        expected=expected,
        p=p,
        q=q,
        null="independent writers on this topic, each sentence with the wording frequencies seen outside the family",
    )


def message_id(number: int) -> str:
    return hashlib.sha256(f"bericht {number}".encode()).hexdigest()[:20]


def evidence(number: int, first: int = 0) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            message_id=message_id(first + index),
            text_sha256=hashlib.sha256(f"tekst {first + index}".encode()).hexdigest(),
            relation="template" if index % 4 else "copy",
            similarity=0.87 + (index % 12) / 100,
            published=MONDAY + timedelta(hours=27, minutes=7 * index),
            source="internetconsultatie",
        )
        for index in range(number)
    )


def letters_alert(identity: str = "a7f3c91e20b4") -> Alert:
    """A mail-merge that nobody declared, in full."""
    hours = [2, 14, 39, 51, 22, 9, 4, 0, 0, 1, 3, 2]
    return Alert(
        id=identity,
        title="147 letters from one template, not announced",
        kind="letter",
        status="acknowledged",
        rule="templated-letters",
        rule_version="1.0.0",
        detector="letters",
        detector_version="1.0.0",
        finding_id="f-20b4a7f3c91e",
        axes=Axes(text="template", campaign="undeclared", identity="unknown", timing="burst"),
        chance=chance(),
        window_start=MONDAY + timedelta(hours=27),
        window_end=MONDAY + timedelta(hours=38, minutes=41),
        sources=(("internetconsultatie", 147),),
        channels=(("Wijziging Kieswet 2026", 139), ("Stembureaus Overijssel", 8)),
        languages=(("nl", 147),),
        messages=147,
        texts=131,
        senders=144,
        peak=51,
        timeline=tuple((MONDAY + timedelta(hours=27 + hour), n) for hour, n in enumerate(hours)),
        shared=("maak ik mij ernstig zorgen over het sluiten van stembureaus",),
        differs=("de woonplaats", "de reistijd", "bij 27 brieven een eigen zin aan het slot"),
        examples=(
            "Geachte commissie,\n\nAls inwoner van Zwolle maak ik mij ernstig zorgen over het sluiten van stembureaus. "
            "In mijn buurt moet ik straks een half uur reizen om te kunnen stemmen. Dat is voor ouderen en mensen "
            "met een "
            "beperking niet te doen. Ik vraag u het besluit in te trekken.\n\nHoogachtend, [naam]",
            "Geachte commissie,\n\nAls inwoner van Kampen maak ik mij ernstig zorgen over het sluiten van stembureaus. "
            "In mijn buurt moet ik straks ruim twintig minuten reizen om te kunnen stemmen. Dat is voor ouderen en "
            "mensen "
            "met een beperking niet te doen. Mijn moeder is 84 en kan dat niet.\n\nHoogachtend, [naam]",
        ),
        evidence=evidence(147),
        benign=(
            BenignCheck(
                name="quotation",
                verdict="not supported",
                reason="The shared text stands in quotation marks in 3 of 147 messages.",
            ),
            BenignCheck(
                name="headline", verdict="not supported", reason="The shared text is 58 words long: no headline."
            ),
            BenignCheck(
                name="consulted_text",
                verdict="could not be judged",
                reason="The members share no wording that could come from the consulted text.",
            ),
        ),
        confidence=88,
        confidence_word="very likely",
        disarm=("T0084.001", "T0116.001"),
        triage=(
            "Lees het sjabloon met zijn open plekken: lijken de waarden op mensen of op een afgewerkte lijst?",
            "Vraag de organisaties die in aanmerking komen of het sjabloon van hen is.",
            "Is de identiteit in twijfel, vraag dan een willekeurige steekproef van afzenders om bevestiging.",
        ),
        known_false_positives=("Formulieren waarvan de vaste vragen samen met de antwoorden zijn uitgevoerd",),
        coverage_gaps=(gap(),),
        not_judged=("Identity: whether the senders are who they say they are was not checked.",),
        template=LETTER,
        legal_basis="Kieswet, artikel 1a",
        recipients=("Kiesraad",),
        history=(
            Change(
                at=MONDAY + timedelta(hours=31), event="raised", summary="61 letters from one template, not announced."
            ),
            Change(
                at=MONDAY + timedelta(hours=39),
                event="updated",
                summary="+86 messages, now 147; +70 wordings; q 0.00021 to 6.1e-07; confidence 79 to 88.",
            ),
            Change(
                at=MONDAY + timedelta(hours=57),
                event="acknowledged",
                summary="Acknowledged.",
                by="K. de Boer",
                reason="Navraag gedaan bij twee organisaties.",
            ),
        ),
    )


def posts_alert(number: int = 0, **changes: object) -> Alert:
    """Reworded posts in English about a Dutch election; `number` makes another one."""
    fields: dict[str, object] = {
        "id": hashlib.sha256(f"melding {number}".encode()).hexdigest()[:12],
        "title": f"{36 + number} posts that reword one text, not announced",
        "kind": "post",
        "status": "open",
        "rule": "reworded-campaign",
        "rule_version": "1.0.0",
        "detector": "families",
        "detector_version": "1.0.0",
        "finding_id": f"f-{number:012d}",
        "axes": Axes(text="paraphrase", campaign="undeclared", identity="unknown", timing="ordinary"),
        "chance": chance(observed=96.2, expected=21.7, p=0.00031, q=0.0042),
        "window_start": MONDAY + timedelta(days=1),
        "window_end": MONDAY + timedelta(days=5),
        "sources": (("bluesky", 36 + number),),
        "channels": (("#tk2026", 30),),
        "languages": (("en", 30 + number), ("nl", 6)),
        "messages": 36 + number,
        "texts": 36,
        "senders": None if number % 3 == 2 else 29 + number,
        "peak": None,
        "timeline": tuple((MONDAY + timedelta(days=day), n) for day, n in enumerate((0, 3, 11, 14, 6, 2))),
        "shared": ("postal ballots", "will be counted only after the result is announced"),
        "differs": ("word order", "the opening"),
        "examples": (
            "So the postal ballots will be counted only after the result is announced? Think about that. [link]",
            "They announce the result first and count the postal ballots afterwards. Let that sink in.",
        ),
        "evidence": evidence(36, first=1000 + 100 * number),
        "benign": (BenignCheck(name="repost", verdict="not supported", reason="No message is marked as a repost."),),
        "confidence": 61,
        "confidence_word": "likely",
        "disarm": ("T0085.001", "T0049"),
        "triage": ("Leg de twee voorbeelden naast elkaar.",),
        "known_false_positives": ("Veel mensen die hetzelfde nieuwsbericht samenvatten",),
        "not_judged": ("Times: known to the day only, so bursts within a day could not be judged.",),
        "history": (
            Change(
                at=MONDAY + timedelta(days=3, minutes=number),
                event="raised",
                summary=f"{36 + number} posts that reword one text, not announced.",
            ),
        ),
    }
    return Alert(**(fields | changes))  # type: ignore[arg-type] # fields are named above


def gap() -> Gap:
    start = MONDAY + timedelta(days=1, hours=9)
    return Gap(source="bluesky", start=start, end=start + timedelta(hours=3), reason="verbinding verbroken")


def finding(
    number: int, *, messages: int, shared: str = "", q: float = 0.2, template: Template | None = None
) -> Finding:
    members = tuple(
        Member(
            message_id=message_id(10_000 * (number + 1) + index),
            relation="copy" if template is None else "template",
            nearest_id=message_id(10_000 * (number + 1)) if index else None,
            similarity=1.0 if index == 0 else 0.91,
            measure="jaccard",
        )
        for index in range(min(messages, 40))
    )
    return Finding(
        id=f"f-{number:012d}",
        detector="families",
        detector_version="1.0.0",
        members=members,
        chance=chance(q=q, p=q / 10),
        medoid_id=members[0].message_id,
        messages=messages,
        texts=max(1, messages // 3),
        senders=messages - 1,
        first=MONDAY,
        last=MONDAY + timedelta(days=4),
        peak=None,
        languages=(("nl", messages),),
        channels=(),
        sources=(("bluesky", messages),),
        shared=(shared,) if shared else (),
        differs=(),
        template=template,
    )


FAMILIES: tuple[tuple[str, int, Verdict, str, float], ...] = (
    (
        "Formateur: ‘Nog geen besluit over kiesdrempel’",
        214,
        "explained",
        "201 of 214 messages share one link and its short title.",
        1e-9,
    ),
    (
        "Stem! Het maakt niet uit op wie, maar stem.",
        96,
        "explained",
        "They quote the consulted text; 71 of 96 add an opinion of their own.",
        1e-7,
    ),
    (
        "Met vriendelijke groet en dank voor uw aandacht",
        58,
        "explained",
        "A short courtesy that many people word alike.",
        0.0004,
    ),
    ("wachtrij bij het stembureau op het station", 11, "below the bar", "q is 0.17; the rule asks 0.01 or less.", 0.17),
    ("stempas kwijt? dit kun je doen", 7, "below the bar", "2 sender(s); the rule asks 3.", 0.003),
    ("twee berichten", 2, "below the bar", "2 messages; the rule asks 5 in two records or more.", 0.6),
)


CAMPAIGN = Campaign(
    id="stembureaus-dichtbij",
    name="Stembureaus dichtbij",
    organisation="Ouderenbond Overijssel",
    since=date(2026, 11, 2),
    texts=(
        "Geachte commissie, behoud het stembureau in de buurt: wie slecht ter been is, kan niet naar de andere kant.",
    ),
)


def row(found: Finding, verdict: Verdict, *reasons: str, campaign: str | None = None) -> FamilyRow:
    status = FindingStatus(
        finding_id=found.id,
        status=verdict,
        reasons=reasons,
        messages=found.messages,
        relation="copy",
        campaign_id=campaign,
    )
    return FamilyRow(finding=found, status=status)


def families() -> tuple[FamilyRow, ...]:
    rows = [
        row(finding(index, messages=size, shared=text, q=q), verdict, reason)
        for index, (text, size, verdict, reason, q) in enumerate(FAMILIES)
    ]
    declared = finding(20, messages=412, shared="behoud het stembureau")
    rows.append(row(declared, "declared", campaign=CAMPAIGN.id))
    rows.append(row(finding(21, messages=147, q=6.1e-7, template=LETTER), "alert"))
    rows.append(row(finding(22, messages=36, q=0.0042), "alert"))
    return tuple(rows)


def week(alerts: tuple[Alert, ...] | None = None, **changes: object) -> ReportData:
    """The report of one week; `changes` replace fields."""
    inside = sum(row.finding.messages for row in families())
    once = 21_874 - inside + len(families())
    fields: dict[str, object] = {
        "title": "Informatie-integriteit rond de Tweede Kamerverkiezing: week 47 van 2026",
        "lang": "nl",
        "generated_at": datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
        "version": "0.1.0",
        "period_start": MONDAY,
        "period_end": MONDAY + timedelta(days=6, hours=22),
        "tally": Tally(
            records=21_462,
            total=Count(name=None, messages=21_874, once=once),
            by_kind=(
                Count(name="post", messages=18_870, once=18_451),
                Count(name="letter", messages=3_004, once=once - 18_451),
            ),
            by_language=(
                Count(name="nl", messages=19_402, once=18_480),
                Count(name="en", messages=1_905, once=1_871),
                Count(name=None, messages=567, once=once - 20_351),
            ),
            by_channel=(
                Count(name=None, messages=18_870, once=18_451),
                Count(name="Wijziging Kieswet 2026", messages=3_004, once=once - 18_451),
            ),
            by_source=(
                Count(name="bluesky", messages=18_870, once=18_451),
                Count(name="internetconsultatie", messages=3_004, once=once - 18_451),
            ),
            days=tuple(
                Day(day=date(2026, 11, 16 + day), inside=n, outside=m)
                for day, (n, m) in enumerate(
                    ((80, 2410), (240, 2630), (190, 2955), (160, 3310), (90, 4020), (60, 2900), (61, 2501))
                )
            ),
            undated=267,
        ),
        "coverage": (
            Coverage(
                source="bluesky",
                read=18_951,
                kept=18_870,
                rejected=12,
                duplicate=69,
                first=MONDAY,
                last=MONDAY + timedelta(days=6, hours=21),
                gaps=(gap(),),
            ),
            Coverage(
                source="internetconsultatie",
                read=2_604,
                kept=2_592,
                rejected=3,
                duplicate=9,
                placeholders=(("attachment", 88), ("deleted", 4)),
                first=MONDAY + timedelta(hours=8),
                last=MONDAY + timedelta(days=6),
            ),
        ),
        "families": families(),
        "alerts": (letters_alert(), posts_alert()) if alerts is None else alerts,
        "narratives": (
            Narrative(
                id="n1",
                label=("stembureau", "sluiting", "afstand"),
                families=("f1", "f2"),
                message_ids=("m1",),
                messages=1_240,
            ),
            Narrative(
                id="n2",
                label=("briefstemmen", "uitslag", "tellen"),
                families=("f3",),
                message_ids=("m2",),
                messages=402,
            ),
        ),
        "declared": (CAMPAIGN,),
        "error_rates": (
            ErrorRate(measured="Valse meldingen op organische tekst", data="10.000 brieven van burgers", figure="0"),
            ErrorRate(measured="Gevonden paren van gelijke berichten (F1)", data="D3lta-testset", figure="0,98"),
        ),
        "rules": RULES,
        "publisher": "Kiesraad (voorbeeld)",
        "contact": "integriteit@voorbeeld.invalid",
    }
    return ReportData(**(fields | changes))  # type: ignore[arg-type] # fields are named above


def message(number: int, *, text: str = "Een eigen brief.", native_id: str | None = None, **changes: object) -> Message:
    fields: dict[str, object] = {
        "id": message_id(number),
        "source": "internetconsultatie",
        "native_id": str(number) if native_id is None else native_id,
        "kind": "letter",
        "text": text,
        "text_written": text,
        "published": MONDAY + timedelta(hours=number),
        "language": "nl",
    }
    return Message(**(fields | changes))  # type: ignore[arg-type] # fields are named above

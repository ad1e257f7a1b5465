"""How mail programs mark what is not the sender's own: in Dutch, English, German, French and Romanian."""

import re

_DASHES = r"[-_=*]{2,}"
SEPARATOR = re.compile(
    rf"\s*(?:{_DASHES}\s*(?:oorspronkelijk bericht|original message|originele bericht|doorgestuurd bericht"
    r"|forwarded message|begin doorgestuurd bericht|urspr[uü]ngliche (?:nachricht|mail)|weitergeleitete nachricht"
    r"|message (?:d['’]origine|original|transf[ée]r[ée])|mesaj(?:ul)? (?:original|redirec[tţț]ionat|ini[tţț]ial))"
    rf"\s*:?\s*{_DASHES}|begin (?:doorgestuurd bericht|forwarded message) ?:|anfang der weitergeleiteten nachricht ?:"
    r"|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée]) ?:)\s*",
    re.IGNORECASE,
)
FROM = re.compile(r"\s*[*_]{0,2}(?:van|from|von|de la|de|exp[ée]diteur|absender) ?:[*_]{0,2}\s?\S.*", re.IGNORECASE)
OTHER_FIELD = re.compile(
    r"\s*[*_]{0,2}(?:verzonden|verstuurd|datum|aan|onderwerp|cc|sent|date|to|subject|gesendet|datum|an|betreff"
    r"|envoy[ée]|[àa]|objet|trimis|data|c[ăa]tre|subiect|bcc|kopie|copie) ?:[*_]{0,2}(?:\s.*)?",
    re.IGNORECASE,
)
_WROTE = (
    r"(?:schreef|heeft .{1,120}(?:het volgende )?geschreven|wrote|schrieb|hat .{1,120}geschrieben"
    r"|a [ée]crit|a scris|het volgende geschreven)"
)
ATTRIBUTION = re.compile(
    rf"\s*(?:(?:op|on|am|le|[îi]n|pe|la data de|den|vom)\b(?=.*\d).{{3,300}}\b{_WROTE}\b.{{0,200}}"
    rf"|.{{2,150}}\b{_WROTE} (?:op|on|am|le|pe)\b(?=.*\d).{{3,100}}"
    r"|\d{4}-\d{2}-\d{2},? \d{1,2}:\d{2}.{0,200}[<\[].{1,200}[>\]]\s?) ?:\s*",
    re.IGNORECASE,
)
WROTE_WORD = re.compile(rf"\b{_WROTE}\b|^\s*\d{{4}}-\d{{2}}-\d{{2}},? \d{{1,2}}:\d{{2}}", re.IGNORECASE)
ADDRESSED = re.compile(r"<[^<>]*>|\[e-mail\]|\S@\S")
DEVICE = re.compile(
    r"\s*(?:(?:verzonden|verstuurd|gestuurd) (?:vanaf|vanuit|met|via|door|uit)|sent (?:from|via|with|using)"
    r"|(?:von|mit|über) .{2,60} gesendet|gesendet (?:von|mit|über)|envoy[ée] (?:de(?:puis)?|à partir de|avec|via)"
    r"|trimis (?:de pe|din|de la|cu|folosind)|get outlook for|outlook voor|diese nachricht wurde von"
    r"|t[ée]l[ée]charger outlook|ob[tţț]ine[tţț]i outlook|holen sie sich outlook)\b.{0,80}",
    re.IGNORECASE,
)
DEVICE_WORD = re.compile(
    r"iphone|ipad|android|galaxy|samsung|huawei|xiaomi|nokia|blackberry|windows|outlook|yahoo|proton|gmail|e-?mail\b"
    r"|\bmail\b|telefo|t[ée]l[ée]phone|phone|mobiel|mobile?\b|mobil|handy|tablet|toestel|ger[äa]t|appareil|portable|\bapps?\b|\bmac",
    re.IGNORECASE,
)
QUOTED = re.compile(r" ?>")
NESTED = re.compile(r" ?> ?>| ?>\s*$")
NOT_OWN = (QUOTED, SEPARATOR, FROM, OTHER_FIELD, DEVICE)
AFTERTHOUGHT = re.compile(r"\s*(?:p\.? ?s\b|n\.? ?b\b)", re.IGNORECASE)

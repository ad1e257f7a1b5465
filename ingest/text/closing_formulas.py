"""How letters close, in the five languages; after these a name follows."""

_FORMULAS = (
    r"met (?:zeer |heel )?(?:vriendelijke|hartelijke|beleefde|oprechte|groene|bezorgde) groet(?:en)?",
    r"(?:vriendelijke |hartelijke )?groet(?:en|jes)?|m\.?v\.?g\.?",
    r"(?:met )?hoogacht(?:end|ing)|dank u(?: wel)?|alvast bedankt",
    r"(?:yours )?(?:very )?sincerely(?: yours)?|(?:yours )?(?:truly|faithfully|respectfully)",
    r"respectfully submitted",
    r"(?:(?:kind|best|warm|kindest|warmest) )?regards|best wishes|cordially|signed",
    r"thank you(?: very much| for your (?:time|consideration|attention))?|(?:many )?thanks",
    r"mit (?:freundlich|best|herzlich|vorzüglich)\w* (?:gr[uü](?:ß|ss)e?n?|hochachtung)|hochachtungsvoll|mfg",
    r"(?:freundliche|beste|viele|herzliche|liebe) gr[uü](?:ß|ss)e",
    r"(?:bien )?(?:cordialement|respectueusement|sincèrement|amicalement)(?: vôtre)?",
    r"(?:avec )?(?:mes )?(?:meilleures |sincères )?salutations(?: distinguées)?",
    r"cu (?:deosebit[ăa] )?(?:stim[ăa]|respect|considera[țţt]ie|drag)|toate cele bune|v[ăa] mul[țţt]umesc",
)
FORMULA = "|".join(_FORMULAS)
_STEM_WORDS = """
    groet hoogacht mvg v.g dank sincer truly faithful respect regards wishes thank cordial signed grüss
    gruss hochacht mfg salutation amical stim drag consider bune mulțu mulţu multu naam: name: nom: nume: getekend
"""
STEMS = tuple(_STEM_WORDS.split())
"""Plain words (in casefolded form) of which one stands in every closing: cheap to look for first."""

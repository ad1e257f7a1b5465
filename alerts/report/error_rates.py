"""The measured error rates that every report prints; docs/methods.md says how they were measured."""

from alerts.report.data import ErrorRate
from alerts.report.vocabulary import mark

ERROR_RATES = (
    ErrorRate(
        measured=mark("families of five and more among texts that nobody organised, at q ≤ 0.01"),
        data=mark("3,549 contributions of German citizens to two consultations (CIMT)"),
        figure=mark("none"),
    ),
    ErrorRate(
        measured=mark("families of five and more among tweets of parties, at q ≤ 0.01"),
        data=mark("4,740 tweets of nine Dutch party accounts"),
        figure=mark("2, each a text that one account repeats"),
    ),
    ErrorRate(
        measured=mark("independent letters drawn into a family"),
        data=mark("letters on one topic made by the project, 800 to 80,000 independent ones among planted campaigns"),
        figure=mark("none of up to 16,000; at most 8 of 80,000"),
    ),
    ErrorRate(
        measured=mark("planted letters found: mail-merge, mad-lib, light edits, rewording, phrase bank"),
        data=mark("the same letters, a fifth of them planted"),
        figure=mark("99.8 % and more"),
    ),
    ErrorRate(
        measured=mark("letters of two real mailings found: as sent, with additions, edited"),
        data=mark("1,636 letters of US docket ETA-2019-0007 among 5,000 made ones"),
        figure=mark("100 %, 100 %, 100 %"),
    ),
    ErrorRate(
        measured=mark("pairs of messages put together: precision, recall"),
        data=mark("D3lta's synthetic set in ten languages, mean over halves of its families"),
        figure=mark("0.971, 0.971"),
    ),
    ErrorRate(
        measured=mark("messages with a counterpart found: copies, rewordings, translations"),
        data=mark("the same set"),
        figure=mark("99.8 %, 97.9 %, 98.6 %"),
    ),
    ErrorRate(
        measured=mark("pairs of accounts tied although nobody coordinates, at q ≤ 0.01"),
        data=mark(
            "worlds made by the project: 50,000 accounts each, viral links, fans of hubs, newsrooms, feeds; five seeds"
        ),
        figure=mark("none outside newsrooms and feeds"),
    ),
    ErrorRate(
        measured=mark("accounts of planted groups found: 3, 5, 10 things shared"),
        data=mark("the same worlds, with groups planted in them"),
        figure=mark("82.6 %, 100 %, 100 %"),
    ),
    ErrorRate(
        measured=mark("things that switched on although nobody orchestrates, at q ≤ 0.01"),
        data=mark("7,219 subjects in worlds made by the project"),
        figure=mark("none"),
    ),
    ErrorRate(
        measured=mark("sleeping accounts that wake within an hour found: 10, 15, 20 of them"),
        data=mark("worlds made by the project, ten for each number"),
        figure=mark("in 7, 10, 10 of 10 worlds"),
    ),
)

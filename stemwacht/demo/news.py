"""What the outlets publish: articles that are shared for a day or so, a few of them by many."""

import random
from bisect import bisect, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

import msgspec

from stemwacht.demo.accounts import EARLIER_DAYS, MONDAY
from stemwacht.demo.post import LANGUAGES, Dress

ARTICLES_PER_DAY = 12
ABROAD = 0.1  # links to an outlet in another language
SHARED_FOR = timedelta(hours=30)
_FADES_HOURS = 8.0
_OUTLET_TAIL = 0.7  # outlets are read by a power of their rank
_DAYS = EARLIER_DAYS + 8  # a day more at the start, so that the first posts have something to share


class Article(msgspec.Struct, frozen=True):
    """An article, its time of publication and how much it is shared beside others of the same age."""

    url: str
    published: datetime
    appeal: float


class News(msgspec.Struct, frozen=True):
    """The articles of each outlet, oldest first, and the outlets of each language, most read first."""

    articles: Mapping[str, Sequence[Article]]
    outlets: Mapping[str, Sequence[str]]


def published_news(dress: Dress, rng: random.Random) -> News:
    """All articles of the week and of the ten weeks before it."""
    names = [name for language in LANGUAGES for name in dress.outlets[language]]
    return News({name: tuple(_articles(dress, name, rng)) for name in names}, dress.outlets)


def shared_article(news: News, language: str, at: datetime, rng: random.Random) -> Article:
    """The article that somebody who reads this language shares at this moment."""
    if rng.random() < ABROAD:
        language = rng.choice(LANGUAGES)
    outlets = news.outlets[language]
    read = tuple(accumulate((rank + 1) ** -_OUTLET_TAIL for rank in range(len(outlets))))
    return recent_article(news, outlets[bisect(read, rng.random() * read[-1])], at, rng)


def recent_article(news: News, outlet: str, at: datetime, rng: random.Random) -> Article:
    """An article of an outlet that is going round at this moment; the fresher, the likelier."""
    articles = news.articles[outlet]
    last = max(1, bisect_right(articles, at, key=_published))
    first = min(last - 1, bisect_right(articles, at - SHARED_FOR, key=_published))
    weights = tuple(accumulate(_pull(article, at) for article in articles[first:last]))
    return articles[first + bisect(weights, rng.random() * weights[-1])]


def published_between(news: News, outlet: str, start: datetime, end: datetime) -> Sequence[Article]:
    """What an outlet published in [start, end), oldest first."""
    return [article for article in news.articles[outlet] if start <= article.published < end]


def _articles(dress: Dress, outlet: str, rng: random.Random) -> Iterator[Article]:
    start = MONDAY - timedelta(days=EARLIER_DAYS + 1)
    for day in (start + timedelta(days=number) for number in range(_DAYS)):
        hours = sorted(rng.triangular(5, 23, 11) for _ in range(ARTICLES_PER_DAY))
        for number, hour in enumerate(hours, start=1):
            slug = "-".join(rng.choices(dress.handle_words, k=2))
            published = day + timedelta(seconds=int(hour * 3600))
            yield Article(f"https://{outlet}.example/{day:%Y/%m/%d}/{slug}-{number}", published, rng.paretovariate(1.2))


def _published(article: Article) -> datetime:
    return article.published


def _pull(article: Article, at: datetime) -> float:
    return article.appeal * 2 ** -((at - article.published).total_seconds() / 3600 / _FADES_HOURS)

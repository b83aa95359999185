"""Stories: the articles on one event, over the days that it lasts, with addresses that stay."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from generator import urls
from generator.corpus import Copy, Story
from generator.model import Card, Site, TermLink
from generator.pipeline.group.kinship import Kinship
from generator.pipeline.group.lock import Lock

_ANCHORS: Final = 3  # articles by which the lock knows a story
_FEWEST: Final = 2  # articles that are no copies of each other

_Members: TypeAlias = list[Card]  # the oldest first


class Leading(NamedTuple):
    """The articles that stories are told of."""

    cards: Mapping[str, Card]  # by path
    noted: Sequence[Card]  # those of them that front matter may put into a story
    copies: Sequence[Copy]


class Told(NamedTuple):
    """The stories of a site."""

    stories: tuple[Story, ...]  # the latest first
    lock: Lock  # as it is to be kept
    redirects: tuple[tuple[str, str, str], ...]  # url, title and target of those that were merged


def tell_stories(leading: Leading, kinship: Kinship, lock: Lock, site: Site) -> Told:
    """All stories, with the addresses that they have; what front matter tells goes first."""
    if not site.pages.stories:
        return Told((), lock, ())
    found = _found(leading.cards, {copy.card.path: copy.leader.path for copy in leading.copies}, kinship)
    slugs, redirects = _addresses(found, lock, site)
    named = {slug: (_title(members), members) for slug, members in zip(slugs, found, strict=True)}
    told = set[str]()
    for card in sorted([card for card in leading.noted if card.ties.story], key=_age):
        name = card.ties.story or ""
        slug = urls.safe_slug(name, name)
        named.setdefault(slug, (name, []))[1].append(card)
        told.add(slug)
    stories = [
        _story(slug, title, sorted(members, key=_age) if slug in told else members, site)
        for slug, (title, members) in named.items()
    ]
    stories.sort(key=lambda story: (-story.first.timestamp(), story.slug))
    kept = _lock(zip(slugs, found, strict=True), redirects, lock)
    by_slug = {story.slug: story for story in stories}
    moved = [
        (f"/stories/{old}/", by_slug[new].title, by_slug[new].url)
        for old, new in sorted(kept.redirects.items())
        if new in by_slug
    ]
    return Told(tuple(stories), kept, tuple(moved))


class Roots:
    """Which names belong together."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The name that stands for all that belong together with one."""
        while (above := self.above.setdefault(name, name)) != name:
            self.above[name] = self.above[above]
            name = self.above[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Puts two together, with all that belong to them."""
        self.above[self.root(one)] = self.root(other)

    def join_all(self, names: Iterable[str], other: str) -> None:
        """Puts names together with another one; most are met for the first time."""
        above, top = self.above, self.root(other)
        for name in names:
            above[self.root(name) if name in above else name] = top


def _found(cards: Mapping[str, Card], leader_of: Mapping[str, str], kinship: Kinship) -> list[_Members]:
    """The stories that kinship makes of all that front matter leaves to it; those that began first come first."""
    roots = Roots()
    linked = {*kinship.follows, *(earlier for earlier, _ in kinship.follows.values()), *leader_of}
    for group in chain.from_iterable(kinship.groups.values()):
        if len(group) == 1 and group[0] not in linked:  # alone, as most are
            continue
        leaders = [leader_of.get(path, path) for path in group]
        free = [path for path in leaders if path in cards and cards[path].ties.story is None]
        roots.join_all(free, f"group {group[0]}")
    for first, (earlier, _) in kinship.follows.items():
        roots.join(f"group {first}", f"group {earlier}")
    together: defaultdict[str, _Members] = defaultdict(list)
    for card in sorted([cards[path] for path in roots.above if path in cards], key=_age):
        together[roots.root(card.path)].append(card)
    return [members for members in together.values() if len(members) >= _FEWEST]


def _addresses(found: Sequence[_Members], lock: Lock, site: Site) -> tuple[list[str], dict[str, str]]:
    """The slug of each story: the one that it has, else one after its first article; and what was merged into it."""
    owner = {path: slug for slug, paths in lock.stories.items() for path in paths}
    claims = [Counter([owner[card.path] for card in members if card.path in owner]) for members in found]
    best: dict[str, int] = {}  # the story that has most of the anchors of an address
    for number, claim in enumerate(claims):
        for slug, anchors in claim.items():
            if slug not in best or anchors > claims[best[slug]][slug]:
                best[slug] = number
    slugs: list[str] = []
    taken = set(lock.stories)
    redirects: dict[str, str] = {}
    for number, (members, claim) in enumerate(zip(found, claims, strict=True)):
        own = [slug for slug in claim if best[slug] == number]
        if len(own) > 1:
            own.sort(key=lambda slug: (-claims[best[slug]][slug], slug))
            redirects.update(dict.fromkeys(own[1:], own[0]))
        slugs.append(own[0] if own else _new_slug(members[0], taken, site))
        taken.add(slugs[-1])
    return slugs, redirects


def _new_slug(first: Card, taken: set[str], site: Site) -> str:
    """Made of the first article alone, date included, so that no story elsewhere can change it."""
    name = urls.safe_slug(first.url.rstrip("/").rpartition("/")[2].removesuffix(".html"), first.path)
    slug = f"{first.date.astimezone(site.timezone):%Y-%m-%d}-{name}"
    return slug if slug not in taken else f"{slug}-{urls.safe_slug('', first.path)}"


def _lock(stories: Iterable[tuple[str, _Members]], redirects: Mapping[str, str], before: Lock) -> Lock:
    """The lock that knows all stories; one that it knows by an article is left as it stands."""
    kept = {slug: paths for slug, paths in before.stories.items() if slug not in redirects}
    for slug, members in stories:
        paths = [card.path for card in members]
        if slug not in kept or set(kept[slug]).isdisjoint(paths):
            kept[slug] = tuple(paths[:_ANCHORS])
    merged = {**before.redirects, **redirects}
    ends = {old: _end(old, merged) for old in merged}
    return before._replace(stories=kept, redirects={old: new for old, new in ends.items() if old not in kept})


def _end(slug: str, redirects: Mapping[str, str]) -> str:
    seen = set[str]()
    while slug in redirects and slug not in seen:
        seen.add(slug)
        slug = redirects[slug]
    return slug


def _story(slug: str, title: str, members: _Members, site: Site) -> Story:
    sources: dict[str, TermLink] = {card.source.slug: card.source for card in members if card.source}
    newest_first = tuple(reversed(members))
    url = f"/stories/{slug}/" if site.pages.stories else ""
    return Story(slug, url, title, members[0].date, members[-1].date, tuple(sources.values()), newest_first)


def _title(members: _Members) -> str:
    """The headline that it began with: it stays when the story goes on."""
    return members[0].title


def _age(card: Card) -> tuple[float, str]:
    return card.date.timestamp(), card.path

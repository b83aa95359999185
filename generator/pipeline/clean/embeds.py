"""Frames and players of other sites -> quiet links to what they show, or frames of hosts that the site allows.

No page asks another host for anything unless the configuration names that host.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from posixpath import basename
from typing import Final, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from generator.pipeline.clean.tags import written

VIDEO: Final = "Video"  # words that nearly every language knows
AUDIO: Final = "Audio"
_SANDBOX: Final = "allow-scripts allow-same-origin allow-popups allow-presentation allow-forms"
_NO_TITLES: Final = frozenset(
    {"youtube video player", "youtube video", "vimeo video player", "video player", "embedded video", "iframe", "video"}
)
_YOUTUBE: Final = ("youtube.com", "youtube-nocookie.com")
_ID: Final = re.compile(r"[\w-]{1,64}")
_LONGEST_TITLE: Final = 200


class Player(NamedTuple):
    """A way from the address of a frame to that of the page on which readers find the same."""

    host: str  # and all below it; "" for any
    path: re.Pattern[str]
    page: str  # with the groups of the path, as str.format takes them
    kind: str


def _player(host: str, path: str, page: str, kind: str = VIDEO) -> Player:
    return Player(host, re.compile(path), page, kind)


_PLAYERS: Final = (
    *(_player(host, r"/(?:embed|v|shorts)/([\w-]+)/?", "https://www.youtube.com/watch?v={0}") for host in _YOUTUBE),
    _player("player.vimeo.com", r"/video/(\d+)", "https://vimeo.com/{0}"),
    _player("dailymotion.com", r"/embed/video/(\w+)", "https://www.dailymotion.com/video/{0}"),
    _player("open.spotify.com", r"/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{0}", AUDIO),
    _player("embed.podcasts.apple.com", r"(/.+)", "https://podcasts.apple.com{0}", AUDIO),
    _player("embed.music.apple.com", r"(/.+)", "https://music.apple.com{0}", AUDIO),
    _player("embed.ted.com", r"(/talks/.+)", "https://www.ted.com{0}"),
    _player("archive.org", r"/embed/([^/]+)", "https://archive.org/details/{0}"),
    _player("loom.com", r"/embed/(\w+)", "https://www.loom.com/share/{0}"),
    _player("instagram.com", r"/(p|reel|tv)/([\w-]+)/embed(?:/.*)?", "https://www.instagram.com/{0}/{1}/", ""),
    _player("codepen.io", r"/([\w-]+)/embed/(?:preview/)?(\w+)", "https://codepen.io/{0}/pen/{1}", ""),
    _player("flo.uri.sh", r"/(visualisation|story)/(\d+)/embed", "https://public.flourish.studio/{0}/{1}/", ""),
    _player("", r"/videos/embed/([\w-]+)", "https://{host}/videos/watch/{0}"),  # PeerTube
    _player("", r"/(@[\w.@-]+)/(\d+)/embed", "https://{host}/{0}/{1}", ""),  # Mastodon
)
# Those that name the page, or what it shows, in the query: host -> path, name of the parameter, page.
_QUERIES: Final = (
    ("platform.twitter.com", "/embed/Tweet.html", "id", "https://twitter.com/i/status/{0}", ""),
    ("clips.twitch.tv", "/embed", "clip", "https://clips.twitch.tv/{0}", VIDEO),
    ("player.twitch.tv", "/", "channel", "https://www.twitch.tv/{0}", VIDEO),
    ("geo.dailymotion.com", "/player.html", "video", "https://www.dailymotion.com/video/{0}", VIDEO),
    ("google.com", "/maps/d/embed", "mid", "https://www.google.com/maps/d/viewer?mid={0}", ""),
)
_NAMED: Final = (  # the whole address of the page in a parameter: host, path, parameter, host of the page, kind
    ("w.soundcloud.com", "/player/", "url", "soundcloud.com", AUDIO),
    ("facebook.com", "/plugins/video.php", "href", "facebook.com", VIDEO),
    ("facebook.com", "/plugins/post.php", "href", "facebook.com", ""),
)


class Page(NamedTuple):
    """Where a reader finds what a frame shows."""

    url: str
    kind: str  # a word for it, "" where none is known


def is_own(url: str) -> bool:
    """Whether an address is that of a file of the site: relative, or from its root."""
    return bool(url) and not re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2}|[\\#])", url, re.IGNORECASE)


def page_of(url: str) -> Page:
    """The page of what an embedded address shows; the address itself where no other is known."""
    address = f"https:{url}" if url.startswith("//") else url
    try:
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query, max_num_fields=100).items()}
    except ValueError:
        return Page(url, "")
    host = (parts.hostname or "").lower()
    return _by_path(host, parts.path, query) or _by_query(host, parts.path, query) or Page(address, "")


def _by_path(host: str, path: str, query: Mapping[str, str]) -> Page | None:
    if is_below(host, _YOUTUBE) and path == "/embed/videoseries" and _ID.fullmatch(query.get("list", "")):
        return Page(f"https://www.youtube.com/playlist?list={query['list']}", VIDEO)
    for player in _PLAYERS:
        if host and (not player.host or is_below(host, (player.host,))):
            found = player.path.fullmatch(path)
            if found:
                return Page(player.page.format(*found.groups(), host=host) + _start(player, query), player.kind)
    return None


def _start(player: Player, query: Mapping[str, str]) -> str:
    """From which second on."""
    second = query.get("start", "")
    return f"&t={second}s" if player.host in _YOUTUBE and second.isdecimal() and second.isascii() else ""


def _by_query(host: str, path: str, query: Mapping[str, str]) -> Page | None:
    for its, its_path, name, page, kind in _QUERIES:
        if path == its_path and is_below(host, (its,)) and name in query:
            return Page(page.format(quote(query[name], safe="")), kind)
    for its, its_path, name, other, kind in _NAMED:
        if path == its_path and is_below(host, (its,)) and is_below(_host(query.get(name, "")), (other,)):
            return Page(query[name], kind)
    return None


def is_below(host: str, hosts: Sequence[str]) -> bool:
    """Whether a host is one of some, or a part of one."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def label(url: str, title: str, kind: str = "") -> str:
    """What a link to something embedded says: its title, and the host that a reader goes to."""
    title = " ".join(title.split())[:_LONGEST_TITLE]
    if title.lower() in _NO_TITLES:
        title = ""
    host = _host(url).removeprefix("www.")
    name = "" if host else unquote(basename(urlsplit(url).path.rstrip("/"))) if is_own(url) else url
    return " · ".join(filter(None, (title or kind or name, host)))


def link(url: str, title: str, kind: str = "", *, inside: bool = False) -> str:
    """The quiet link to something embedded; `inside` a paragraph it is a part of it."""
    tag = "span" if inside else "p"
    return f'<{tag} class="embed"><a href="{escape(url)}">{escape(label(url, title, kind))}</a></{tag}>'


def allowed_address(url: str, hosts: Sequence[str]) -> str:
    """The address under which a frame may be shown, "" where it may not."""
    address = f"https:{url}" if url.startswith("//") else url
    if not hosts or not address.lower().startswith("https://"):
        return ""
    host = _host(address)
    if is_below(host, ("youtube.com",)) and not is_below(host, hosts) and "youtube-nocookie.com" in hosts:
        path = urlsplit(address).path
        address = f"https://www.youtube-nocookie.com{path}" if path.startswith("/embed/") else ""
    return address if is_below(_host(address), hosts) else ""


def is_allowed(url: str, hosts: Sequence[str]) -> bool:
    """Whether an address is one of a frame that may be shown, as it stands."""
    return url.startswith("https://") and is_below(_host(url), hosts)


def frame(url: str, page: Page, given: Mapping[str, str]) -> str:
    """A frame of a host that is allowed, and below it the link for those who see none."""
    title = label(page.url, given.get("title", ""), page.kind)
    sizes = {name: given[name] for name in ("width", "height") if given.get(name, "").isdecimal()}
    fixed = {"sandbox": _SANDBOX, "loading": "lazy", "referrerpolicy": "strict-origin-when-cross-origin"}
    tag = written("iframe", {"src": url, "title": title, **sizes, **fixed, "allowfullscreen": ""})
    below = f'<figcaption><a href="{escape(page.url)}">{escape(title)}</a></figcaption>'
    return f'<figure class="embed">{tag}</iframe>{below}</figure>'

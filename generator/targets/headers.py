"""The headers that a file is served with: its type, how long it may be kept, how it is compressed.

Types stand here and not in a table of the system, so that every machine sends the same.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from generator.targets.plan import fits

_NAMES: Final = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
_TYPES: Final = {
    **dict.fromkeys(("html", "htm"), "text/html; charset=utf-8"),
    **dict.fromkeys(("js", "mjs"), "text/javascript; charset=utf-8"),
    **dict.fromkeys(("jpg", "jpeg"), "image/jpeg"),
    "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "eml": "message/rfc822",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "wasm": "application/wasm",
    "zip": "application/zip",
    "gz": "application/gzip",
}
_UNKNOWN: Final = "application/octet-stream"
_ENCODINGS: Final = {"gzip": "gzip", "brotli": "br"}
_SMALLEST_COMPRESSED: Final = 512  # below, what it saves fits into the packet anyway


def content_type(path: str) -> str:
    """The type of a file by its name."""
    name = path.rpartition("/")[2]
    return _NAMES.get(name) or _TYPES.get(name.rpartition(".")[2].lower(), _UNKNOWN)


def is_compressed(path: str, size: int) -> bool:
    """Whether a file is text, and long enough to be worth it."""
    return size >= _SMALLEST_COMPRESSED and "charset" in content_type(path)


def headers_of(path: str, cache: Sequence[tuple[str, str]], compression: str) -> Mapping[str, str]:
    """The headers of a file; of the patterns in `cache` the first that fits counts."""
    control = next((value for pattern, value in cache if fits(path, [pattern])), "")
    return {
        "Content-Type": content_type(path),
        **({"Cache-Control": control} if control else {}),
        **({"Content-Encoding": _ENCODINGS[compression]} if compression else {}),
    }


def all_types() -> tuple[tuple[str, str], ...]:
    """Every name and type: what was sent by another table has other headers."""
    return (*_NAMES.items(), *_TYPES.items())

"""Which file of the output a request asks for, and what kind of file it is."""

import mimetypes
import os
from pathlib import Path
from typing import Final, NamedTuple

from generator.filenames import FOR_THE_WEB

FILE: Final = "file"
REDIRECT: Final = "redirect"
MISSING: Final = "missing"

# Feeds as plain XML and JSON: browsers show those, and download what they know as feeds.
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ico": "image/x-icon",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
_LONGEST_NAME: Final = 255  # bytes; a system would complain of a longer one instead of finding nothing


class Asked(NamedTuple):
    """What a request comes down to."""

    kind: str  # FILE, REDIRECT to a path of the host, or MISSING
    path: str  # of the file in the folder, or where to; "" where there is none


_NOTHING: Final = Asked(MISSING, "")


def find(folder: Path, base_path: str, path: str) -> Asked:
    """The file that a decoded path of the host stands for; never one outside of the folder, nor a hidden one."""
    if not path.startswith(base_path):
        return Asked(REDIRECT, base_path) if path == "/" or f"{path}/" == base_path else _NOTHING
    inside = path[len(base_path) :]
    parts = inside.split("/")
    if any(not part for part in parts[:-1]) or any(_is_hidden(part) or _is_odd(part) for part in parts):
        return _NOTHING
    file = f"{inside}index.html" if not parts[-1] else inside
    if is_there(folder, file):
        return Asked(FILE, file)
    return Asked(REDIRECT, f"{path}/") if parts[-1] and is_there(folder, f"{inside}/index.html") else _NOTHING


def content_type(path: str) -> str:
    """The media type of a file, with the character set where it is text."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - a path of a url
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def is_page(path: str) -> bool:
    """Whether a path is one for readers: a page, and no style or picture of one."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith((".html", ".htm"))


def _is_hidden(part: str) -> bool:
    return part.startswith(".") and part not in FOR_THE_WEB


def _is_odd(part: str) -> bool:
    """Whether no file of ours has such a name: it would be read otherwise by some systems."""
    return any(sign in part for sign in "\0\\:") or len(part.encode()) > _LONGEST_NAME


def is_there(folder: Path, file: str) -> bool:
    """Whether there is such a file in the folder, and no link on the way leads out of it."""
    try:
        return (folder / file).is_file() and (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # too long for the system, not for our eyes, or links in a circle
        return False

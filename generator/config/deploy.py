"""[deploy.NAME] -> Destination: the keys of each kind of target. KEYS is the one list of them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from generator.config import values
from generator.config.values import REQUIRED, FaultError, Key
from generator.destinations import A_SHARE, KINDS, Destination
from generator.problems import did_you_mean

COMPRESSIONS: Final = ("", "gzip", "brotli")
_SCHEMES: Final = {"s3": "s3", "gcs": "gs", "azure": "az"}


def keys_of(name: str, raw: object) -> tuple[Mapping[str, Any], Mapping[str, Key]]:
    """A table [deploy.NAME] and the keys that its kind may have; raises FaultError where the kind is unknown."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise FaultError(f'"{name}" is no name for a target', "letters and figures, as in [deploy.pages]")
    if not isinstance(raw, dict):
        raise FaultError("expected a table for each target", "[deploy.pages] on a line of its own")
    kind = raw.get("target")
    if not isinstance(kind, str) or kind not in KINDS:
        near = did_you_mean(kind, tuple(KINDS)) if isinstance(kind, str) else ""
        message = f'unknown target "{kind}"' if kind else 'the key "target" is missing'
        raise FaultError(message, near or f"one of {', '.join(KINDS)}")
    return raw, {**KEYS[""], **KEYS[kind]}


def destination_of(name: str, given: Mapping[str, Any]) -> Destination:
    """The typed destination, from values without faults."""
    return KINDS[given["target"]](name=name, **{key: value for key, value in given.items() if key != "target"})


def _deletes(value: object) -> int | str:
    return A_SHARE if value == A_SHARE else values.number(0, 10_000_000)(value)


def _argument(value: object) -> str:
    """Text that a program can't take for an option."""
    text = values.filled(value)
    if text.startswith("-") or any(ord(c) < ord(" ") for c in text):
        raise FaultError('it may not begin with "-"')
    return text


def _optional(check: Callable[[object], str]) -> Callable[[object], str]:
    return lambda value: check(value) if value != "" else ""


def _branch(value: object) -> str:
    text = _argument(value)
    if re.search(r"[\s~^:?*\[\\]|\.\.|@\{|//|^/|/$|\.$|\.lock$", text):
        raise FaultError("git allows no branch of this name")
    return text


def _bucket(scheme: str) -> Callable[[object], str]:
    """The address of a bucket of one service."""

    def check(value: object) -> str:
        text = values.text(value)
        kind = next((kind for kind, other in _SCHEMES.items() if text.startswith(f"{other}://")), "")
        if kind and _SCHEMES[kind] != scheme:
            raise FaultError("the address of a bucket of another service", f'target = "{kind}"')
        if not re.fullmatch(rf"{scheme}://[A-Za-z0-9$][A-Za-z0-9._-]+(/[^?#]*)?", text):
            raise FaultError("expected the address of a bucket", f'url = "{scheme}://bucket/prefix"')
        return text.rstrip("/")

    return check


def _http_url(value: object) -> str:
    return values.base_url(value).rstrip("/")


def _path(value: object) -> Path:
    try:
        return Path(_argument(value)).expanduser()
    except RuntimeError:
        raise FaultError("there is no user of this name", "write the path in full, /srv/www/digest") from None


def _one_of(*known: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = values.text(value)
        if text not in known:
            raise FaultError(f'unknown value "{text}"', f"one of {', '.join(name for name in known if name)}")
        return text

    return check


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise FaultError("expected patterns with values", '{ "assets/*" = "public, max-age=3600" }')
    for text in (*value, *value.values()):
        if any(ord(c) < ord(" ") for c in text):
            raise FaultError("a header is one line of text")
    return tuple(value.items())


def _program(value: object) -> tuple[str, ...]:
    words = values.texts(value)
    if not words:
        raise FaultError("expected a program and its arguments", 'program = ["upload", "{folder}"]')
    return words


_PROTECT: Final = Key(values.texts, [], "patterns of files at the target that are not the site's and stay")

_OF_BUCKETS: Final = {
    "cache": Key(_pairs, {}, "patterns with their Cache-Control; the first that fits is taken"),
    "compress": Key(_one_of(*COMPRESSIONS), "", "`gzip` or `brotli`: texts are stored compressed"),
    "protect": _PROTECT,
}

KEYS: Final[Mapping[str, Mapping[str, Key]]] = {
    "": {
        "target": Key(values.filled, REQUIRED, "what it is: git, rsync, s3, gcs, azure, folder and so on"),
        "base_url": Key(_optional(values.base_url), "", "the address of this copy, in place of the site's"),
        "max_deletes": Key(_deletes, A_SHARE, "a deploy that would remove more files is refused; ten may always go"),
        "cloudfront": Key(_optional(_argument), "", "id of the CloudFront distribution to tell which paths changed"),
        "cloudflare_zone": Key(_optional(_argument), "", "id of the Cloudflare zone to tell which addresses changed"),
    },
    "git": {
        "repository": Key(
            _argument,
            REQUIRED,
            "as git takes it; `${NAME}` stands for a variable of the environment",
            'repository = "git@host:me/site.git"',
        ),
        "branch": Key(_branch, "gh-pages", "the branch that the host serves"),
    },
    "rsync": {
        "destination": Key(_argument, REQUIRED, "as rsync takes it", 'destination = "user@host:/srv/www/digest"'),
        "ssh": Key(_optional(_argument), "", "the command that connects: `ssh -p 2222`"),
        "protect": _PROTECT,
    },
    "s3": {
        "url": Key(_bucket("s3"), REQUIRED, "the bucket, and the prefix of its objects", 'url = "s3://bucket/prefix"'),
        "endpoint": Key(_optional(_http_url), "", "the address of the service; Amazon's unless told"),
        "region": Key(_argument, "us-east-1", "the region of the bucket"),
        "profile": Key(_optional(_argument), "", "the profile in `~/.aws/credentials`; the environment comes first"),
        **_OF_BUCKETS,
    },
    "gcs": {
        "url": Key(_bucket("gs"), REQUIRED, "the bucket, and the prefix of its objects", 'url = "gs://bucket/prefix"'),
        "endpoint": Key(_optional(_http_url), "", "the address of the service; Google's unless told"),
        **_OF_BUCKETS,
    },
    "azure": {
        "url": Key(_bucket("az"), REQUIRED, "the container, and the prefix of its blobs", 'url = "az://container"'),
        "account": Key(_argument, REQUIRED, "the name of the storage account", 'account = "mydigest"'),
        "endpoint": Key(_optional(_http_url), "", "the address of the account; Azure's unless told"),
        **_OF_BUCKETS,
    },
    "folder": {
        "path": Key(_path, REQUIRED, "the folder that gets `releases/` and `current`", 'path = "/srv/www/digest"'),
        "keep": Key(values.number(2, 1000), 5, "releases that are kept"),
    },
    "cloudflare": {
        "project": Key(_argument, REQUIRED, "the name of the project", 'project = "my-digest"'),
        "branch": Key(_branch, "main", "the branch that the project calls production"),
    },
    "netlify": {
        "site": Key(_argument, REQUIRED, "the id of the site, or its name", 'site = "my-digest"'),
    },
    "command": {
        "program": Key(
            _program,
            REQUIRED,
            "a program and its arguments; `{folder}` stands for the folder with the files",
            'program = ["upload", "{folder}"]',
        ),
    },
}

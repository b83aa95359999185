"""What others print, fit to be shown: without secrets, without control characters, and not too long."""

import json
import os
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator
from typing import Final
from urllib.parse import quote, quote_plus

_NAME: Final = re.compile(r"TOKEN|SECRET|PASS|PWD|KEY|CREDENTIAL|AUTH", re.IGNORECASE)
_SHORT: Final = 4  # shorter ones are looked for as words: what they stand in otherwise tells nothing of them
_BASE64_BLOCK: Final = 3
_MOST_READ: Final = 2**20  # characters
_LINES_SHOWN: Final = 12
_LINE_SHOWN: Final = 400  # characters
_HIDDEN: Final = "***"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<=://)[^/@\s'\"]+(?=@)",  # the user of a url
        r"(?<=\bbasic )[A-Za-z0-9+/=_-]+|(?<=\bbearer )[^\s'\",;]+",  # headers
        r"(?<=[?&])[^=&\s]*(?:sig|token|key|secret|pass|auth|credential)[^=&\s]*=[^&\s'\"]+",
    )
)
_ESCAPES: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.")


def fit_to_show(text: str, secrets: Collection[str] = ()) -> str:
    """The last lines of what somebody printed, fit to be shown; `secrets` beside those of the environment."""
    text = _ESCAPES.sub("", text[-_MOST_READ:]).replace("\r", "\n").replace("\0", "")
    lines = redact(text, secrets).strip().split("\n")
    return "\n".join(_on_one_line(line) for line in lines[-_LINES_SHOWN:])


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """A text without the secrets of the environment, in whatever form, and without the users of urls."""
    known = {value.strip() for name, value in os.environ.items() if _NAME.search(name)}
    forms = {form for secret in known.union(secrets) if secret for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        if len(form) >= _SHORT:
            text = text.replace(form, _HIDDEN)
        else:
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", _HIDDEN, text)
    for pattern in _PATTERNS:
        text = pattern.sub(_HIDDEN, text)
    return text


def _forms(secret: str) -> Iterator[str]:
    """A secret as it stands, by lines, and as urls, JSON, Python and headers write it."""
    yield from (line.strip() for line in secret.split("\n") if len(line.strip()) >= _SHORT)
    in_urls = (quote(secret), quote(secret, safe=""), quote_plus(secret))
    yield from (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], *in_urls)
    yield from (re.sub("%..", lambda code: code[0].lower(), form) for form in in_urls)
    yield from _in_base64(secret.encode("utf-8", "surrogateescape"))


def _in_base64(secret: bytes) -> Iterable[str]:
    """What a secret is in Base64, alone and behind something else, but for the letters that it shares with that."""
    for encode in (b64encode, urlsafe_b64encode):
        yield encode(secret).decode().rstrip("=")
        for before in range(_BASE64_BLOCK):
            encoded = encode(bytes(before) + secret).decode().rstrip("=")
            first = -(-before * 8 // 6)
            last = (before + len(secret)) * 8 // 6
            if last - first >= _SHORT:
                yield encoded[first:last]


def _on_one_line(line: str) -> str:
    """A line without characters that do something, and not too long."""
    shown = "".join(c if c.isprintable() else " " if c == "\t" else f"\\x{ord(c):02x}" for c in line)
    return f"{shown[:_LINE_SHOWN]}..." if len(shown) > _LINE_SHOWN else shown

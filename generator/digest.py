"""The one hash: blake2b over bytes, in lower-case hexadecimal."""

from hashlib import blake2b


def digest(data: bytes) -> str:
    """32 hexadecimal digits (128 bits); the same bytes give the same digest on every machine."""
    return blake2b(data, digest_size=16).hexdigest()


def short_hash(text: str) -> str:
    """8 hexadecimal digits that tell names apart; no protection against forgery."""
    return digest(text.encode("utf-8", "surrogatepass"))[:8]

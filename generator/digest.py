"""The one hash: blake2b, over bytes or over a stable encoding of values; in lower-case hexadecimal."""

import marshal
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Final, TypeAlias

# For types that know their own digest: what stands in their place.
StandIns: TypeAlias = Mapping[type, Callable[[Any], object]]

_PLAIN: Final = frozenset({str, int, bool, float, bytes, type(None)})
_SEQUENCES: Final = (tuple, list)  # made once: to ask for `tuple | list` makes a type each time
_NO_STAND_INS: Final[StandIns] = {}
WITHOUT_REFERENCES: Final = 2  # the version of marshal that writes equal values as equal bytes


def digest(data: bytes) -> str:
    """32 hexadecimal digits (128 bits); the same bytes give the same digest on every machine."""
    return blake2b(data, digest_size=16).hexdigest()


def short_hash(text: str) -> str:
    """8 hexadecimal digits that tell names apart; no protection against forgery."""
    return digest(text.encode("utf-8", "surrogatepass"))[:8]


def digest_of(value: object, stand_ins: StandIns = _NO_STAND_INS) -> str:
    """The digest of a value made of tuples, lists, dicts, texts, numbers and dates.

    Equal values have equal digests in every process. Sets have no order and are refused.
    """
    return digest(marshal.dumps(_plain(value, stand_ins), WITHOUT_REFERENCES))


def _plain(value: Any, stand_ins: StandIns) -> Any:
    """The value in types that marshal knows."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in stand_ins:
        return stand_ins[kind](value)
    if isinstance(value, _SEQUENCES):
        return _plain_items(value, stand_ins)
    if isinstance(value, dict):
        return tuple([(key, _plain(item, stand_ins)) for key, item in value.items()])
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {kind.__name__} has no stable encoding")


def _plain_items(items: Sequence[Any], stand_ins: StandIns) -> tuple[Any, ...]:
    """The items in types that marshal knows; nearly all lists are of texts alone, or of one type of our own."""
    kinds = set(map(type, items))
    if kinds <= _PLAIN:
        return tuple(items)
    if len(kinds) == 1 and (kind := kinds.pop()) in stand_ins:
        return tuple(map(stand_ins[kind], items))
    return tuple(
        [
            item
            if (of := type(item)) in _PLAIN
            else stand_ins[of](item)
            if of in stand_ins
            else _plain(item, stand_ins)
            if item
            else ()  # an empty tuple, list or dict
            for item in items
        ]
    )

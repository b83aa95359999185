"""The schema of front matter as data, and the way from raw values to Metadata.

A new field is an entry of FIELDS, a field of model.Metadata and a row of docs/front-matter.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from generator.characters import drop_controls
from generator.model import Json, Metadata
from generator.pipeline.read import notices, privacy, values
from generator.pipeline.read.dates import has_time
from generator.pipeline.read.formats import Raw
from generator.pipeline.read.front_matter import FrontMatter
from generator.pipeline.read.text import shown
from generator.pipeline.read.values import Given, Inspection, is_blank
from generator.problems import Problem, nearest


class Field(NamedTuple):
    """A field of Metadata, the names that other generators have for it, and what it takes."""

    name: str
    check: Callable[[Given], object]
    aliases: tuple[str, ...] = ()


FIELDS: Final = (
    Field("title", values.title),
    Field(
        "date",
        values.moment,
        (
            *("publish_date", "pub_date", "published", "published_at", "date_published", "publish_on", "publish_at"),
            *("embargo", "embargo_until"),
        ),
    ),
    Field(
        "updated",
        values.moment,
        ("lastmod", "modified", "last_modified", "last_modified_at", "updated_date", "updated_at", "date_modified"),
    ),
    Field("expires", values.moment, ("expiry_date", "unpublish_date", "expire_date", "expires_at")),
    Field("draft", values.flag),
    Field("unlisted", values.flag, ("hidden", "eleventy_exclude_from_collections")),
    Field("slug", values.slug),
    Field("url", values.page_url, ("permalink", "path", "save_as")),
    Field("id", values.text, ("guid",)),
    Field("aliases", values.page_urls, ("alias", "redirect_from")),
    Field("topics", values.names, ("topic", "category", "categories", "section")),
    Field("tags", values.names, ("tag",)),
    Field("source", values.text, ("source_name", "publisher", "publication")),
    Field(
        "source_url",
        values.web_url,
        ("link", "source_link", "original_url", "external_url", "canonical_url", "canonical"),
    ),
    Field("authors", values.authors, ("author",)),
    Field("credits", values.titles),
    Field("language", values.language, ("lang", "locale")),
    Field("summary", values.text, ("description", "excerpt")),
    Field("image", values.image, ("images", "cover", "cover_image", "hero_image", "featured_image", "thumbnail")),
    Field("related", values.titles),
    Field("lead", values.flag),
    Field("weight", values.whole_number),
    Field("story", values.story),
    Field("duplicate_of", values.text),
    Field("not_duplicate_of", values.titles),
    Field("corrections", notices.corrections, ("correction",)),
    Field("withdrawn", notices.withdrawal, ("retracted",)),
    Field("clean", values.clean_rules),
    Field("pasted", values.flag),
)

# What other generators and their themes read and Broadsheet doesn't: no slip of the pen.
ELSEWHERE: Final = frozenset({
    "asciidoc", "cascade", "changefreq", "comments", "data", "disqus", "dynamic_permalink",
    "eleventy_computed", "eleventy_import", "eleventy_navigation", "excerpt_separator", "filters",
    "generate_feeds", "has_math", "in_search_index", "insert_anchor_links", "is_cjk_language",
    "katex", "keywords", "layout", "link_title", "math", "mathjax", "markup", "menu", "menus", "nav_order",
    "outputs", "override_extension", "page_template", "paginate_by", "paginate_path", "pagination",
    "priority", "reading_time", "render_with_liquid", "resources", "robots", "series",
    "sidebar", "sitemap", "sort_by", "table_of_contents", "template", "template_engine_override", "toc",
    "translation", "translation_key", "translations", "transparent", "type",
})  # fmt: skip

_WITHDRAWN_STATUS: Final = frozenset({"withdrawn", "retracted"})
_NAMES: Final = (*(name for field in FIELDS for name in (field.name, *field.aliases)), *privacy.NAMES)
_HAVE_TIME: Final = {"date": "has_time", "updated": "updated_has_time"}
_LONGEST_SLIP: Final = 2  # characters too many or too few

_Named: TypeAlias = tuple[str, Given]


def check_fields(front_matter: FrontMatter, site_zone: ZoneInfo) -> tuple[Metadata, tuple[Problem, ...]]:
    """The metadata of a file and all problems of its fields; with an error among them, no metadata to use."""
    inspection = Inspection(front_matter, site_zone)
    given, others = _sort_out(front_matter.values, inspection)
    checked: dict[str, Any] = {}  # by the names of FIELDS, which are those of Metadata: a test holds it
    for field in FIELDS:
        if field.name in given and (value := field.check(chosen := _choose(field, given[field.name]))) is not None:
            checked[field.name] = value
            if field.name in _HAVE_TIME:
                checked[_HAVE_TIME[field.name]] = has_time(chosen.value)
    if len(given.get("date", ())) > 1 and "date" in checked:
        checked["appears"] = _appearance(given["date"], checked["date"])
    if "draft" not in given and (tag := privacy.private_tag(checked.get("tags", ()))):
        checked["draft"] = True
        hint = "write `draft: false` if readers may see it"
        inspection.warning(("tags",), f"the tag {shown(tag)} keeps this article back", "private-tag", hint)
    _warn_of_slips(front_matter.values, inspection)
    return Metadata(**checked, extra=others or None), tuple(inspection.problems)


def given_of(front_matter: FrontMatter, name: str, site_zone: ZoneInfo) -> Given | None:
    """What is given for a field of Metadata, by whichever of its names."""
    given = _sort_out(front_matter.values, Inspection(front_matter, site_zone))[0].get(name)
    return _choose(_FIELD_OF[_key(name)], given) if given else None


def _appearance(given: Sequence[Given], date: datetime) -> datetime | None:
    """The latest of several dates, if that is later than the one that counts: Hugo's `publishDate` beside `date`."""
    moments = [moment for one in given if (moment := values.moment(one)) is not None]
    latest = max(moments, default=date)
    return latest if latest > date else None


def is_known(name: str) -> bool:
    """Whether a field of this name has an effect, in whatever case and with - or _ or neither."""
    return _key(name) in _FIELD_OF or _key(name) in _UNFOLD


@lru_cache(maxsize=4096)  # 10,000 files share their names
def _key(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


@lru_cache(maxsize=4096)
def _only_field(name: str) -> Field | None:
    """The field of a name that always stands for just that one."""
    return None if _key(name) in _UNFOLD else _FIELD_OF.get(_key(name))


def _sort_out(raw: Mapping[str, Raw], inspection: Inspection) -> tuple[dict[str, list[Given]], dict[str, Json]]:
    """What is given for each field, and the values of all names that are none."""
    given: dict[str, list[Given]] = defaultdict(list)
    others: dict[str, Json] = {}
    for name, value in raw.items():
        if only := _only_field(name):
            if not is_blank(value):
                given[only.name].append(Given(value, (name,), inspection))
            continue
        for target, found in _unfold(name, Given(value, (name,), inspection)):
            field = _FIELD_OF.get(_key(target))
            if field is None and (len(found.path) > 1 or _key(target) not in _ELSEWHERE):
                others.setdefault(drop_controls(target), _to_json(found.value))
            elif field and not is_blank(found.value):
                given[field.name].append(found)
    return given, others


def _choose(field: Field, given: list[Given]) -> Given:
    """The value that counts, with warnings for those that say otherwise."""
    if len(given) == 1:
        return given[0]
    order = [_key(name) for name in (field.name, *field.aliases)]

    def rank(one: Given) -> tuple[bool, int, int]:
        name = _key(str(one.path[-1]))
        # True first: an article that is a draft by any of its fields must not get out.
        return one.value is not True, len(one.path), order.index(name) if name in order else len(order)

    first, *rest = sorted(given, key=rank)
    for other in rest:
        if other.value != first.value and field.name != "date":  # of dates the latest has a meaning of its own
            message = f"{other.label} differs from {first.label}, which counts"
            other.inspection.warning(other.path, message, "conflicting-fields", "keep one of the two")
    return first


def _warn_of_slips(raw: Mapping[str, Raw], inspection: Inspection) -> None:
    """Warnings for names that are nearly known, and for front matter that may be none."""
    unknown = [name for name in raw if not (_only_field(name) or is_known(name) or _key(name) in _ELSEWHERE)]
    slips = {name: near for name in unknown if (near := _nearest(name))}
    for name in unknown:
        near, message = slips.get(name, ""), f"unknown field {shown(name)}"
        hint = f'did you mean "{near}"?'
        is_slip_of_private = near in privacy.NAMES
        if is_slip_of_private or privacy.sounds_private(name, raw[name]):
            hint = hint if is_slip_of_private else "`draft: true` does; or give the field another name"
            inspection.error((name,), f"{message}, which may be meant to keep this page back", "unknown-field", hint)
        elif near:
            inspection.warning((name,), message, "unknown-field", hint)
    if unknown and not slips and len(unknown) == len(raw):
        hint = 'if these lines are text, write "***" for the break above them'
        inspection.warning((unknown[0],), "the front matter has no known field", "no-known-field", hint)


@lru_cache(maxsize=1024)  # each of 10,000 files may have the same fields of its own
def _nearest(name: str) -> str:
    """The known name of which a slip of the pen may have made another one, or ""."""
    name = name.lower()
    # `subtitle` is no `title`, nor `location` a `publication`.
    known = [one for one in _NAMES if one[0] == name[:1] and abs(len(one) - len(name)) <= _LONGEST_SLIP]
    return nearest(name, known)


def _to_json(value: Raw) -> Json:
    if isinstance(value, str):
        return drop_controls(value)
    if isinstance(value, dict):
        return {drop_controls(name): _to_json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_to_json(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _unfold(name: str, given: Given) -> Iterator[_Named]:
    """The fields that one field stands for, which is mostly itself."""
    unfold = _UNFOLD.get(_key(name))
    if unfold is None:
        yield name, given
    elif not is_blank(given.value):
        yield from unfold(given)


def _unfold_map(given: Given) -> Iterator[_Named]:
    """`[taxonomies]` and `[extra]` of Zola, `params` of Hugo."""
    if isinstance(given.value, dict):
        for name, value in given.value.items():
            yield from _unfold(name, given.member(name, value))
    else:
        given.refuse_type("a map of fields", '{name: "value"}')


def _unfold_status(given: Given) -> Iterator[_Named]:
    """The words of Pelican, Nikola, Ghost and WordPress."""
    word = (values.text(given) or "").lower()
    if word in privacy.DATED_STATUS:
        return
    if word in privacy.DRAFT_STATUS | privacy.PUBLIC_STATUS:
        yield "draft", given._replace(value=word in privacy.DRAFT_STATUS)
    elif word == "hidden":
        yield "unlisted", given._replace(value=True)
    elif word in _WITHDRAWN_STATUS:
        yield "withdrawn", given._replace(value=True)
    elif word:
        hint = "one of: published, draft, hidden, withdrawn, skip, private"
        given.error(f"{given.label} takes a known word, not {shown(word)}", "bad-status", hint)


def _unfold_lead(given: Given) -> Iterator[_Named]:
    """True or false; in some themes of Hugo the first sentences."""
    yield "summary" if isinstance(given.value, str) and not values.is_flag(given.value) else "lead", given


def _unfold_featured(given: Given) -> Iterator[_Named]:
    """What themes of other generators call a lead; some have a picture or a number there."""
    yield "lead" if values.is_flag(given.value) else str(given.path[-1]), given


def _unfold_permalink(given: Given) -> Iterator[_Named]:
    """False in Eleventy: no page."""
    if values.is_flag(given.value) and not values.flag(given):
        yield "draft", given._replace(value=True)
    else:
        yield "url", given


def _unfold_source(given: Given) -> Iterator[_Named]:
    """A name, an address, or a map of both."""
    name, url = given.first_member(("name", "title")), given.first_member(("url", "link"))
    if not isinstance(given.value, dict):
        is_url = isinstance(given.value, str) and values.is_web_url(given.value.strip())
        yield "source_url" if is_url else "source", given
    elif not name and not url:
        given.error(f"{given.label} has neither name nor url", "bad-type", 'for example {name: "Reuters"}')
    if name:
        yield "source", name
    if url:
        yield "source_url", url


_FIELD_OF: Final = {_key(name): field for field in FIELDS for name in (field.name, *field.aliases)}
_ELSEWHERE: Final = frozenset(map(_key, ELSEWHERE))
_UNFOLD: Final[dict[str, Callable[[Given], Iterator[_Named]]]] = {
    "taxonomies": _unfold_map,
    "extra": _unfold_map,
    "params": _unfold_map,
    "published": privacy.unfold_public,
    "visibility": privacy.unfold_visibility,
    "build": privacy.unfold_build,
    **{_key(name): privacy.unfold_private for name in privacy.PRIVATE_IF_TRUE},
    **{_key(name): privacy.unfold_public for name in privacy.PRIVATE_IF_FALSE},
    **dict.fromkeys(("status", "poststatus", "wpstatus"), _unfold_status),
    "permalink": _unfold_permalink,
    "lead": _unfold_lead,
    **dict.fromkeys(("featured", "pin", "pinned", "sticky"), _unfold_featured),
    **{_key(name): _unfold_source for name in ("source", "source_name", "publisher", "publication")},
}

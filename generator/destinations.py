"""Where a site is deployed to: the frozen types of [deploy.NAME] in the configuration.

Secrets stay in the environment, or with the programs that ask for them: none of these is printed, and none
goes into the cache.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

A_SHARE: Final = "a third"  # of the files that a target holds
A_THIRD: Final = 3
FEW: Final = 10  # files that may go, whatever share of the site they are


@dataclass(frozen=True, slots=True)
class Destination:
    """What all of them have."""

    name: str  # of the table: "pages" in [deploy.pages]
    base_url: str  # the address of this copy of the site; "" where it is the site's own
    max_deletes: int | str  # more removed files than this are refused; A_SHARE or a number
    cloudfront: str  # id of the distribution in front of it, "" where there is none
    cloudflare_zone: str  # id of the zone in front of it, "" where there is none


@dataclass(frozen=True, slots=True)
class Git(Destination):
    """A branch of a repository."""

    repository: str  # as git takes it; ${NAME} stands for a variable of the environment
    branch: str


@dataclass(frozen=True, slots=True)
class Rsync(Destination):
    """A folder that rsync reaches."""

    destination: str
    ssh: str  # the command that connects, "" for rsync's own
    protect: tuple[str, ...]  # patterns of files that are not ours and stay


@dataclass(frozen=True, slots=True)
class Bucket(Destination):
    """What all buckets have."""

    url: str  # s3://bucket/prefix, gs://bucket/prefix, az://container/prefix
    endpoint: str  # "" for that of the service itself
    cache: tuple[tuple[str, str], ...]  # pattern -> Cache-Control; the first that fits
    compress: str  # "gzip", "brotli" or ""
    protect: tuple[str, ...]  # patterns of objects that are not ours and stay


@dataclass(frozen=True, slots=True)
class S3(Bucket):
    """A bucket with the interface of S3."""

    region: str
    profile: str  # in ~/.aws/credentials; the environment comes first


@dataclass(frozen=True, slots=True)
class GCS(Bucket):
    """A bucket of Google Cloud Storage."""


@dataclass(frozen=True, slots=True)
class Azure(Bucket):
    """A container of Azure Blob Storage."""

    account: str


@dataclass(frozen=True, slots=True)
class Folder(Destination):
    """A folder of this machine, with releases/ and current."""

    path: Path
    keep: int  # releases, the current one included


@dataclass(frozen=True, slots=True)
class Cloudflare(Destination):
    """A project of Cloudflare Pages, by wrangler."""

    project: str
    branch: str


@dataclass(frozen=True, slots=True)
class Netlify(Destination):
    """A site of Netlify, by its own program."""

    site: str


@dataclass(frozen=True, slots=True)
class Command(Destination):
    """Whatever a program does with the folder."""

    program: tuple[str, ...]  # the program and its arguments; {folder} stands for what is to be deployed


KINDS: Final[dict[str, type[Destination]]] = {
    "git": Git,
    "rsync": Rsync,
    "s3": S3,
    "gcs": GCS,
    "azure": Azure,
    "folder": Folder,
    "cloudflare": Cloudflare,
    "netlify": Netlify,
    "command": Command,
}

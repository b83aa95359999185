"""A bucket with the interface of S3: Amazon's, Cloudflare's R2, MinIO, Backblaze B2 and others."""

import configparser
import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator.destinations import S3
from generator.targets import Room
from generator.targets.bucket import BucketTarget, client_options, library, no_secret, place, retries

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store


class Target(BucketTarget):
    """The bucket of a destination."""

    def __init__(self, destination: S3, room: Room) -> None:
        super().__init__(destination, _open_store(destination), room)


def _open_store(destination: S3) -> "S3Store":
    """The client; raises DeployError without the library or without credentials."""
    store = library()
    bucket, prefix = place(destination.url)
    key, secret, session = _credentials(destination.profile)
    settings: S3Config = {
        "region": destination.region,
        "access_key_id": key,
        "secret_access_key": secret,
        "virtual_hosted_style_request": False,
    }
    if session:
        settings["session_token"] = session
    if destination.endpoint:
        settings["endpoint"] = destination.endpoint
    opened: S3Store = store.S3Store(
        bucket,
        prefix=prefix,
        config=settings,
        client_options=client_options(destination.endpoint),
        retry_config=retries(),
    )
    return opened


def _credentials(profile: str) -> tuple[str, str, str]:
    """Key, secret and session token: of the environment, else of the file that Amazon's tools share."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    key, secret, session = (os.environ.get(name, "") for name in names)
    if not (key and secret):
        file = Path(os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials").expanduser()
        shared = configparser.ConfigParser(interpolation=None)
        shared.read(file, encoding="utf-8")
        name = profile or os.environ.get("AWS_PROFILE") or "default"
        section = shared[name] if shared.has_section(name) else {}
        key, secret, session = (section.get(name.lower(), "") for name in names)
    if not (key and secret):
        raise no_secret("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write a profile into ~/.aws/credentials")
    return key, secret, session

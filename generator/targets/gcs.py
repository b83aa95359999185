"""A bucket of Google Cloud Storage."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.destinations import GCS
from generator.targets import Room
from generator.targets.bucket import BucketTarget, client_options, library, no_secret, place, retries

if TYPE_CHECKING:
    from obstore.store import GCSConfig, GCSStore

_SECRETS: Final = (
    *("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_SERVICE_ACCOUNT_KEY"),
    *("GOOGLE_SERVICE_ACCOUNT", "GOOGLE_BEARER_TOKEN"),
)  # obstore reads them itself
_OF_GCLOUD: Final = "~/.config/gcloud/application_default_credentials.json"


class Target(BucketTarget):
    """The bucket of a destination."""

    def __init__(self, destination: GCS, room: Room) -> None:
        super().__init__(destination, _open_store(destination), room)


def _open_store(destination: GCS) -> "GCSStore":
    """The client; raises DeployError without the library or without credentials."""
    store = library()
    if not any(map(os.environ.get, _SECRETS)) and not Path(_OF_GCLOUD).expanduser().exists():
        raise no_secret("set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account, or GOOGLE_BEARER_TOKEN")
    bucket, prefix = place(destination.url)
    settings: GCSConfig = {}
    if destination.endpoint:
        settings["base_url"] = destination.endpoint
    opened: GCSStore = store.GCSStore(
        bucket,
        prefix=prefix,
        config=settings,
        client_options=client_options(destination.endpoint),
        retry_config=retries(),
    )
    return opened

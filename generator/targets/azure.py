"""A container of Azure Blob Storage; `$web` is the one that Azure serves as a website."""

import os
from typing import TYPE_CHECKING, Final

from generator.destinations import Azure
from generator.targets import Room
from generator.targets.bucket import BucketTarget, client_options, library, no_secret, place, retries

if TYPE_CHECKING:
    from obstore.store import AzureConfig, AzureStore

_SECRETS: Final = (
    *("AZURE_STORAGE_ACCOUNT_KEY", "AZURE_STORAGE_SAS_TOKEN"),
    *("AZURE_STORAGE_TOKEN", "AZURE_STORAGE_CLIENT_SECRET", "AZURE_CLIENT_SECRET"),
)  # obstore reads them itself


class Target(BucketTarget):
    """The container of a destination."""

    def __init__(self, destination: Azure, room: Room) -> None:
        super().__init__(destination, _open_store(destination), room)


def _open_store(destination: Azure) -> "AzureStore":
    """The client; raises DeployError without the library or without credentials."""
    store = library()
    if not any(map(os.environ.get, _SECRETS)):
        raise no_secret("set AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_TOKEN")
    container, prefix = place(destination.url)
    settings: AzureConfig = {"account_name": destination.account}
    if destination.endpoint:
        settings["endpoint"] = destination.endpoint
    opened: AzureStore = store.AzureStore(
        container,
        prefix=prefix,
        config=settings,
        client_options=client_options(destination.endpoint),
        retry_config=retries(),
    )
    return opened

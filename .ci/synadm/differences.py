"""Where a running Synapse behind Bailiff answers otherwise than Bailiff's own store. All other answers must be the same."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    # Accounts besides those of the community: the one that Bailiff's workers use on a Synapse, a server admin.
    service_accounts: int
    # Synapse knows the call and is not set up for it.
    notice: str
    # The folder of media below the data folder.
    media: str


OWN_STORE = Expected(service_accounts=0, notice="M_UNRECOGNIZED", media="media/media")
SYNAPSE = Expected(service_accounts=1, notice="M_UNKNOWN", media="synapse/media/local_content")

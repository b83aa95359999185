"""What everybody may do with files and folders that are for the public, whatever the umask of whoever builds them."""

from typing import Final

FILE: Final = 0o644
FOLDER: Final = 0o755

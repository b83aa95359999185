"""What the name of a file alone says of it: content, or what editors and systems leave beside it."""

import re
from typing import Final

# Names with a dot that hosts and programs on the web ask for. Others are settings and secrets as a rule: `.env`.
FOR_THE_WEB: Final = (".well-known", ".nojekyll", ".htaccess", ".domains")

_LEFTOVER: Final = re.compile(
    r".*~|#.*#|\.#.*"  # Emacs, and with a tilde nearly all others
    r"|.*\.(?:bak|orig|rej|sw[nop]|un~|tmp|crdownload)|\..*\.(?:sw[a-p]|kate-swp)"
    r"|4913"  # by which Vim tries whether it may write into a folder
    r"|.*___jb_(?:tmp|old|bak)___|\.goutputstream-.*|~\$.*|~syncthing~.*"
    r"|\._.*|\.ds_store|icon\r|\.(?:localized|directory|fseventsd|spotlight-v100|trashes|trash-.*)|__macosx"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|@eadir|\.(?:nfs|fuse_hidden|dropbox|syncthing).*"
    r"|\.st(?:folder|ignore|versions)|\.keep|\.editorconfig"
    r"|\.(?:git|hg|svn|jj|idea|vscode)|\.git(?:ignore|keep|attributes|modules)",
    re.IGNORECASE | re.DOTALL,
)
_FOLDERS: Final = frozenset({"__macosx", "@eadir"})  # the other names without a dot are those of files
_MARKDOWN: Final = (".md", ".markdown")
_CONFLICT: Final = re.compile(
    r".*\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?\.\w+"  # Syncthing
    r"|.*\((?:.*\b)?conflicted copy \d{4}-\d\d-\d\d[^()]*\)\.\w+",  # Dropbox, Nextcloud
    re.DOTALL,
)


def is_leftover(name: str, *, is_folder: bool = False) -> bool:
    """Whether editors, systems and version control leave files of this name beside those that people made.

    Never a Markdown file, but for those that begin with a dot.
    """
    if name[:1] != "." and name.endswith(_MARKDOWN):  # nearly all
        return False
    if is_folder and name[:1] != ".":
        return name.lower() in _FOLDERS
    return bool(_LEFTOVER.fullmatch(name))


def is_conflict_copy(name: str) -> bool:
    """Whether a program that keeps folders the same made it of a file that was changed in two places at once."""
    return "conflict" in name and bool(_CONFLICT.fullmatch(name))

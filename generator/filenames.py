"""What the name of a file alone says of it: content, or what editors and systems leave beside it."""

import re
from typing import Final

# Names with a dot that hosts and programs on the web ask for. Others are settings and secrets as a rule: `.env`.
FOR_THE_WEB: Final = (".well-known", ".nojekyll", ".htaccess", ".domains")

_LEFTOVER: Final = re.compile(
    r".*~|#.*#|\.#.*"  # Emacs, and with a tilde nearly all others
    r"|.*\.(?:bak|orig|rej|sw[a-p]|un~|tmp|temp|part|partial|crdownload|kate-swp|save(?:\.\d+)?)"
    r"|4913"  # by which Vim tries whether it may write into a folder
    r"|.*___jb_(?:tmp|old|bak)___|\.goutputstream-.*|~\$.*|~syncthing~.*"
    r"|\._.*|\.ds_store|icon\r|\.(?:localized|directory|fseventsd|spotlight-v100|trashes|trash-.*)|__macosx"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|@eadir|\.(?:nfs|fuse_hidden|dropbox|syncthing|st).*"
    r"|\.(?:git|hg|svn|jj|idea|vscode)|\.git(?:ignore|keep|attributes|modules)|\.keep|\.editorconfig",
    re.IGNORECASE | re.DOTALL,
)
_FOLDERS: Final = frozenset({"__macosx", "@eadir"})  # the other names are those of files


def is_leftover(name: str, *, is_folder: bool = False) -> bool:
    """Whether editors, systems and version control leave files of this name beside those that people made.

    Never a Markdown file, but for those that begin with a dot.
    """
    if name.endswith(".md") and name[0] != ".":  # nearly all
        return False
    if is_folder and name[0] != ".":
        return name.lower() in _FOLDERS
    return bool(_LEFTOVER.fullmatch(name)) and not (name.lower().endswith((".md", ".markdown")) and name[0] != ".")

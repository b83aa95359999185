"""Code of a known language in safe HTML -> the same with the classes of Pygments, which a theme gives colours."""

import re
from html import unescape
from typing import Final

LONGEST: Final = 50_000  # characters; longer code stays plain: some lexers take more than linear time

_CODE: Final = re.compile(r'(<pre><code class="language-([\w+#.-]+)">)([^<]*)(</code></pre>)')


def highlight(html: str) -> str:
    """Safe HTML with its blocks of code highlighted; code whose language isn't known stays as it is."""
    return _CODE.sub(_highlighted, html) if '<code class="language-' in html else html


def _highlighted(block: re.Match[str]) -> str:
    start, language, code, end = block.groups()
    if len(code) > LONGEST:
        return block[0]
    from pygments import highlight as write  # noqa: PLC0415 - 15 ms, for texts with code alone
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return block[0]
    return f"{start}{write(unescape(code), lexer, HtmlFormatter(nowrap=True))}{end}"

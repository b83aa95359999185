"""Pieces of hostile input: what grammars are made of, and what Unicode has to offer."""

from typing import Final

ODD: Final = (
    *("\x00", "\x01", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9f", "\t", "\r", "\r\n", "\n\r", "\n", "\n\n"),
    *("\ufeff", "�", "\ufffe", "\uffff", "\ud800", "\udfff", "\ud83d\ude00", "\U0010ffff", "\U000e0041", "\ue000"),
    *("\u2028", "\u2029", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2069", "\u00ad", "\u00a0", "\u3000"),
    *("é́́", "́", "İ", "ı", "ß", "ſ", "ﬁ", "Ⅷ", "①", "²", "١٢", "९", "𝟗", "ǅ", "ᾼ", "Ã©", "â€™", "Ð¿Ñ€", "ä¸"),
    *(
        "&amp;amp;",
        "&#0;",
        "&#x110000;",
        "&#xD800;",
        "&nbsp;",
        "&lt;script&gt;",
        "&NotAName;",
        "日本語",
        "中文。",
        "한국어",
    ),
    *(
        "ไทย",
        "עברית",
        "العربية",
        "🇩🇪",
        "👩\u200d👩\u200d👧\u200d👦",
        "🚢",
        "“”",
        "‘’",
        "„“",
        "«»",
        "–",
        "—",
        "…",
        "'",
        '"',
    ),
    *("CON", "..", "../", "./", "/", "//", "\\", "%", "%00", "%2e%2e%2f", "%ff", "://", "?", "#", "&", ";", ":", "*"),
    "|",
)
LIVE: Final = (
    *("javascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)"),
    *("data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>", "vbscript:x"),
    *("//evil.example/x", "https://example.org/a?b=c&d=e#f", "https://[::1]/", "https://["),
    *("http://user:pw@e.org:99999/", "mailto:a@b.org", "/a/b.md", "../x.md#y", "@/a.md", "{filename}/b.md", "a b.jpg"),
    *("x-content:evil", "https://ex.org/?utm_source=x", "&#106;avascript:alert(1)", "http://xn--a.org/"),
    *("HTTPS://EXAMPLE.ORG", "tel:+1", "?", "#", "", "https://e.org/\u202e"),
)
EVENTS: Final = (
    "onclick",
    "onerror",
    "ONLOAD",
    "on\x0cfocus",
    "formaction",
    "srcdoc",
    "style",
    "class",
    "id",
    "is",
    "slot",
)
NAMES: Final = (
    *("a", "b", "p", "div", "span", "img", "br", "hr", "table", "tr", "td", "th", "tbody", "caption", "col"),
    *("colgroup", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code", "blockquote", "figure", "figcaption", "details"),
    *("summary", "h1", "h2", "h6", "script", "style", "svg", "math", "mtext", "mglyph", "foreignObject"),
    *("annotation-xml", "title", "textarea", "noscript", "template", "iframe", "object", "embed", "video", "audio"),
    *("source", "track", "picture", "form", "input", "button", "select", "option", "label", "base", "meta", "link"),
    *("body", "html", "head", "frameset", "plaintext", "xmp", "listing", "center", "font", "marquee", "ruby", "rt"),
    *("rp", "my-widget", "o:p", "name", "T", "q", "time", "meter", "progress", "data", "abbr", "sup", "sub", "small"),
    *("del", "ins", "mark", "bdo", "dialog", "image"),
)
MARKS: Final = (
    *("# ", "## ", "#", "###### ", "=====\n", "-----\n", "- ", "* ", "+ ", "1. ", "12) ", "  - ", "    ", "\t", "> "),
    *(">> ", "```\n", "```py x=1\n", "~~~\n", "`", "``", "*", "**", "***", "_", "__", "~~", "~", "\\", "[", "]", "]("),
    *(")", "![", "<", ">", "| a | b |\n|---|:-:|\n| c | d |\n", "|", "---|---\n", "Term\n: meaning\n"),
    *("*[EU]: European Union\n", "[^1]", "[^1]: note\n", "[a]: /x 'y'\n", "[a][b]", "[a]", "- [x] ", "- [ ] "),
    *("> [!NOTE]\n", "{: .note }", "{#id}", "{{< youtube abc123def45 >}}", '{{< figure src="x.jpg" caption="c" >}}'),
    *("{% highlight py %}\n", "{% endhighlight %}\n", "{% include x %}", "{{ x }}", "{{%", "<!-- more -->", "<!--"),
    *("-->", "<![CDATA[", "]]>", "<?", "?>", "---\n", "***\n", "www.example.org/(a)", "https://e.org/_a_*b*"),
    *("<https://e.org>", "<a@b.org>", "&amp;", "&#35;", "  \n", "\\\n", "'Twas", "...", "--", "\x02", "\x03"),
    *("klzzwxh:0001", "wzxhzdk:1"),
)
HIDING: Final = ("<!--", "<!", "<?", "{", "](", "[a]: ", "<![", "\x02", "\x03", "klz", "wzx")
OTHER_NAMES: Final = (
    "status",
    "published",
    "visibility",
    "build",
    "taxonomies",
    "extra",
    "params",
    "featured",
    "titel",
    "drafft",
)
DATES: Final = (
    *("2024-01-03", "2024-01-03T08:00:00Z", "2024-02-30", "0000-00-00", "9999-12-31T23:59:59-12:00"),
    *("0001-01-01T00:00:00+14:00", "2024-01-03 08:00 +01:00", "20 November 2026", "Nov 20 2026", "1704268800"),
    *("2024-1-3", "24:61", "2024-01-03T25:00", "never", "2024-03-31T02:30:00", "12:30:00", "1e999", "-1"),
    *("99999999999999999999", "0x1F", "0o17", "1_000", "nan", "inf", ".5", "1:30:00"),
)
TELLING: Final = (
    *("{}", "{} stands here.", "The {} said so on Monday, and nobody knows why it went on.", "## {}", "# {}", "- {}"),
    *("1. {}", "> {}", "**{}**", "*{}*", "`{}`", "    {}", "[{}](https://e.org/)", "![{}](x.jpg)"),
    *("| {} | b |\n|---|---|\n| c | d |", "- [ ] {}", "```\n{}\n```", "<b>{}</b>", "<div>{}</div>", "<foo>{}</foo>"),
    *("<name {}>", "<my-widget>{}</my-widget>", "<table><tr><td>{}</table>", "<p>{}"),
    *("<details><summary>{}</summary></details>", "<h2>{}</h2>", "<li>{}", "<pre>{}</pre>", "<center>{}</center>"),
    *("<u>{}</u>", "Term\n: {}", "[^1]: {}\n\nsee[^1]", "> [!NOTE]\n> {}", "~~{}~~", "<q>{}</q>"),
    *("<figure><figcaption>{}</figcaption></figure>", "By {}", "Photo: {}", "Advertisement {}", "Share {}"),
    *("Read more: {}", "{}\n=====", "Updated {}", "Follow {}", "{} | Getty Images", "Mehr zum Thema: {}"),
    *("Lesen Sie auch: {}", "À lire aussi : {}", "Lea también: {}", "Leggi anche {}", "関連記事：{}", "责任编辑：{}"),
    *("- list 1 of 2{}", "Related\n- {}", "{}: a word", "© 2024 {}", "({})", "“{}”", "{}…", "* * *\n{}", "Foto: {}"),
    *("Von {}", "Par {}", '{{{{< figure src="x.jpg" caption="{}" >}}}}', "{{% note %}} {}", "{}\n\n\n", "\t{}"),
    *("   {}   ", "{}\\\nmore", "<button>{}</button>", "<label>{}</label>", "<svg><text>{}</text></svg>"),
    *("<a name=x>{}</a>", "<span lang=fr>{}</span>", "<ruby>{}<rt>x</rt></ruby>"),
)

"""What pages in any language say: English on buttons, players, in the small print; names of agencies and networks."""

from typing import Final

from generator.languages.shape import Furniture, Words

FURNITURE: Final = Furniture(
    phrases={
        "share-buttons": (
            *("summarise this article", "summarize this article", "share to facebook", "share to x"),
            *("share to whatsapp", "open share options", "share with your friends", "copy this link"),
            *("share this with your friends", "copy article link", "follow us on google news", "send by email"),
            *("comment on this story", "print page", "text size", "font size", "change text size"),
            *("adjust text size", "a a a", "aa", "leave feedback", "give feedback", "click to print", "share now"),
            *("0shares", "0comments", "0likes", "0views", "share tweet submit", "addthis sharing buttons"),
            *("share submit", "share this", "share this article", "share this story", "share this page"),
            *("share this post", "share this entry", "share this video", "share the article", "share the story"),
            *("share with friends", "share via", "share on", "share to", "copy link", "copy link url copied"),
            *("url copied", "link copied", "copied to clipboard", "copy url", "copy to clipboard"),
            *("link copied to clipboard", "click to share", "click to copy", "share article", "share story"),
            *("share page", "more sharing options", "show more sharing options"),
            *("share close extra sharing options", "sharing options", "close extra sharing options"),
            *("share full article", "email this article", "print this article", "print this page"),
            *("email this story", "email this", "blogthis", "print article", "print story", "send to a friend"),
            *("email a friend", "like this", "like loading", "like us on facebook", "follow us"),
            *("follow us on twitter", "follow us on facebook", "follow us on instagram"),
            *("follow us on social media", "follow on twitter", "follow on facebook", "follow me on twitter"),
            *("find us on facebook", "join us on facebook", "connect with us", "stay connected", "be social"),
            *("follow", "following", "add us on google", "add as preferred source on google", "reuse this content"),
            *("email the author", "email author", "0 shares", "0 share", "shares 0", "0 likes", "0 tweets"),
            *("0 retweets", "0 views", "views 0", "0 interactions", "save article", "save story", "save for later"),
            *("gift this article", "give this article", "bookmark this article", "listen to this article"),
            *("how to share", "spread the word", "share your story", "tweet this", "pin it", "recommend 0"),
            *("share on social media", "share the post", "get author rss feed", "view author archive"),
            *("share this with", "buy reprints", "tell your friends", "view this post on instagram"),
            *("a post shared by", "share options", "share this content"),
        ),
        "legal": (
            *("manage consent", "cookie consent", "accept and continue", "accept & continue"),
            *("necessary cookies only", "only necessary cookies", "reject non-essential cookies"),
            *("strictly necessary cookies", "always active", "functional cookies", "performance cookies"),
            *("targeting cookies", "save preferences", "save my preferences", "confirm my choices", "consent"),
            *("legitimate interest", "view vendors", "list of partners (vendors)", "do not consent"),
            *("manage options", "manage preferences", "manage settings", "your privacy is important to us"),
            *("ad choices", "adchoices", "about our ads", "cookie notice", "cookie statement"),
            *("modern slavery statement", "terms of sale", "subscriber agreement", "corrections policy"),
            *("fact-checking policy", "privacy policy", "privacy", "privacy notice", "privacy statement", "terms"),
            *("terms of service", "terms of use", "terms & conditions", "terms and conditions", "cookie policy"),
            *("cookies", "cookie settings", "cookie preferences", "manage cookies", "disclaimer", "legal"),
            *("legal notice", "copyright", "all rights reserved", "do not sell my personal information"),
            *("accessibility", "imprint", "do not sell my info", "do not sell or share my personal information"),
            *("privacy preferences", "your privacy choices", "accept all", "california privacy rights"),
            *("your california privacy rights", "accessibility statement", "community guidelines"),
            *("code of conduct", "accept cookies", "accept all cookies", "reject all", "we use cookies"),
            *("we value your privacy", "consent preferences", "editorial policy", "ethics policy", "privacy center"),
            *("notice of privacy practices", "user agreement", "legal terms", "public file", "fcc public file"),
            *("fcc applications", "eeo report", "closed captioning", "licensing", "permissions", "reprints"),
        ),
        "player": (
            *("video unavailable", "this video is not available", "this video is unavailable", "skip intro"),
            *("picture-in-picture", "watch on youtube", "tap to unmute", "click to unmute", "sound on", "sound off"),
            *("audio currently unavailable", "powered by trinity audio", "audio by carbonatix"),
            *("current time 0:0 duration 0:0", "0:0", "playing in 0 seconds", "up next in 0", "default"),
            *("quality auto", "chapters", "descriptions off selected"),
            *("captions settings opens captions settings dialog", "audio track", "volume 0%", "skip back 0 seconds"),
            *("skip forward 0 seconds", "0x", "show transcript", "hide transcript", "video settings"),
            *("full screen is unavailable", "error loading media", "video", "watch", "watch live", "watch now"),
            *("watch video", "watch the video", "play video", "replay", "replay video", "live"),
            *("please enable javascript to view this video", "please enable javascript", "video player"),
            *("video player is loading", "0 seconds", "current time 0", "duration 0", "current time 0:0"),
            *("duration 0:0", "loaded 0%", "remaining time 0:0", "mute", "unmute", "autoplay", "auto play"),
            *("now playing", "playback speed", "audio", "listen", "listen now", "captions", "subtitles"),
            *("captions off", "share video", "embed", "embed video", "media playback is unsupported on your device"),
            *("0 secs", "play audio", "your browser does not support the video tag"),
            *("your browser does not support the audio element", "live video", "on air", "media caption"),
            *("image caption", "playback is not supported on this device"),
            *("media playback is not supported on this device", "this video can not be played"),
            *("to play this video you need to enable javascript in your browser", "watch more videos", "photos"),
            *("gallery", "photo gallery", "image gallery", "slideshow", "photo", "image", "play live"),
            *("listen live", "audio player", "transcript", "this is a modal window", "beginning of dialog window"),
            *("end of dialog window", "close modal dialog", "stream type live"),
            *("seek to live currently behind live", "advertisement 0:0", "ad 0 of 0", "next video", "loading video"),
            *("close video", "skip ad"),
        ),
        "reading-time": (
            *("0 min read", "0 minute read", "0 minutes read", "0 mins read", "0 min", "0 minutes to read"),
            *("reading time 0 minutes", "reading time 0 min", "read time 0 mins", "read time 0 min"),
            *("estimated reading time 0 minutes", "word count 0", "wordcount 0", "0 words"),
            *("est reading time 0 min", "time to read 0 minutes", "0 min listen", "listen 0 min", "0 minute listen"),
            *("0 mins",),
        ),
        "poll": (
            *("thank you for voting", "thanks for voting", "you have already voted", "loading poll", "poll closed"),
            *("this poll is closed", "this poll is now closed", "poll results", "view poll results"),
            *("vote in our poll", "readers' poll", "reader poll", "0 votes cast", "voting has closed"),
            *("voting is closed", "0 people voted", "0 responses so far", "poll of the day", "question of the day"),
            *("quiz of the day", "take the quiz", "take our quiz", "test your knowledge", "final results", "poll"),
            *("take our poll", "vote now", "vote", "cast your vote", "view results", "see results", "0 votes"),
            *("total votes 0", "quiz"),
        ),
        "live-blog": (
            *("show all updates", "load new updates", "new update available", "0 new posts", "0 new post"),
            *("live coverage", "follow along live", "this blog is now closed", "this live blog is now closed"),
            *("this live blog has ended", "this live page has ended", "this live event has ended", "key event"),
            *("show newest first", "show oldest first", "autoscroll", "share this update"),
            *("copy link to this update", "back to live", "load previous updates", "older updates"),
            *("see new updates", "updated live", "new posts", "live updates", "live blog", "live feed"),
            *("key events", "key moments", "pinned", "pinned post", "latest update", "auto-refresh"),
            *("show key events only", "please turn on javascript to use this feature", "refresh", "new updates"),
            *("0 new updates", "key points", "updates", "summary of events", "live reporting", "jump to latest"),
            *("back to latest", "oldest first", "newest first"),
        ),
        "page-numbers": ("0 of 0", "page 0 of 0", "page 0", "photo 0 of 0", "image 0 of 0", "slide 0 of 0", "pages 0"),
        "credit": (
            *("getty images", "getty", "reuters", "associated press", "the associated press", "ap", "afp"),
            *("shutterstock", "epa", "istock", "file photo", "stock photo", "stock image", "courtesy photo"),
            *("handout", "submitted photo", "staff photo", "pa media", "upi", "afp via getty images", "ap photo"),
            *("ap images", "pa wire", "alamy", "unsplash", "pixabay", "flickr", "creative commons", "pexels"),
            *("image source", "photo credit", "image credit", "contributed photo", "wikimedia commons", "bloomberg"),
            *("xinhua", "zuma press"),
        ),
    },
    prefixes={
        "share-buttons": (
            *("share on", "share via", "share to", "share by", "share this on", "tweet on", "tweet this"),
            *("click to share on", "follow us on", "follow @", "follow us @", "click to email", "click to print"),
            *("share this article", "share this story", "like us on", "find us on", "join us on"),
            *("share full article", "follow me on", "view this post on", "email this", "pin on", "add us on"),
        ),
        "legal": (
            *("we and our partners", "we use cookies and", "by clicking accept", "by clicking “accept"),
            *("we value your privacy", "to provide the best experiences", "with your agreement, we and our"),
            *("by clicking on accept", "you can change your mind", "you can withdraw your consent"),
            *("this site is operated by", "we respect your privacy", "allow x content"),
            *("this article contains content provided by", "content may not be reproduced"),
            *("the material in this publication", "registration on or use of", "the material on this site"),
            *("community rules apply", "comments are subject to", "the contents of this site"),
            *("all content on this site", "all material on this site", "unauthorized reproduction"),
            *("unauthorised reproduction", "this content is protected by copyright", "this website is operated by"),
            *("copyright", "©", "(c) 0", "all rights reserved", "all content ©"),
            *("this material may not be published", "we use cookies", "reproduction of", "this site uses cookies"),
            *("this website uses cookies", "our site uses cookies", "by using this site", "by using this website"),
            *("by continuing to use", "by continuing to browse", "use of this site constitutes"),
            *("this site is protected by recaptcha", "published under", "this document is subject to copyright"),
            *("apart from any fair dealing", "no part of this", "as an amazon associate", "bookmark the permalink"),
            *("quotes delayed at least", "we may earn", "we may receive", "this article contains affiliate"),
            *("this post contains affiliate", "this article originally appeared"),
            *("this article was originally published", "this story was originally published"),
            *("this post was originally published", "powered by", "this article first appeared"),
            *("this story first appeared", "this article is republished from", "republished with permission"),
            *("reprinted with permission", "used with permission", "quotes displayed in real-time"),
            *("market data provided by", "data provided by", "the views expressed", "the opinions expressed"),
            *("opinions expressed in this", "the views and opinions expressed", "views expressed"),
            *("your california privacy", "if you are using a screen reader", "registered in england"),
            *("proudly powered by", "theme by", "built with", "this is a carousel", "a division of"),
            *("your privacy rights", "this entry was posted in", "citation:", "designed by"),
            *("powered and implemented",),
        ),
        "player": (
            *("please enable javascript", "you need to enable javascript", "enable javascript", "javascript is"),
            *("your browser does not", "media playback", "this video", "video:", "watch:", "now playing:"),
            *("up next:", "your browser is", "to view this content", "sorry, this video", "current time"),
        ),
        "caption": (
            *("image:", "image caption", "photo:", "picture:", "photos:", "pictured:", "media caption", "caption:"),
            *("image copyright", "image source", "file photo:", "file -", "file:", "file photo", "above:"),
            *("photo by", "photos by", "photo credit:", "photo courtesy", "image by", "image via", "image credit:"),
            *("image credits:", "picture credit:", "images:", "photograph:", "photograph by", "courtesy of"),
            *("credit:", "photo illustration", "illustration:", "illustration by", "graphic:", "video by"),
            *("video courtesy", "featured image", "credits:", "photography by", "cover image", "(image:", "(photo:"),
            *("(picture:", "(photo by", "(credit:", "(image credit", "(image via", "(file photo", "photo from"),
            *("courtesy", "photo via"),
        ),
        "live-blog": (
            *("live reporting by", "we're wrapping up our live coverage", "we are wrapping up our live coverage"),
            *("our live coverage has ended", "this live page", "we are pausing our live coverage"),
            *("that's all for our live", "this blog has now closed", "you can read the latest", "updated at"),
            *("posted at", "live:", "this live blog", "our live coverage", "this page will be updated"),
            *("follow our live",),
        ),
        "reading-time": (
            *("reading time:", "read time:", "estimated reading time", "word count:", "wordcount:", "reading time"),
        ),
        "poll": (
            *("take part in our poll", "have your say in our poll", "tell us in our poll", "vote in the poll"),
            *("take our quiz", "take the quiz", "quiz:", "total votes", "take our poll", "vote in our poll"),
            *("poll:",),
        ),
        "page-numbers": ("page 0 of", "showing 0", "results 0"),
    },
    words={},
)

# Names that are the same in all languages.
NETWORKS: Final = frozenset(
    {"facebook", "twitter", "x", "whatsapp", "linkedin", "reddit", "telegram", "pinterest", "bluesky", "threads"}
    | {"mastodon", "flipboard", "messenger", "instagram", "tiktok", "youtube", "google", "plus", "tumblr", "vk", "xing"}
    | {
        "viber",
        "snapchat",
        "skype",
        "pocket",
        "stumbleupon",
        "digg",
        "line",
        "weibo",
        "wechat",
        "truth",
        "social",
        "fb",
    }
    | {"ig", "buffer", "evernote", "instapaper", "hacker", "gmail", "outlook", "addthis", "sharethis", "disqus"}
)
AGENCIES: Final = frozenset(
    {"reuters", "ap", "afp", "epa", "dpa", "ansa", "efe", "lusa", "getty", "images", "shutterstock", "istock", "alamy"}
    | {"istockphoto", "imago", "xinhua", "upi", "pa", "apa", "bloomberg", "flickr", "unsplash", "pixabay", "fotolia"}
    | {"keystone", "zuma", "sipa", "tass", "belga", "pap", "wenn", "nasa", "instagram", "handout", "photo", "photos"}
    | {"foto", "fotos", "via", "file", "pool", "gettyimages", "press", "associated", "wire", "media", "archive"}
)
# Those of them that name no agency by themselves.
NO_AGENCIES: Final = frozenset(
    {"photo", "photos", "via", "file", "pool", "press", "images", "media", "wire", "archive", "instagram"}
)
# With which the credit of a picture ends.
PICTURE_AGENCIES: Final[Words] = (
    *("getty images", "ap photo", "reuters", "afp", "shutterstock", "shutterstock.com", "epa-efe"),
)

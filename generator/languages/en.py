"""English."""

from typing import Final

from generator.languages.shape import Dates, Furniture, Language

FURNITURE: Final = Furniture(
    phrases={
        "end-of-list": ("end of list",),
        "advertisement": (
            *("paid for by", "sponsor message", "sponsor content", "message from our sponsor", "advertiser content"),
            *("ad 0 of 0", "story continues after ad", "you may like by taboola", "sponsored by taboola"),
            *("around the web", "promoted by taboola", "promoted stories", "this is an advertisement", "remove ads"),
            *("go ad-free", "article continues after this ad", "keep reading below", "advertisement", "advertising"),
            *("ad", "ads", "advert", "advertisements", "sponsored", "sponsored content", "sponsored links"),
            *("paid content", "paid post", "promoted", "promoted content", "partner content"),
            *("story continues below", "story continues below advertisement", "article continues below"),
            *("article continues after advertisement", "continue reading below", "continues below advertisement"),
            *("advertisement continue reading the main story", "continue reading the main story", "ad feedback"),
            *("scroll to continue", "scroll down to continue reading", "report this ad", "skip advertisement"),
            *("story continues after advertisement", "article continues after ad", "from our partners", "hide ad"),
            *("article continues below advertisement", "story continues after this ad", "your ad here"),
            *("story continues below this ad", "article continues below this ad"),
            *("story continues after this advertisement", "sponsored stories", "sponsored by", "presented by"),
            *("brought to you by", "advertise with us", "why this ad", "close ad", "ad choices", "adchoices"),
            *("special offer", "special offers"),
        ),
        "newsletter": (
            *("join our whatsapp channel", "join our telegram channel", "follow us on google news"),
            *("add us as a preferred source", "this article is for subscribers only", "subscribers only"),
            *("for subscribers", "exclusive for subscribers", "already have an account", "log in to read"),
            *("unlock this article", "premium content", "start free trial", "cancel anytime", "subscribe to unlock"),
            *("get full access", "remaining free articles", "save 0%", "most popular newsletters"),
            *("sign up to receive", "no spam", "no spam unsubscribe anytime", "unsubscribe at any time"),
            *("unsubscribe anytime", "you can unsubscribe at any time", "become a supporter", "become a patron"),
            *("buy me a coffee", "newsletter", "newsletters", "subscribe", "subscribe now", "subscribe today"),
            *("subscribe here", "sign up", "sign up now", "sign up here", "sign me up", "join now"),
            *("become a member", "become a subscriber", "free newsletter", "our newsletter", "email newsletter"),
            *("newsletter signup", "newsletter sign up", "sign up for our newsletter"),
            *("subscribe to our newsletter", "subscribe to newsletter", "get our newsletter", "get the newsletter"),
            *("subscribe to email updates", "subscribe via email", "email address", "your email address"),
            *("your email", "enter your email", "enter your email address", "email required"),
            *("start your free trial", "already a subscriber", "already a member", "not a subscriber"),
            *("log in to continue reading", "you have been successfully subscribed", "thank you for subscribing"),
            *("thanks for subscribing", "thanks for signing up", "thank you for signing up", "invalid email"),
            *("please enter a valid email address", "manage newsletters", "email updates", "subscribe for free"),
            *("get the app", "download the app", "download our app", "get our app", "breaking news alerts"),
            *("join 0 other subscribers", "join 0 other followers", "continue reading with a subscription"),
            *("subscribe to continue", "to continue reading subscribe", "unlimited access", "subscribe to read"),
            *("subscribe to continue reading", "donate now", "support our journalism"),
            *("support independent journalism", "support us", "donate", "make a donation", "donate today"),
            *("create a free account", "create an account", "register for free", "register now"),
            *("get daily headlines", "stay informed", "get breaking news alerts", "turn on notifications"),
            *("enable notifications", "get notifications", "email sign up"),
        ),
        "related-headlines": (
            *("more on this from", "most read on", "what we're reading", "what to read", "top reads", "must-reads"),
            *("today's best articles", "you might have missed", "more top stories", "also in this section"),
            *("also in this issue", "from the archive", "recommended videos", "next story"),
            *("more from our partners", "related guides", "also see", "explore related topics"),
            *("explore more on these topics", "find out more about", "related", "related news", "related articles"),
            *("related article", "related stories", "related story", "related topics", "related content"),
            *("related posts", "related post", "related links", "related reading", "related coverage", "see also"),
            *("related items", "related video", "related videos", "related tags", "recommended"),
            *("recommended for you", "recommended stories", "recommended articles", "recommended reading"),
            *("recommended posts", "more news", "more stories", "more articles", "more topics", "more content"),
            *("more reading", "more coverage", "more posts", "more headlines", "more like this"),
            *("more from this author", "more stories like this", "more stories like this one", "more on this story"),
            *("more on this topic", "more on this", "more on", "latest news", "latest articles", "latest stories"),
            *("latest topics", "latest posts", "latest content", "latest", "the latest", "latest headlines"),
            *("latest videos", "latest video", "latest updates", "top news", "top stories", "top articles"),
            *("top headlines", "top story", "top posts", "top videos", "most popular", "most read", "most viewed"),
            *("most commented", "most shared", "most recent", "most popular today", "most popular stories"),
            *("most discussed", "most watched", "most emailed", "most popular articles", "popular", "popular now"),
            *("popular posts", "popular stories", "popular articles", "popular news", "popular on"),
            *("popular videos", "popular topics", "trending", "trending now", "trending stories", "trending news"),
            *("trending topics", "trending articles", "trending today", "recent", "recent posts", "recent articles"),
            *("recent news", "recent stories", "recent comments", "recent videos", "editors picks"),
            *("editor's picks", "editor's choice", "editor's pick", "editors' choice", "our picks", "featured"),
            *("featured stories", "featured articles", "featured posts", "featured videos", "featured news"),
            *("in case you missed it", "read more", "read next", "read also", "also read", "you may also like"),
            *("you might also like", "you may like", "you might like", "you may be interested in"),
            *("you might be interested in", "you may also be interested in", "you may have missed", "up next"),
            *("what to read next", "what to watch next", "next up", "don't miss", "do not miss", "must read"),
            *("must reads", "see more", "explore more", "explore further", "further reading", "keep reading"),
            *("more to explore", "more to read", "more to discover", "suggested", "suggested articles"),
            *("suggested stories", "suggested for you", "similar articles", "similar stories", "similar posts"),
            *("other news", "other articles", "other stories", "other posts", "other headlines", "in other news"),
            *("elsewhere on the web", "from the web", "from around the web", "from our network"),
            *("from our sponsors", "more from the web", "more from us", "also on", "also in", "also in the news"),
            *("also of interest", "in this series", "in the news", "in pictures", "news in pictures"),
            *("breaking news", "headlines", "today's headlines", "today's top stories", "today's news"),
            *("stories for you", "picked for you", "for you", "top picks", "top picks for you", "we recommend"),
            *("our recommendations", "people also read", "others also read", "readers also liked"),
            *("people in the story", "people in this story", "places in this story", "organizations in this story"),
            *("topics", "topics in this story", "related terms", "related companies", "related people"),
            *("more in this section", "more in news", "upcoming events", "watch next"),
            *("watch more", "related to this story", "linked stories", "around the site", "most popular videos"),
            *("more videos", "more video", "best of", "hot topics", "hot right now", "top 0", "previous and next"),
            *("0 related articles", "associated articles", "stories you might like", "read this next"),
            *("read these next", "hot off the press", "what others are reading", "what others are watching"),
            *("editor's recommendations", "more from author"),
        ),
        "tags": (
            *("tags", "tagged", "keywords", "filed under", "categories", "category", "archives", "topics and tags"),
            *("tag cloud",),
        ),
        "navigation": (
            *("home", "homepage", "home page", "menu", "main menu", "site menu", "navigation", "main navigation"),
            *("skip to main content", "skip to content", "skip to navigation", "skip to footer", "skip to search"),
            *("skip navigation", "skip links", "jump to content", "back to top", "go to top", "top of page"),
            *("return to top", "scroll to top", "back", "go back", "back to home", "toggle navigation"),
            *("toggle menu", "toggle search", "toggle sidebar", "open menu", "close menu", "expand menu", "search"),
            *("search for", "search site", "search the site", "search this site", "search this blog", "open search"),
            *("close search", "show search", "log in", "login", "sign in", "log out", "sign out", "register"),
            *("my account", "your account", "account", "my profile", "edit profile", "site map", "sitemap"),
            *("contact", "contact us", "about", "about us", "about the author", "about the authors"),
            *("about this site", "faq", "faqs", "help", "help center", "help centre", "careers", "jobs"),
            *("work for us", "job openings", "advertise", "media kit", "press", "press room", "previous", "next"),
            *("prev", "previous article", "next article", "previous post", "next post", "previous story"),
            *("older post", "newer post", "older posts", "newer posts", "newer post older post home", "older"),
            *("newer", "newer post home", "previous page", "next page", "first", "last", "you are here"),
            *("current page", "sections", "all sections", "more sections", "subscriptions", "e-paper", "e-edition"),
            *("epaper", "rss", "rss feed", "rss feeds", "feeds", "podcasts", "apps", "mobile apps", "all topics"),
            *("all categories", "all authors", "browse", "site index", "main content", "quick links"),
            *("useful links", "links", "change language", "select language", "english", "english edition"),
            *("switch edition", "edition", "select edition", "today's paper", "site search", "advanced search"),
            *("no results found", "sort by", "filter by", "select month", "select category", "blogroll", "meta"),
            *("entries rss", "comments rss", "entries feed", "comments feed", "weather", "obituaries"),
            *("classifieds", "horoscopes", "crossword", "letters to the editor", "submit a tip", "send us a tip"),
            *("corrections", "report an error", "report a typo", "editorial guidelines", "our team", "who we are"),
            *("contact the newsroom", "opinion", "sports", "sport", "business", "entertainment", "politics"),
            *("lifestyle", "technology", "health", "science", "world", "culture", "travel", "local news", "video"),
            *("videos", "photos", "news", "tv", "magazine"),
        ),
        "call-to-action": (
            *("print recipe", "jump to recipe print recipe", "save recipe", "rate this recipe", "back to gallery"),
            *("back to article", "back to story", "view all", "see all", "show all", "read all", "load more"),
            *("show more", "view more", "show less", "read less", "click here", "learn more", "find out more"),
            *("more info", "more details", "view details", "read full story", "read the full story"),
            *("read full article", "read the full article", "full story", "continue reading", "expand", "collapse"),
            *("close", "enlarge", "enlarge image", "enlarge this image", "view gallery", "view photos"),
            *("view slideshow", "open gallery", "show caption", "hide caption", "toggle caption", "view full size"),
            *("click to enlarge", "zoom", "fullscreen", "full screen", "view image", "buy now", "shop now"),
            *("order now", "add to cart", "buy tickets", "get started", "apply now", "book now", "try now"),
            *("try it free", "submit", "send", "cancel", "ok", "okay", "done", "reset", "apply", "dismiss"),
            *("accept", "decline", "agree", "got it", "loading", "please wait", "view more articles"),
            *("view more posts", "see all posts", "all posts", "more posts by", "view all posts", "view all 0"),
            *("download pdf", "pdf version", "printable version", "print version", "printer friendly", "permalink"),
            *("more", "load more stories", "view comments", "see full bio", "full bio", "read bio"),
            *("see more stories", "all news", "all articles", "learn more about us", "join the conversation"),
            *("join the discussion", "report", "report abuse", "flag", "reply", "follow story", "view original"),
            *("view source", "see the full list", "see more news", "play", "pause", "jump to recipe"),
            *("visit website", "visit site", "explore", "discover more", "discover", "recommend"),
            *("rate this article", "rate this"),
        ),
        "comments": (
            *("top comments", "top rated comments", "read all comments", "read all 0 comments", "rating 0 votes"),
            *("upvote", "downvote", "0 upvotes", "comments", "comment", "0 comments", "0 comment", "comments 0"),
            *("comment 0", "no comments", "no comments yet", "no comment", "add a comment", "add comment"),
            *("post a comment", "post comment", "leave a comment", "leave a reply", "leave comment"),
            *("leave a reply cancel reply", "leave a comment cancel reply", "write a comment", "cancel reply"),
            *("share your thoughts", "share your thoughts cancel reply", "add your comment", "your comment"),
            *("submit comment", "0 responses", "0 response", "0 replies", "0 reply", "show comments"),
            *("hide comments", "read comments", "see comments", "comments are closed"),
            *("comments have been disabled", "comments closed", "comments are disabled", "be the first to comment"),
            *("be the first to leave a comment", "comment policy", "commenting policy", "comment guidelines"),
            *("commenting guidelines", "view the discussion thread", "discussion", "reader comments"),
            *("facebook comments", "comments powered by disqus"),
            *("please enable javascript to view the comments powered by disqus", "name required"),
            *("comment required", "website", "loading comments", "load comments", "load more comments"),
            *("show more comments", "view all comments", "all comments", "view 0 comments", "view all 0 comments"),
            *("show 0 comments", "what do you think", "have your say", "reader reactions", "no responses"),
            *("no responses yet", "no response so far", "0 thoughts on", "sort by newest", "newest", "oldest"),
            *("sort by best", "your email address will not be published", "required fields are marked", "your name"),
            *("start the discussion", "say something"),
            *("your email address will not be published required fields are marked", "log in to comment"),
            *("sign in to comment", "say your words", "you must be logged in to post a comment"),
            *("you must log in to post a comment", "please log in to leave a comment"),
            *("you must be logged in to leave a comment",),
            *("save my name email and website in this browser for the next time i comment",),
            *("notify me of follow-up comments by email", "notify me of new posts by email", "discuss"),
            *("discuss this article",),
        ),
        "byline": (
            *("staff writer", "staff reporter", "staff reports", "by staff", "staff report", "staff"),
            *("our correspondent", "news desk", "by staff reporter", "by our correspondent", "by news desk"),
            *("web desk", "by staff writer", "from staff reports", "author", "authors", "by our reporter"),
            *("by our staff", "contributor", "guest contributor", "opinion contributor", "editorial board"),
            *("by the editorial board",),
        ),
        "timestamp": ("just now", "yesterday", "today", "last updated", "published", "updated", "date"),
        "author-bio": (
            *("about the writer", "about the reporter", "more about the author", "read more by this author"),
            *("view all posts by this author", "see all articles by this author", "follow the author"),
        ),
    },
    prefixes={
        "related-headlines": (
            *("next up in", "also on", "popular this", "more great", "most popular on", "most popular in"),
            *("most read in", "most read on", "more from", "more news from", "more stories from"),
            *("other stories in", "latest on", "latest in", "latest from", "latest news from", "trending on"),
            *("trending in", "popular in", "popular on", "top stories in", "top stories from", "more stories by"),
            *("more articles by", "recommended by", "also in", "more by", "more posts from", "related to"),
            *("what to read", "stories from", "news from", "best of", "elsewhere in", "more headlines from"),
        ),
        "related-inline": (
            *("read more |", "read |", "more |", "watch |", "> read more", "→ read", "also read |"),
            *("you might also like:", "recommended reading:", "learn more:", "explainer:", "fact check:"),
            *("opinion:", "dig deeper:", "go deeper:", "related roundup:", "related guide:", "related coverage:"),
            *("related reading:", "related video:", "related post:", "related stories:", "related content:"),
            *("related link:", "related links:", "more coverage:", "from the archive:", "from the archives:"),
            *("read more:", "read also:", "also read:", "related:", "see also:", "more:", "watch:", "read next:"),
            *("don't miss:", "must read:", "also see:", "related story:", "related article:", "related news:"),
            *("related articles:", "read this:", "read:", "see more:", "recommended:", "you may also like:"),
            *("click here to read", "click here for", "click here to", "more on this:", "listen:", "read more from"),
            *("read more about", "[related:", "[read more:", "[read:", "[also read:", "up next:", "previously:"),
            *("see:", "trending:", "further reading:", "explore more:", "read more on", "prev previous"),
            *("next article", "previous article", "watch now:", "previous post:", "next post:", "previous post"),
            *("next post", "next:", "previous:", "previous story", "next story", "popular:", "next page:"),
            *("more in", "photos:", "gallery:"),
        ),
        "tags": (
            *("tags:", "tags", "tag:", "filed under", "filed under:", "filed in", "topics:", "tagged:"),
            *("tagged with", "tagged as", "keywords:", "categories:", "category:", "related topics:", "labels:"),
            *("in this article:", "posted in", "posted under", "filed to:", "more about:", "related tags:"),
            *("topic:", "section:", "mentioned in this article:"),
        ),
        "newsletter": (
            *("join our whatsapp", "join us on whatsapp", "join us on telegram", "this article is reserved for"),
            *("this content is for subscribers", "this story is for subscribers", "unlock the"),
            *("keep up with the latest", "stay up to date with", "stay up-to-date with", "stay ahead with"),
            *("your support", "your donation", "we're a reader-funded", "we are a nonprofit", "we're a nonprofit"),
            *("make us a preferred", "set us as", "if you value", "help us continue", "you've reached the end of"),
            *("enjoy unlimited", "cancel anytime", "subscribe to", "sign up with", "join us on", "sign up for"),
            *("sign up to", "sign up now", "sign up here", "sign up today", "subscribe to our", "subscribe now"),
            *("subscribe today", "subscribe to the", "subscribe for", "subscribe via", "subscribe here", "get our"),
            *("join our", "join the thousands", "never miss", "don't miss out on", "enter your email"),
            *("click here to subscribe", "click here to sign up", "click here to join", "already a subscriber"),
            *("by signing up", "by subscribing", "by clicking sign up", "by entering your email"),
            *("by providing your email", "receive our", "to continue reading this article"),
            *("to read the full story", "there was a problem subscribing", "there was an error subscribing"),
            *("if you enjoyed this article", "if you liked this article", "if you like this article"),
            *("if you want to support", "receive new posts", "you have reached your limit"),
            *("you've reached your limit", "you have 0 free articles", "support our journalism"),
            *("support the guardian", "follow our coverage", "follow bbc", "follow all the"),
            *("for more stories like this", "for all the latest", "for the latest news", "for more news"),
            *("get the latest news delivered", "get the latest updates", "get more stories", "get breaking news"),
            *("get email alerts", "get unlimited access", "have a tip", "have a news tip", "got a tip"),
            *("got a story", "have you got a story", "do you have a story", "do you have a tip", "want more"),
            *("want to get", "like what you see", "enjoying this article", "like this article", "download our app"),
            *("download the", "get the app", "you can opt out", "you can unsubscribe", "you may unsubscribe"),
            *("we'll never share your", "a link has been sent", "send us your", "we rely on your support"),
            *("we need your support", "we want to hear", "please consider supporting", "consider making a donation"),
            *("this email will be delivered to", "you are now subscribed", "you have successfully subscribed"),
            *("follow ap's", "follow us for"),
        ),
        "comments": (
            *("you must be logged in to", "please log in to", "please sign in to", "logged in as"),
            *("your email address will not be published", "required fields are marked", "save my name, email"),
            *("notify me of", "please enable javascript to view the comments", "be the first to", "comments are"),
            *("comments on this", "commenting on this", "view all 0 comments", "see all 0 comments"),
            *("this site uses akismet", "join the conversation", "show 0 comments", "we welcome your comments"),
            *("comments must be", "leave a comment on", "0 thoughts on", "0 responses to", "0 comments on"),
            *("0 replies to", "one thought on", "add your comment", "comment on this", "comments that are"),
        ),
        "agency-credit": (
            *("(reporting by", "reporting by", "(additional reporting", "additional reporting by", "(editing by"),
            *("editing by", "writing by", "(writing by", "associated press writers", "associated press writer"),
            *("ap writers", "ap writer", "the associated press contributed", "reuters contributed"),
            *("with reporting by", "with files from", "with additional reporting", "with reporting from"),
            *("(with inputs from", "with inputs from", "with agency inputs", "(with agency"),
            *("the canadian press contributed", "bloomberg's", "afp contributed", "with input from", "edited by:"),
        ),
        "author-bio": (
            *("read more by", "view all posts by", "see all articles by", "see all stories by"),
            *("his latest book is", "her latest book is", "their latest book is", "got a question or comment"),
            *("about the author", "follow him on twitter", "follow her on twitter", "follow him on"),
            *("follow her on", "follow them on", "reach him at", "reach the reporter", "reach the reporters"),
            *("reach the writer", "reach her at", "reach the author at", "reach reporter", "contact the author"),
            *("contact the reporter", "contact him at", "contact her at", "email him at", "email her at"),
            *("he can be reached", "she can be reached", "they can be reached", "you can reach him"),
            *("you can reach her", "you can follow him", "you can follow her", "write to him at", "write to her at"),
            *("email the author", "more posts by"),
        ),
        "timestamp": (
            *("published on", "published:", "updated:", "posted on", "posted:", "last updated", "last modified"),
            *("first published", "date:", "updated on", "publication date", "posted by", "published by"),
            *("originally published", "published at", "date published"),
        ),
        "byline": ("written by", "words by", "reported by", "story by", "by:", "author:", "authors:", "text by"),
        "navigation": ("you are here:", "skip to", "jump to navigation"),
        "page-numbers": ("continued on page", "continue to page"),
    },
    words={
        "share": (
            *("submit", "sharing", "buttons", "flip", "download", "share", "tweet", "print", "email", "e-mail"),
            *("mail", "save", "copy", "link", "copied", "url", "post", "pin", "like", "sms", "rss", "bookmark"),
            *("send", "message", "feed", "follow", "more", "comments", "comment", "icon", "logo", "opens", "in"),
            *("new", "window", "click", "close", "options"),
        ),
        "legal": (
            *("privacy", "policy", "terms", "cookie", "cookies", "copyright", "imprint", "disclaimer", "conditions"),
            *("accessibility", "notice", "legal", "rights", "reserved", "ethics", "guidelines"),
        ),
        "navigation": (
            *("home", "news", "sports", "sport", "business", "opinion", "politics", "entertainment", "world"),
            *("culture", "travel", "lifestyle", "tech", "technology", "science", "health", "video", "videos"),
            *("photos", "podcasts", "about", "contact", "us", "login", "log", "in", "sign", "subscribe", "menu"),
            *("search", "more", "weather", "jobs", "careers", "help", "faq", "advertise", "archive", "archives"),
            *("next", "previous", "shop", "store", "magazine", "local", "national", "international", "money"),
            *("food", "style", "arts", "books", "music", "tv", "movies", "obituaries", "classifieds", "events"),
            *("newsletters", "newsletter", "rss", "sitemap", "site", "map", "terms", "privacy", "policy", "latest"),
            *("register", "account", "my", "live", "games", "puzzles", "real", "estate", "autos", "cars", "life"),
            *("fashion", "education", "environment", "older", "newer", "post", "posts", "first", "last", "top"),
            *("all", "topics", "press", "team", "feedback", "cookies", "cookie", "editorial", "&", "and", "of"),
            *("the", "football", "basketball", "baseball", "hockey", "soccer", "markets", "economy", "blog"),
            *("blogs", "page", "links"),
        ),
        "dates": (
            *("tues", "thur", "thurs", "am", "pm", "a", "p", "m", "gmt", "utc", "est", "edt", "et", "pst", "pdt"),
            *("pt", "cst", "cdt", "ct", "mst", "bst", "ist", "published", "updated", "posted", "last", "modified"),
            *("at", "on", "of", "st", "nd", "rd", "th", "date", "first", "created", "time", "and", "t", "z"),
            *("z07", "est.", "cet", "aest", "sgt", "hkt", "the", "by", "edited", "original", "publication"),
        ),
        "ago": (
            *("ago", "hours", "hour", "minutes", "minute", "mins", "min", "days", "day", "weeks", "week", "months"),
            *("month", "years", "year", "hrs", "hr"),
        ),
        "prompt-verbs": (
            *("sign", "subscribe", "get", "join", "receive", "stay", "click", "enter", "download", "follow"),
            *("support", "register", "try", "want", "please", "become", "help", "enjoy", "keep", "like", "if"),
            *("for", "to", "start", "read", "never", "discover", "access", "unlock", "send"),
        ),
        "prompt-things": (
            *("newsletter", "newsletters", "inbox", "subscription", "subscriber", "subscribers", "subscribing"),
            *("membership", "app", "notifications", "unsubscribe", "e-newsletter", "digest", "briefing", "donation"),
            *("donate",),
        ),
        "you": ("your", "you", "our", "us", "we", "my"),
        "roles": (
            *("reporter", "correspondent", "journalist", "writer", "editor", "columnist", "contributor", "author"),
            *("producer", "freelance", "photographer", "fellow", "professor", "blogger", "broadcaster", "staffer"),
            *("critic", "commentator"),
        ),
        "click": ("click", "clicking", "tap", "clic"),
        "here": ("here",),
        "alone": (
            *("subscribe", "unsubscribe", "login", "tweet", "retweet", "sitemap", "homepage", "permalink", "share"),
            *("shares",),
        ),
        "subscribe": ("sign up", "signing up", "subscribe to", "subscribe for", "subscribe today", "subscribe now"),
        "pictured": (
            *("file photo", "photo provided by", "photo released by", "undated photo", "handout photo"),
            *("photo made available", "file image", "this photo shows", "photo distributed by", "file photograph"),
            *("image provided by",),
        ),
        "filing": (
            *("posted", "published", "updated", "category", "categories", "tags", "author", "filed", "date"),
            *("section", "source"),
        ),
        "contact": (
            *("be reached", "follow him", "follow her", "follow them", "follow me", "follow us", "reach out to"),
            *("email me", "email us", "on twitter at", "on x at", "twitter:"),
        ),
        "advertisement": ("advertisement",),
        "passed": ("ago",),
        "clock": ("a", "p", "m", "am", "pm", "h", "hrs", "et", "est", "edt", "gmt", "utc"),
        "label-tails": ("on", "by", "in", "date"),
        "pictures": ("photo", "photos", "image"),
        "credit-words": (
            *("credit", "credits", "photo", "photos", "photograph", "photographs", "picture", "image", "images"),
            *("illustration", "graphic", "photo by", "photograph by", "image credit", "photo credit"),
        ),
        "glued-credits": ("credit", "credits", "photo", "image", "picture", "photograph"),
        "photo-by": (
            *("photo by", "photos by", "photo courtesy", "photos courtesy", "image courtesy", "courtesy of"),
            *("photo via", "image via"),
        ),
        "contributed": ("contributed", "editing by"),
        "is": ("is", "covers", "writes"),
        "no-names": ("the", "a", "he", "she", "it"),
        "no-person": (
            *("news", "press", "media", "desk", "team", "staff", "agency", "agencies", "service", "bureau"),
            *("online", "network", "herald", "times", "post", "journal", "tribune", "gazette", "chief", "special"),
            *("senior", "the"),
        ),
        "reply": ("reply", "report", "like", "share"),
        "says": ("says:", "says", "says :", "wrote:"),
    },
    endings={
        "newsletter": (
            *("sign up here", "subscribe here", "sign up now", "subscribe now", "to your inbox", "in your inbox"),
            *("register here", "donate here", "become a member here", "sign up for free"),
        ),
        "call-to-action": (
            *("read more here", "learn more here", "find out more here", "read the full story here"),
            *("read the full article here", "full story here", "more information here", "watch it here"),
            *("buy tickets here", "open thread here", "vote here"),
        ),
        "caption": (
            *("submitted photo", "courtesy photo", "file photo", "handout photo", "staff photo"),
            *("contributed photo", "stock photo", "archive photo", "file image", "stock image", "file picture"),
            *("library picture",),
        ),
    },
)

LANGUAGE: Final = Language(
    code="en",
    stop_words="the and of to that was with for is said has are his by from this have were it will",
    common_words=(
        "a about above according across add added after again against ago ah all almost along already also although "
        "always am amid among an and another any anyone anything are aren around as ask asked asks at away back be "
        "became because become becomes been before began behind being below best better between both but by call "
        "called came can cannot could couldn day days did didn do does doesn doing don done down during each earlier "
        "early either else end enough even ever every everyone few fewer first five followed following for found four "
        "from full further gave get gets getting give given gives go goes going gone good got great had hadn has hasn "
        "have haven having he held her here hers herself high him himself his hour hours how however if in including "
        "indeed instead into is isn it its itself just keep keeps kept know known large last late later latest least "
        "left less let like likely little ll long longer made make makes making many maybe me mean means meanwhile "
        "might million billion month months more most much must my near nearly need needs never new newly next nine no "
        "nobody none nor not nothing now of off often oh old on once one ones only onto or other others our ours out "
        "over own part people per perhaps place put puts quite rather re really right round said same saw say saying "
        "says second see seen set seven several shall she should shouldn show showed shown shows since six small so "
        "some someone something soon still such take taken takes taking ten than thanks that the their theirs them "
        "themselves then there therefore these they thing things think third this those though three through "
        "throughout thus till time times to today told tomorrow too took toward towards turn turned two under until up "
        "upon us use used uses using ve very via want wanted wants was wasn way we week weeks well went were weren "
        "what whatever when where whether which while who whole whom whose why will with within without won would "
        "wouldn year years yes yesterday yet you young your yours eight"
    ),
    dates=Dates(
        months=(
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
            *("august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        weekdays=(
            *("monday mon", "tuesday tue", "wednesday wed", "thursday thu", "friday fri", "saturday sat"),
            *("sunday sun",),
        ),
        published=("first published", "first posted", "published", "posted", "publish date"),
        updated=("last updated", "last update", "updated", "update", "last modified", "modified"),
        labels=("date",),
        on=("on",),
        at=("at",),
        ordinals=("st", "nd", "rd", "th"),
        of=("of",),
    ),
    by=("By", "BY"),
    ands=("and",),
    joining=("or",),
    particles=("bin", "al"),
    abbreviations=(
        *("Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Sgt", "Gov", "Sen", "Rep", "Rev", "St", "No"),
        *("vs", "Inc", "Ltd", "Co", "Jan", "Feb", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
    ),
    furniture=FURNITURE,
    in_bylines=("for", "the"),
    elements=(
        *("all", "anti", "co", "cross", "ex", "far", "full", "half", "high", "long", "low", "mid", "multi", "non"),
        *("post", "pre", "pro", "self", "semi", "short", "so", "sub", "well", "vice", "two", "three", "four"),
        *("five", "one"),
    ),
    reporting_words=(
        "able accept access account action active activity address afternoon agency agree agreed ahead aim allow "
        "allowed amount announce announced announcement annual appear appeared approach approve area areas article "
        "associated attempt attention author authorities authority available average avoid based believe big body "
        "bring brought build building business car care carried case cases cause caused center central centre chance "
        "change changed changes chief children choice city claim claimed clear clearly close closed comment comments "
        "common community companies company complete completed concern concerned concerns conditions conference "
        "confirm confirmed consider contact continue continued control correspondent cost costs countries country "
        "couple course create created crowd current currently cut data date dead deal death deaths debate decade "
        "decades decide decided decision deep deliver demand department describe described despite detail details "
        "develop development difference different difficult direct director discuss drive due easy editor effect "
        "effort efforts emergency ended entire environment especially event events evening evidence exactly example "
        "executive expect expected experience explain explained face facing fact failed fall family far fear feel fell "
        "field fight figure figures final finally find firm focus follow force forced form former forward free friend "
        "friends front future general getty global government group groups grow growing growth guide half hand hands "
        "happen happened happy hard head headed hear heard heart help helped history hit hold holding home homes hope "
        "hopes hospital house hundreds idea image images immediately impact important improve incident include "
        "included increase individual industry information inside interest international interview investigation "
        "involved involving island issue issues job jobs join joined journalists key kind lack land largest launch "
        "launched law lead leader leaders leading leave leaving led level levels life line link list live lives living "
        "local look looking lost lot low lower main major majority man manager march mark market matter media meet "
        "meeting member members men mention message mind minister minute minutes missing moment money morning mother "
        "move moved movement moving name named names nation national nations needed network news newspaper night "
        "normal north note number numbers offer offered office officer officers official officials open opened opening "
        "operation opportunity option order organisation organization outside owner page paid paper parent parents "
        "particular parts party past pay percent period person personal phone photo photograph photographs picture "
        "piece plan planned planning plans play played players point points police policy poor popular population "
        "position possible post posted power present president press pressure previous previously price prices private "
        "probably problem problems process produce program programme project protect provide provided public published "
        "question questions quick quickly quote range rate reach reached reaction read ready real reason reasons "
        "receive received recent recently record reduce related release released remain remained remains report "
        "reported reportedly reporter reporters reporting reports request require required response responsible rest "
        "result results return returned reuters review rise rising risk road role room rule rules run running safe "
        "safety scene school season secretary section security seek seeking send senior sense sent separate serious "
        "serve service services share shared short sign similar simple simply single site situation size social "
        "society sort source sources south speak speaking special spend spent spoke spokesman spokesperson spokeswoman "
        "spot staff stage stand standing start started state statement states station statistics status stay step "
        "steps stop stopped story straight street strong structure study style subject success successful suggest "
        "suggested support supporters sure system talk talks target task team technology television term terms test "
        "thank thousands threat top total touch town trade travel tried trip trouble true try trying twice type "
        "understand unit united update updated usual usually value various version video view visit voice wait waiting "
        "walk war warned warning watch water website welcome west whether white wide wife win window wish woman women "
        "word words work worked worker workers working works world worth write writing written wrong wrote east afp ap "
        "bbc cnn"
    ),
)

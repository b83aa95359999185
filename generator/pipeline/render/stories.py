"""The pages of stories, and the list of them."""

from collections.abc import Iterator

from generator.corpus import Corpus, Story
from generator.pipeline.render import feeds, views
from generator.pipeline.render.page import Frame, Page, cut, page_url
from generator.pipeline.render.views import Pager, StoryCount, View


def story_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """Every story with its articles from the first to the last, and the stories by their beginning."""
    if not frame.site.pages.stories:
        return
    for story in corpus.stories:
        yield Page(story.url, "story.html", frame, _story_view, (story,))
    counts = tuple(
        StoryCount(story.title, story.url, story.first, story.last, len(story.cards), story.cards[0])
        for story in corpus.stories
    )
    for pager, some in cut(counts, frame.site.per_page, "/stories/"):
        yield Page(page_url("/stories/", pager.number), "stories.html", frame, _stories_view, (some, pager))


def _story_view(frame: Frame, story: Story) -> View:
    links = feeds.links(story.url, story.title, feeds.formats_of("stories", frame.site))
    summary = story.cards[-1].summary
    oldest_first = tuple(reversed(story.cards))
    common = (frame.view, story.url, story.title, summary, links)
    return views.StoryView(*common, story.first, story.last, story.sources, oldest_first, frame.days(oldest_first))


def _stories_view(frame: Frame, stories: tuple[StoryCount, ...], pager: Pager) -> View:
    common = (frame.view, page_url("/stories/", pager.number), "Stories", "", ())
    return views.StoriesView(*common, stories, pager)

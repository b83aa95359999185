"""The preview as its reader sees it: a save, and the browser shows it."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CONFIGURATION, SiteFolder
from tests.preview import Tab, browsing, previewing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLE = "2024/01/03/x/"
STYLE = "body {{ color: {} }}"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browsing() as found:
        yield found


def navigations(tab: Tab) -> object:
    """Something that stays the same until the page is loaded anew."""
    return tab.page.evaluate("performance.timeOrigin")


def test_no_save_is_lost_however_they_follow_each_other(browser: "Browser", site: SiteFolder) -> None:
    site.article("x")
    draw = random.Random(7)
    gaps = [0.05 * 80 ** (draw.random() ** 3) for _ in range(29)] + [0.05]  # from 50 ms to 4 s, most of them short
    with previewing(site.root) as preview:
        tab = Tab(browser, preview.url + ARTICLE)
        tab.await_connection()
        for number, gap in enumerate(gaps):
            site.article("x", body=f"This is save {number}.")
            if gap > 1:  # there is time for each of these to be seen by itself
                tab.await_text(f"This is save {number}.")
            tab.page.wait_for_timeout(gap * 1000)
        tab.await_text(f"This is save {len(gaps) - 1}.")
        assert tab.page.url == preview.url + ARTICLE
        tab.page.close()


def test_a_style_is_swapped_without_loading_the_page_anew(browser: "Browser", site: SiteFolder) -> None:
    site.article("x")
    site.write("themes/own/static/style.css", STYLE.format("rgb(255, 0, 0)"))
    site.write("broadsheet.toml", f'{CONFIGURATION}theme = "own"\n')
    with previewing(site.root) as preview:
        tab = Tab(browser, preview.url + ARTICLE)
        tab.await_connection()
        before = navigations(tab)
        tab.page.wait_for_function("getComputedStyle(document.body).color === 'rgb(255, 0, 0)'")
        site.write("themes/own/static/style.css", STYLE.format("rgb(0, 0, 255)"))
        tab.page.wait_for_function("getComputedStyle(document.body).color === 'rgb(0, 0, 255)'")
        assert navigations(tab) == before
        site.article("x", body="Another text.")
        tab.await_text("Another text.")
        assert navigations(tab) != before
        tab.page.close()


def test_a_broken_article_shows_its_problem_and_recovers(browser: "Browser", site: SiteFolder) -> None:
    site.article("x")
    site.article("y")
    with previewing(site.root) as preview:
        tab = Tab(browser, preview.url + ARTICLE)
        tab.await_connection()
        site.article("y", date="2024-02-30")
        tab.await_text("The build is broken")
        assert "content/y.md:3:7" in tab.shown[-1][1]
        site.article("x", body="Edited while it was broken.")
        site.article("y", date="2024-02-29")
        tab.await_text("Edited while it was broken.")
        assert tab.page.url == preview.url + ARTICLE
        tab.page.close()


def test_a_page_that_was_loaded_before_the_last_build_learns_so(browser: "Browser", site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root) as preview:
        tab = Tab(browser, preview.url + ARTICLE)
        tab.await_connection()
        tab.page.context.set_offline(True)
        tab.page.evaluate("LiveReload.connector.socket.close()")
        site.article("x", body="Written while nobody listened.")
        preview.await_text(f"/{ARTICLE}", "Written while nobody listened.")
        tab.page.context.set_offline(False)
        tab.await_text("Written while nobody listened.")
        tab.page.close()


def test_all_tabs_are_current(browser: "Browser", site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root) as preview:
        tabs = [Tab(browser, preview.url + ARTICLE) for _ in range(4)]
        for number in range(8):
            site.article("x", body=f"This is save {number}.")
            if number % 3 == 0:
                tabs[0].await_text(f"This is save {number}.")
        for tab in tabs:
            tab.await_text("This is save 7.")
            tab.page.close()


def test_the_bar_opens_by_keyboard_and_leaves_the_page_as_it_is(browser: "Browser", site: SiteFolder) -> None:
    site.article("x", body="Some words of a long morning.\n\nAdvertisement\n" + "\nAnd more of them at the end.\n" * 2)
    site.write("themes/own/static/style.css", "aside, details { display: none; color: red }")
    site.write("broadsheet.toml", f'{CONFIGURATION}theme = "own"\n')
    with previewing(site.root) as preview:
        tab = Tab(browser, preview.url + ARTICLE)
        bar = tab.page.get_by_role("complementary", name="Preview")
        bar.locator("summary").first.focus()
        tab.page.keyboard.press("Enter")
        assert bar.get_by_text("Removed by cleaning").is_visible()
        assert bar.get_by_text("advertisement", exact=True).is_visible()
        tab.page.close()

"""An item is part of its list: which lists of a page belong to the text, and which to the page."""

import pytest

from generator.model import Document, Metadata
from generator.pipeline.clean import tidy

ABOVE = (
    "The harbour of Port Elin opened again on Monday after the storm had closed it for nine days.",
    "Officials said that the pier would take until the summer to be repaired, and that all ferries would sail.",
    "“We are glad to be back,” said Anna Sund, who runs the ferries of the bay.",
)
BELOW = (
    "The council meets again on Thursday to talk about who pays for all of this.",
    "Nobody was hurt, the police said in the evening, and the road along the coast is open.",
)
HEAD = (
    "Skip to main content",
    "Home News Sport Weather",
    "By Anna Sund",
    "Published On 6 Jan 2024",
    "Share this article",
)
FOOT = ("Share this article", "12 Comments", "Leave a reply", "All rights reserved.", "© 2024 The Port Elin Herald")
RUNNING = (
    ("1. Search", "2. Menu", "3. Close"),
    ("1) Search", "2) Menu", "3) Close", "4) Print"),
    ("① Search", "② Menu", "③ Close"),
    ("1. Suche", "2. Menü", "3. Schließen", "4. Drucken"),
    ("1. Rechercher", "2. Menu", "3. Fermer", "4. Imprimer"),
    ("1. Buscar", "2. Menú", "3. Cerrar", "4. Imprimir"),
    ("1. 検索", "2. メニュー", "3. 閉じる", "4. 印刷"),
    ("１．検索", "２．メニュー", "３．閉じる"),
    ("1. 搜索", "2. 菜单", "3. 关闭"),
    ("1. 6 January 2024", "2. 7 January 2024", "3. 8 January 2024"),
    ("1. Open the page of the port.", "2. Sign in", "3. Download the app", "4. Print", "5. Log out"),
)
INTRODUCED = (
    (
        "Tickets are bought in these steps:",
        "1. Open the menu",
        "2. Sign in",
        "3. Print",
        "4. Share",
        "5. Close",
    ),
    (
        "Tickets are bought in the following steps.",
        "1. Open the menu",
        "2. Sign in",
        "3. Print",
        "4. Share",
        "5. Close",
    ),
    ("The new app has four buttons:", "- Search", "- Menu", "- Close", "- Share"),
    ("The new app has four buttons:", "Search", "Menu", "Close", "Share"),
    ("Die neue App hat vier Knöpfe:", "• Suche", "• Menü", "• Schließen", "• Teilen"),
    ("L’application a quatre boutons :", "- Rechercher", "- Menu", "- Fermer", "- Imprimer"),
    ("新しいアプリにはボタンが四つあります：", "- 検索", "- メニュー", "- 閉じる", "- 印刷"),
)


def lost(*lines: str, listed: tuple[str, ...]) -> list[str]:
    document = Document("content/x.md", Metadata(title="Something else"), "\n\n".join(lines), body_line=1)
    return [removal.text for removal in tidy(document, ()).removed if removal.text in listed]


@pytest.mark.parametrize("listed", [*RUNNING, *INTRODUCED], ids=" ".join)
def test_lists_of_the_text_stay_inside_and_at_its_end_with_and_without_furniture(listed: tuple[str, ...]) -> None:
    assert lost(*ABOVE, *listed, *BELOW, listed=listed) == []
    assert lost(*HEAD, *ABOVE, *listed, *BELOW, *FOOT, listed=listed) == []
    assert lost(*HEAD, *ABOVE, *BELOW, *listed, *FOOT, listed=listed) == []


@pytest.mark.parametrize("listed", [*RUNNING, *INTRODUCED], ids=" ".join)
def test_lists_of_the_text_stay_beside_furniture(listed: tuple[str, ...]) -> None:
    lines = (*HEAD, *ABOVE, "Share this article", *listed, "Advertisement", *BELOW, *FOOT)
    assert lost(*lines, listed=listed) == []


@pytest.mark.parametrize(
    "listed",
    [
        ("Most read", "1. Storm closes the coast road", "2. Ten years of the ring road", "3. A pier for all"),
        ("Most read", "1. Search", "2. Menu", "3. Close"),
        ("- Facebook", "- WhatsApp", "- Print", "- Share this article"),
        ("Share this article:", "- Facebook", "- WhatsApp", "- Print"),
    ],
    ids=" ".join,
)
def test_lists_of_the_page_go(listed: tuple[str, ...]) -> None:
    assert lost(*HEAD, *ABOVE, *BELOW, *listed, *FOOT, listed=listed) == list(listed)

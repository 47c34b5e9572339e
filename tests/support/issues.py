"""Small issues of journals for tests, in words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.support.publications import write

ISSUE = """\
kind: issue
journal:
  title: Annals of Small Things
  abbreviation: Ann. Small Things
  issn: {print: 0378-5955, online: 2434-561X}
  publisher: Small Press
  place: Leeds
  license: CC-BY-4.0
  editors:
    - {family: Editor, given: Edna}
volume: 7
number: 2
date: 2024-02-29
doi: 10.5555/small.7.2
groups:
  - title: Articles
    articles:
      - path: articles/one
        doi: 10.5555/small.one
      - articles/two
  - title: Reviews
    articles: [{path: articles/three, doi: 10.5555/small.three}]
url: https://annals.example.org/7/2/
deposit: {depositor: Small Press, email: editor@example.org, registrant: Small Press}
"""
_PARAGRAPH = "This paragraph of the text number {} goes on for a while, since a page must be filled with something, and says what it says without haste.\n\n"


def article(
    title: str, author: str, language: str = "en-GB", paragraphs: int = 3, more: str = ""
) -> dict[str, str]:
    """The files of one article, of about three paragraphs a quarter of a page."""
    family, _, given = author.partition(", ")
    return {
        "content/publication.yaml": f"title: {title}\nauthors:\n  - {{family: {family}, given: {given}}}\n"
        f"language: {language}\nabstract: Of {family}, in short.\nkeywords: [small things, {family.lower()}]\n{more}",
        "content/01-text.md": "---\ntitle: The Text\n---\n\n"
        + "".join(_PARAGRAPH.format(n) for n in range(paragraphs)),
    }


ARTICLES: Mapping[str, Mapping[str, str]] = {
    "articles/one": article("On *One* Thing", "Alpha, Ann", paragraphs=20),
    "articles/two": article("Zwei Dinge", "Beta, Bert", "de", more="doi: 10.5555/small.two\n"),
    "articles/three": article("A Third Thing", "Gamma, Gil"),
}
"""Three articles, the first of two pages and more."""


def issue(root: Path, stated: str = ISSUE, articles: Mapping[str, Mapping[str, str]] = ARTICLES) -> Path:
    """Write an issue into `root`, which is given back."""
    for folder, files in articles.items():
        write(root / folder, files)
    return write(root, {"collection.yaml": stated})


_TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "en-GB": (
        "How Small Rooms Keep {}",
        "A room keeps what was said in it longer than those who said it. Who comes back after years finds the chair where it stood, and beside it the question that nobody answered then.",
        "rooms, memory",
        "The Room",
    ),
    "de": (
        "Von der Ordnung der {}",
        "Was geordnet ist, muss einmal verstreut gewesen sein, und wer es aufhob, hat dabei anderes liegen lassen. Die Ordnung zeigt also weniger die Dinge als die Hand, die nach ihnen griff.",
        "Ordnung, Sammlung",
        "Die Ordnung",
    ),
    "fr": (
        "Les chemins de {}",
        "On ne suit jamais deux fois le même chemin : la pluie l’a creusé, l’herbe l’a refermé, et celui qui marche a changé de pas. Il reste pourtant une direction, que l’on reconnaît de loin.",
        "chemins, paysage",
        "Le chemin",
    ),
    "es": (
        "El oficio de {}",
        "Aprender un oficio es olvidar que se aprende: la mano sabe antes que la palabra, y la palabra llega cuando la mano ya descansa. De ese retraso está hecha la paciencia de los talleres.",
        "oficio, talleres",
        "El oficio",
    ),
    "zh": (
        "{}的声音",
        "城市的声音总是先于城市的样子留在记忆里：清晨的车铃，午后的叫卖，夜里远远的火车。听的人走了，声音还在巷子里转一个弯，再慢慢散去。",
        "声音, 城市",
        "声音",
    ),
}
"""By language: a title, a paragraph, keywords, a heading; words of our own."""
_OF = {
    "en-GB": ("Winter", "Salt", "Letters", "Light"),
    "de": ("Dinge", "Namen", "Farben", "Karten"),
    "fr": ("sel", "pierre", "neige", "soie"),
    "es": ("tejer", "fundir", "escribir", "remar"),
    "zh": ("街巷", "河流", "车站", "市场"),
}
_PEOPLE = (
    ("Ashdown", "Mary"), ("Brandt", "Jonas"), ("Carrel", "Lucie"), ("Delgado", "Inés"), ("陈", "雨"),
    ("Evans", "Rhys"), ("Fischer", "Eva"), ("Garnier", "Paul"), ("Herrera", "Luis"), ("林", "静"),
    ("Irving", "Joan"), ("Jansen", "Uwe"), ("Klein", "Odile"), ("Lozano", "Ana"), ("王", "海"),
    ("Morris", "Alan"), ("Neumann", "Ida"), ("Ollier", "Marc"), ("Prieto", "Sara"), ("赵", "明"),
)  # fmt: skip


def large_issue(root: Path, count: int = 20) -> Path:
    """An issue of `count` articles in five languages, of two to eight pages each, with works cited; `root` is given back."""
    languages = list(_TEXTS)
    groups: dict[int, list[str]] = {}
    for number in range(count):
        language = languages[number % len(languages)]
        title, paragraph, keywords, heading = _TEXTS[language]
        family, given = _PEOPLE[number % len(_PEOPLE)]
        words = _OF[language][number // len(languages) % 4]
        folder = f"articles/{number + 1:02d}-{family.lower() if family.isascii() else language}"
        body = "\n\n".join(
            f"{paragraph} [@work{number}, {place + 1}]" if place % 3 == 0 else paragraph for place in range(4)
        )
        sections = "\n\n".join(
            f"## {heading} {part + 1}\n\n{body}\n\n{body}" for part in range(1 + number % 4)
        )
        write(
            root / folder,
            {
                "content/publication.yaml": f'title: "{title.format(words)}"\nauthors:\n  - {{family: {family}, given: {given}}}\n'
                f'language: {language}\nabstract: "{paragraph}"\nkeywords: [{keywords}]\n'
                f"doi: 10.5555/annals.{number + 1}\n",
                "content/01-text.md": f"---\ntitle: {heading}\n---\n\n{sections}\n",
                "bib/works.bib": f"@book{{work{number},\n  author = {{{family}, {given}}},\n  title = {{A Book of {number}}},\n"
                f"  date = {{{1990 + number}}},\n  publisher = {{Small Press}},\n  location = {{Leeds}},\n}}\n",
            },
        )
        groups.setdefault(number // 8, []).append(folder)
    names = ("Articles", "Notes and Debates", "Reviews")
    listed = "".join(
        f"  - title: {names[group]}\n    articles:\n" + "".join(f"      - {folder}\n" for folder in members)
        for group, members in groups.items()
    )
    stated = (
        ISSUE.partition("groups:")[0]
        + "title: Small Things in *Many* Tongues\nurl: https://annals.example.org/7/2/\n"
    )
    stated += "imprint: |\n  The Annals appear twice a year and ask nothing of those who write for them but patience.\n"
    return write(root, {"collection.yaml": f"{stated}groups:\n{listed}"})

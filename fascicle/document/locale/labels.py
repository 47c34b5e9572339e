"""The words of title block and colophon by language, and dates written out. Figure and Table are in words.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_KEYS = (
    "abstract", "keywords", "contents", "acknowledgements", "funding", "author", "corresponding", "how_to_cite",
    "version", "date", "publisher", "doi", "licence", "rights", "tools", "pages", "and", "comma", "colon",
)  # fmt: skip
"""What `labels` gives. `and`, `comma` and `colon` are ready with their spaces."""

_LABELS: dict[str, tuple[str, ...]] = {
    "en": (
        "Abstract", "Keywords", "Contents", "Acknowledgements", "Funding", "Author", "corresponding author",
        "How to cite", "Version", "Date", "Publisher", "DOI", "Licence", "Rights", "Production", "pp.",
        " and ", ", ", ": ",
    ),
    "en-US": (
        "Abstract", "Keywords", "Contents", "Acknowledgments", "Funding", "Author", "corresponding author",
        "How to cite", "Version", "Date", "Publisher", "DOI", "License", "Rights", "Production", "pp.",
        " and ", ", ", ": ",
    ),
    "de": (
        "Zusammenfassung", "Schlagwörter", "Inhalt", "Danksagung", "Förderung", "Autor", "Korrespondenz",
        "Zitierweise", "Version", "Datum", "Verlag", "DOI", "Lizenz", "Rechte", "Herstellung", "S.",
        " und ", ", ", ": ",
    ),
    "fr": (
        "Résumé", "Mots-clés", "Table des matières", "Remerciements", "Financement", "Auteur", "correspondance",
        "Pour citer ce document", "Version", "Date", "Éditeur", "DOI", "Licence", "Droits", "Fabrication", "p.",
        " et ", ", ", "\u00a0: ",
    ),
    "es": (
        "Resumen", "Palabras clave", "Índice", "Agradecimientos", "Financiación", "Autor", "correspondencia",
        "Cómo citar", "Versión", "Fecha", "Editorial", "DOI", "Licencia", "Derechos", "Producción", "pp.",
        " y ", ", ", ": ",
    ),
    "it": (
        "Abstract", "Parole chiave", "Indice", "Ringraziamenti", "Finanziamento", "Autore", "corrispondenza",
        "Come citare", "Versione", "Data", "Editore", "DOI", "Licenza", "Diritti", "Produzione", "pp.",
        " e ", ", ", ": ",
    ),
    "pt": (
        "Resumo", "Palavras-chave", "Índice", "Agradecimentos", "Financiamento", "Autor", "correspondência",
        "Como citar", "Versão", "Data", "Editora", "DOI", "Licença", "Direitos", "Produção", "pp.",
        " e ", ", ", ": ",
    ),
    "nl": (
        "Samenvatting", "Trefwoorden", "Inhoud", "Dankwoord", "Financiering", "Auteur", "correspondentie",
        "Citeren als", "Versie", "Datum", "Uitgever", "DOI", "Licentie", "Rechten", "Productie", "p.",
        " en ", ", ", ": ",
    ),
    "zh": (
        "摘要", "关键词", "目录", "致谢", "基金资助", "作者", "通讯作者", "引用格式", "版本", "日期", "出版者", "DOI", "许可协议",
        "版权", "制作", "页", "、", "、", "：",
    ),
    "zh-Hant": (
        "摘要", "關鍵詞", "目錄", "致謝", "資助", "作者", "通訊作者", "引用格式", "版本", "日期", "出版者", "DOI", "授權條款",
        "版權", "製作", "頁", "、", "、", "：",
    ),
    "ja": (
        "要旨", "キーワード", "目次", "謝辞", "助成", "著者", "責任著者", "引用方法", "版", "日付", "発行者", "DOI", "ライセンス",
        "権利", "制作", "頁", "、", "、", "：",
    ),
}  # fmt: skip

_MANUSCRIPT_KEYS = ("page_of", "title_page", "word_count", "authors", "email", "notes_too")
"""What review copies and their title pages need; in `page_of` the page and the number of pages take the braces."""
_MANUSCRIPT: dict[str, tuple[str, ...]] = {
    "en": ("page {} of {}", "Title page", "Words", "Authors", "E-mail", "with notes"),
    "de": ("Seite {} von {}", "Titelblatt", "Wörter", "Autoren", "E-Mail", "mit Anmerkungen"),
    "fr": ("page {} sur {}", "Page de titre", "Mots", "Auteurs", "Courriel", "notes comprises"),
    "es": ("página {} de {}", "Portada", "Palabras", "Autores", "Correo electrónico", "con las notas"),
    "it": ("pagina {} di {}", "Frontespizio", "Parole", "Autori", "E-mail", "note comprese"),
    "pt": ("página {} de {}", "Página de rosto", "Palavras", "Autores", "Correio eletrónico", "com as notas"),
    "nl": ("pagina {} van {}", "Titelblad", "Woorden", "Auteurs", "E-mail", "met noten"),
    "zh": ("第{}页，共{}页", "标题页", "字数", "作者", "电子邮件", "含注释"),
    "zh-Hant": ("第{}頁，共{}頁", "標題頁", "字數", "作者", "電子郵件", "含註釋"),
    "ja": ("{}／{}頁", "表題紙", "語数", "著者", "電子メール", "注を含む"),
}

_MONTHS: dict[str, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_ALIASES = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}


def _known(language: str) -> str:
    subtags = language.split("-")
    for end in range(len(subtags), 0, -1):
        short = "-".join(subtags[:end])
        if (tag := _ALIASES.get(short, short)) in _LABELS:
            return tag
    return "en"


def labels(language: str) -> Mapping[str, str]:
    """The words that title block and colophon need, in the language of a BCP 47 tag; English for unknown ones."""
    tag = _known(language)
    manuscript = _MANUSCRIPT.get(tag) or _MANUSCRIPT[tag.split("-", 1)[0]]
    return dict(zip((*_KEYS, *_MANUSCRIPT_KEYS), (*_LABELS[tag], *manuscript), strict=True))


def long_date(day: date, language: str) -> str:
    """A date as running text writes it: 23 November 2026, November 23, 2026, 23. November 2026, 2026年11月23日."""
    tag = _known(language)
    if tag in ("zh", "zh-Hant", "ja"):
        return f"{day.year}年{day.month}月{day.day}日"
    month = _MONTHS[tag.split("-", 1)[0]].split()[day.month - 1]
    if tag == "en-US":
        return f"{month} {day.day}, {day.year}"
    if tag == "de":
        return f"{day.day}. {month} {day.year}"
    if tag in ("es", "pt"):
        return f"{day.day} de {month} de {day.year}"
    first = {"fr": "1er", "it": "1º"}.get(tag, "1")
    return f"{first if day.day == 1 else day.day} {month} {day.year}"

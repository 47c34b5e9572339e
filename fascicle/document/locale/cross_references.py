"""The few words that the program itself prints, by language: `Figure 3` in a sentence, `Figure` above a caption."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, in the form they take inside a sentence."""

    figure: str
    """Before a figure's number."""
    table: str
    """Before a table's number."""
    section: str
    """Before a section's number."""
    equation: str
    """Before an equation's number, which stands in brackets."""
    pending: str
    """On a placeholder plate: the picture's permission is waited for."""
    missing: str
    """On a placeholder plate: the picture's file is not there."""


WORDS: dict[str, Words] = {
    "en": Words("Figure", "Table", "Section", "Equation", "Permission pending", "Picture missing"),
    "de": Words("Abbildung", "Tabelle", "Abschnitt", "Gleichung", "Genehmigung steht aus", "Bild fehlt"),
    "fr": Words("figure", "tableau", "section", "équation", "Autorisation en attente", "Image manquante"),
    "zh": Words("图", "表", "第", "式", "授权待定", "图片缺失"),
    "zh-Hant": Words("圖", "表", "第", "式", "授權待定", "圖片缺失"),
    "ja": Words("図", "表", "第", "式", "許諾待ち", "画像なし"),
    "ko": Words("그림", "표", "제", "식", "허가 대기 중", "그림 없음"),
    "es": Words("figura", "tabla", "sección", "ecuación", "Permiso pendiente", "Falta la imagen"),
    "it": Words("figura", "tabella", "sezione", "equazione", "Autorizzazione in attesa", "Immagine mancante"),
    "pt": Words("figura", "tabela", "secção", "equação", "Autorização pendente", "Imagem em falta"),
    "pt-BR": Words("figura", "tabela", "seção", "equação", "Autorização pendente", "Imagem ausente"),
    "nl": Words("figuur", "tabel", "paragraaf", "vergelijking", "Toestemming volgt", "Beeld ontbreekt"),
    "sv": Words("figur", "tabell", "avsnitt", "ekvation", "Tillstånd inväntas", "Bild saknas"),
    "da": Words("figur", "tabel", "afsnit", "ligning", "Tilladelse afventes", "Billede mangler"),
    "nb": Words("figur", "tabell", "avsnitt", "ligning", "Tillatelse avventes", "Bilde mangler"),
    "pl": Words("rysunek", "tabela", "sekcja", "równanie", "Oczekiwanie na zgodę", "Brak ilustracji"),
    "cs": Words("obrázek", "tabulka", "oddíl", "rovnice", "Čeká se na svolení", "Obrázek chybí"),
    "ru": Words("рисунок", "таблица", "раздел", "уравнение", "Разрешение ожидается", "Нет изображения"),
}
"""Words by BCP 47 tag; a tag that is not here takes those of its longest beginning that is, and at last English."""

SECTION_AFTER = {"zh": "节", "zh-Hant": "節", "ja": "節", "ko": "절"}
"""What follows a section's number, in languages that write around it: 第 3 节."""

_ALIASES = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "no": "nb", "nn": "nb"}


def known(language: str) -> str:
    """The tag under which a language's words stand here."""
    subtags = language.split("-")
    for end in range(len(subtags), 0, -1):
        tag = "-".join(subtags[:end])
        if (tag := _ALIASES.get(tag, tag)) in WORDS:
            return tag
    return "en"


def words(language: str) -> Words:
    """The words of a language tag."""
    return WORDS[known(language)]

"""Names that keep their capital in a title in small letters, though no braces say so: peoples, languages, countries, months."""

from __future__ import annotations

import re

_PEOPLES = (
    "African Afghan Albanian Algerian American Arab Arabic Argentine Argentinian Armenian Asian Athenian Australian Austrian "
    "Basque Bavarian Belgian Bengali Bolivian Brazilian Breton British Buddhist Bulgarian Byzantine Canadian Caribbean Catalan "
    "Catholic Celtic Chilean Chinese Christian Colombian Confucian Croatian Cuban Czech Danish Dutch Egyptian English Estonian "
    "Ethiopian European Filipino Finnish Flemish French Georgian German Germanic Greek Hebrew Hellenistic Hindu Hispanic Hungarian "
    "Icelandic Indian Indonesian Iranian Iraqi Irish Islamic Israeli Italian Jamaican Japanese Javanese Jew Jewish Kenyan Korean "
    "Kurdish Latin Latino Lebanese Lithuanian Lutheran Malaysian Marxist Mediterranean Mexican Mongolian Moroccan Mughal Muslim "
    "Nepali Nigerian Nordic Norwegian Ottoman Pakistani Palestinian Persian Peruvian Portuguese Protestant Prussian Roman Romanian "
    "Russian Sanskrit Scandinavian Scottish Serbian Shakespearean Slavic Soviet Spanish Sudanese Swedish Swiss Syrian Tamil Thai "
    "Tibetan Turkish Ukrainian Victorian Vietnamese Welsh Yiddish Zionist Zulu"
)
_PLACES = (
    "Afghanistan Africa Albania Algeria Amazon America Americas Amsterdam Antarctica Arabia Argentina Arizona Armenia Asia Athens "
    "Atlantic Australia Austria Balkans Baltic Bangladesh Beijing Belgium Berlin Bohemia Bolivia Bosnia Boston Brazil Britain Bulgaria "
    "Byzantium Cairo California Cambodia Cambridge Cameroon Canada Chicago Chile Colombia Colorado Congo Croatia Cuba Denmark Dublin "
    "Edinburgh Egypt England Estonia Ethiopia Eurasia Europe Finland Florence Florida France Geneva Germany Ghana Glasgow Greece "
    "Guatemala Haiti Harlem Hawaii Hollywood Iceland Illinois India Indonesia Iran Iraq Ireland Israel Istanbul Italy Jamaica Japan "
    "Jerusalem Kenya Korea Kosovo Latvia Lebanon Libya Lithuania London Madrid Malawi Malaysia Manchester Massachusetts Melbourne "
    "Mexico Michigan Minnesota Mississippi Mongolia Montreal Morocco Moscow Mozambique Myanmar Namibia Nepal Netherlands Nigeria "
    "Norway Oxford Pakistan Palestine Paraguay Paris Pennsylvania Peru Philippines Poland Portugal Prussia Romania Rome Russia Rwanda "
    "Scandinavia Scotland Senegal Serbia Shanghai Siberia Singapore Slovakia Slovenia Somalia Spain Stockholm Sudan Sweden "
    "Switzerland Sydney Syria Taiwan Tanzania Texas Tibet Tokyo Toronto Tunisia Uganda Ukraine Uruguay Venezuela Venice Vienna Vietnam "
    "Virginia Wales Yemen Yugoslavia Zambia Zimbabwe"
)
_OTHERS = (
    "Bible Buddha Buddhism Catholicism Christ Christianity Confucianism Darwin Facebook Freud Google Hegel Hinduism "
    "Holocaust Homer Islam Jesus Jews Judaism Kant Marx Marxism Muslims Nazi Nietzsche Plato Quran Renaissance Shakespeare Twitter "
    "Wikipedia YouTube Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September "
    "October November December Christmas Easter"
)
_WORDS = frozenset(f"{_PEOPLES} {_PLACES} {_OTHERS}".split())
_PHRASES = re.compile(
    r"\b(?:New (?:York|Zealand|Mexico|Jersey|England|Orleans|Delhi|South Wales|Testament|Deal|Guinea|Hampshire)|Old Testament|"
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Latin|Sub-Saharan) (?:America|American|Americans|Africa|"
    r"African|Asia|Asian|Carolina|Dakota|Korea|Korean|Ireland|Europe|European|Germany|German|Virginia|Australia|Wales)|"
    r"United (?:States|Kingdom|Nations|Arab Emirates)|European Union|Soviet Union|Ottoman Empire|Roman Empire|British Empire|"
    r"Los Angeles|San (?:Francisco|Diego|Antonio)|Hong Kong|Sri Lanka|Saudi Arabia|Puerto Rico|Costa Rica|Great Britain|"
    r"World War (?:[IVX]+|One|Two)|(?:First|Second) World War|Cold War|Civil War|Middle (?:East|Ages|English)|"
    r"Supreme Court|White House|Black Sea|Pacific Ocean|Indian Ocean|Rio de Janeiro)\b"
)


def keeps_capital(word: str) -> bool:
    """Whether a word is a proper name wherever it stands, or the genitive or plural of one."""
    bare = re.sub(r"[’']s?$", "", word)
    return bare in _WORDS or (bare.endswith("s") and bare[:-1] in _WORDS)


def names_in(text: str) -> list[tuple[int, int]]:
    """Where names of several words stand in a text."""
    return [match.span() for match in _PHRASES.finditer(text)]

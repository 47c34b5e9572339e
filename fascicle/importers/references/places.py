"""Towns where books and journals are published, to tell a place from a house."""

from __future__ import annotations

import re

from fascicle.importers.references.matching import folded

_TOWNS = frozenset(
    town.strip()
    for town in """
    Aarhus, Aix-en-Provence, Alcalá de Henares, Alicante, Amsterdam, Ann Arbor, Antwerpen, Anvers, Arles, Athen, Athens, Athina,
    Augsburg, Austin, Baden-Baden, Bad Homburg, Baltimore, Barcelona, Bari, Barcelone, Basel, Bâle, Basilea, Beijing, Beirut,
    Belgrade, Belo Horizonte, Bergamo, Berkeley, Berlin, Berlino, Bern, Berne, Besançon, Bielefeld, Bilbao, Bloomington, Bochum,
    Bogotá, Bologna, Bonn, Bordeaux, Boston, Braunschweig, Bremen, Brescia, Breslau, Bristol, Bombay, Brussels, Bruxelles, Brüssel,
    Bucharest, Budapest, Buenos Aires, Caen, Calcutta, Cairo, Le Caire, Cambridge, Campinas, Canberra, Caracas, Cham, Chapel Hill, Chicago,
    Cluj, Coimbra, Chennai, Copenhagen, Cordoba, Córdoba, Cracow, Curitiba, Damascus, Darmstadt, Delhi, Dijon, Dordrecht, Dortmund, Dresden, Dublin,
    Durham, Düsseldorf, Edinburgh, Erfurt, Erlangen, Essen, Evanston, Exeter, Farnham, Ferrara, Firenze, Florence, Florianópolis,
    Frankfurt, Frankfurt am Main, Frankfurt a. M., Frankfurt a.M., Frankfurt/M., Freiburg, Freiburg i. Br., Freiburg im Breisgau,
    Fribourg, Genève, Genova, Genf, Geneva, Gent, Ghent, Gießen, Gijón, Glasgow, Göttingen, Granada, Graz, Grenoble, Groningen, Guadalajara,
    The Hague, Den Haag, La Haye, Halle, Hamburg, Hannover, Hanover, Harmondsworth, Heidelberg, Helsinki, Hildesheim, Hong Kong,
    Houndmills, Ithaca, Ithaca, Innsbruck, Istanbul, Jena, Jerusalem, Kairo, Karlsruhe, Kassel, Kiel, Kiev, Kolkata, Kyiv, København,
    Köln, Cologne, Königsberg, Konstanz, Kraków, Krakau, Kyoto, La Habana, Lanham, La Plata, Lausanne, Leeds, Leicester, Leiden,
    Leipzig, Leuven, Louvain, Louvain-la-Neuve, Liège, Lille, Lima, Lisboa, Lisbon, Liverpool, Ljubljana, London, Londres, Londra,
    Los Angeles, Lund, Luxembourg, Luzern, Lyon, Macerata, Madison, Madras, Madrid, Mainz, Malden, Manchester, Mannheim, Marburg, Marseille,
    Melbourne, México, Mexico City, México D.F., Ciudad de México, Milan, Milano, Minneapolis, Modena, Montevideo, Montpellier,
    Montréal, Montreal, Moscow, Moskau, Moskva, München, Munich, Mumbai, Münster, Nancy, Nantes, Napoli, Naples, New Delhi, New Haven,
    New York, New York City, Nueva York, Nice, Nijmegen, Nürnberg, Oldenburg, Opladen, Orléans, Oslo, Osnabrück, Oviedo, Oxford,
    Paderborn, Padova, Palermo, Palo Alto, Paris, Parigi, Parma, Passau, Pavia, Perugia, Philadelphia, Pisa, Poitiers, Porto,
    Porto Alegre, Potsdam, Poznań, Prag, Prague, Praha, Princeton, Providence, Pune, Québec, Quito, Recife, Regensburg, Reims, Reinbek,
    Reinbek bei Hamburg, Rennes, Riga, Rio de Janeiro, Roma, Rome, Rom, Rosario, Rostock, Rotterdam, Rouen, Saarbrücken, Salamanca,
    Salerno, Salvador, Salzburg, San Diego, San Francisco, San José, Santiago, Santiago de Chile, São Paulo, Seattle, Seville,
    Sevilla, Shanghai, Siena, Singapore, Sofia, St. Gallen, Stanford, St. Petersburg, Saint-Denis, Strasbourg, Straßburg, Stuttgart,
    Sydney, Tallinn, Tartu, Tel Aviv, Thousand Oaks, Tokyo, Torino, Turin, Toronto, Toulouse, Tours, Trento, Trier, Trieste,
    Tübingen, Tucumán, Uppsala, Urbana, Utrecht, Valencia, Valladolid, Vancouver, Varanasi, Venezia, Venice, Verona, Vienna, Vienne, Villeurbanne,
    Vilnius, Warsaw, Warszawa, Warschau, Washington, Washington D.C., Washington, D.C., Weimar, Wien, Wiesbaden, Wrocław, Würzburg, Zagreb,
    Zaragoza, Zürich, Zurich, Москва, Санкт-Петербург, М., СПб., Київ, Минск, Αθήνα, Θεσσαλονίκη
    """.replace("\n", " ").split(",")
)
_FOLDED = frozenset(folded(town) for town in _TOWNS if town)


def is_place(text: str) -> bool:
    """Whether these words are a town or several of them, with or without a country or state behind a comma."""
    text = re.sub(r"\s+(?:u\.\s?a\.|et al\.)$", "", text.strip(" .,;:"))
    if folded(text) in _FOLDED:
        return True
    parts = [
        part for part in re.split(r"\s*(?:[/&;–]|\s-\s|\s(?:and|und|et|y|e)\s)\s*", text) if part.strip()
    ]
    return bool(parts) and all(_one(part) for part in parts)


def _one(text: str) -> bool:
    town, comma, land = text.partition(",")
    return folded(town) in _FOLDED and (not comma or len(land.split()) < 4)

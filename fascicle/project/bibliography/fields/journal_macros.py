"""The macros for journals that NASA's Astrophysics Data System writes, each with the journal's name.

The names follow the list of the American Astronomical Society's class (aastex) and of the data system's help pages.
"""

from __future__ import annotations

from collections.abc import Mapping

JOURNALS: Mapping[str, str] = {
    "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement Series", "actaa": "Acta Astronomica",
    "afz": "Astrofizika", "aj": "The Astronomical Journal", "ao": "Applied Optics", "applopt": "Applied Optics",
    "apj": "The Astrophysical Journal", "apjl": "The Astrophysical Journal Letters",
    "apjlett": "The Astrophysical Journal Letters", "apjs": "The Astrophysical Journal Supplement Series",
    "apjsupp": "The Astrophysical Journal Supplement Series", "aplett": "Astrophysics Letters",
    "apspr": "Astrophysics Space Physics Research", "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics", "arep": "Astronomy Reports",
    "aspc": "Astronomical Society of the Pacific Conference Series", "azh": "Astronomicheskii Zhurnal",
    "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "caa": "Chinese Astronomy and Astrophysics", "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "fcp": "Fundamentals of Cosmic Physics", "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters", "iaucirc": "IAU Circular", "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics", "jcp": "Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "maps": "Meteoritics and Planetary Science", "memras": "Memoirs of the Royal Astronomical Society",
    "memsai": "Memorie della Società Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy",
    "nar": "New Astronomy Reviews", "nat": "Nature", "nphysa": "Nuclear Physics A", "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
    "physscr": "Physica Scripta", "planss": "Planetary and Space Science", "pra": "Physical Review A",
    "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "procspie": "Proceedings of the SPIE", "psj": "The Planetary Science Journal",
    "qjras": "Quarterly Journal of the Royal Astronomical Society", "rmp": "Reviews of Modern Physics",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica", "rnaas": "Research Notes of the AAS",
    "skytel": "Sky and Telescope", "solphys": "Solar Physics", "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews", "zap": "Zeitschrift für Astrophysik",
}  # fmt: skip
"""Journals by macro, in small letters."""

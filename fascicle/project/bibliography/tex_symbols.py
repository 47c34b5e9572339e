"""The TeX commands that bibliography fields may use, each with the Unicode text it stands for."""

from __future__ import annotations

from collections.abc import Mapping

ACCENTS: Mapping[str, str] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "G": "\u030f", "U": "\u030e", "f": "\u0311",
    "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "h": "\u0309",
    "textcommabelow": "\u0326",
}  # fmt: skip
"""Accents as combining characters, which follow their letter."""

LETTERS: Mapping[str, str] = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "NG": "Ŋ", "ij": "ĳ", "IJ": "Ĳ",
}  # fmt: skip

SYMBOLS: Mapping[str, str] = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "/": "",
    ",": "\u202f", ";": " ", ":": " ", "!": "", "-": "\u00ad", "@": "", "\\": " ",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textasciigrave": "`",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{", "textbraceright": "}",
    "lbrace": "{", "rbrace": "}", "textquotesingle": "\u0027", "textquotedbl": '"', "textunderscore": "_",
    "textampersand": "&", "textdollar": "$", "textnumbersign": "#", "textpercent": "%", "textslash": "/",
    "slash": "/", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "guillemetleft": "«", "guillemetright": "»", "lq": "‘", "rq": "’", "flqq": "«", "frqq": "»", "glqq": "„",
    "grqq": "“", "dots": "…", "ldots": "…", "textellipsis": "…", "textexclamdown": "¡", "textquestiondown": "¿",
    "S": "§", "P": "¶", "textsection": "§", "textparagraph": "¶", "textdagger": "†", "dag": "†",
    "textdaggerdbl": "‡", "ddag": "‡", "textbullet": "•", "textperiodcentered": "·", "copyright": "©",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£", "textsterling": "£",
    "texteuro": "€", "euro": "€", "EUR": "€", "textyen": "¥", "textcent": "¢", "textcurrency": "¤",
    "textdegree": "°", "textpm": "±", "texttimes": "×", "textdiv": "÷", "textmu": "µ", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textordfeminine": "ª", "textordmasculine": "º", "textnumero": "№",
    "textasteriskcentered": "∗", "textminus": "−", "textregisteredtrademark": "®", "textprime": "′",
    "textvisiblespace": "␣", "nobreakspace": "\u00a0", "space": " ", "quad": " ", "qquad": " ", "enspace": " ",
    "thinspace": "\u202f", "newblock": " ", "allowbreak": "", "linebreak": " ", "noindent": "", "relax": "",
    "protect": "", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "addcolon": ":", "addcomma": ",",
    "addperiod": ".", "addspace": " ", "adddot": ".", "bibrangedash": "–", "hyphen": "-", "ldq": "“", "textglq": "‚",
}  # fmt: skip
"""Commands without an argument."""

STYLES: Mapping[str, str] = {
    "emph": "emph", "textit": "emph", "mkbibemph": "emph", "mkbibitalic": "emph", "textsl": "emph", "em": "emph",
    "it": "emph", "itshape": "emph", "sl": "emph", "slshape": "emph", "underline": "emph",
    "textbf": "bold", "mkbibbold": "bold", "bf": "bold", "bfseries": "bold",
    "textsc": "smallcaps", "sc": "smallcaps", "scshape": "smallcaps",
    "textsuperscript": "superscript", "mkbibsuperscript": "superscript", "sp": "superscript",
    "textsubscript": "subscript", "mkbibsubscript": "subscript", "sb": "subscript",
    "textup": "upright", "textnormal": "upright", "textrm": "upright", "upshape": "upright", "rm": "upright",
    "normalfont": "upright", "upright": "upright",
    "enquote": "quoted", "mkbibquote": "quoted", "mkbibparens": "parens", "mkbibbrackets": "brackets",
    "textsf": "plain", "texttt": "plain", "mbox": "plain", "hbox": "plain", "text": "plain", "uppercase": "plain",
    "lowercase": "plain", "NoCaseChange": "group", "MakeUppercase": "plain", "nohyphens": "plain", "textmd": "plain",
    "bibstring": "plain", "url": "url", "path": "url", "noopsort": "nothing", "SortNoop": "nothing",
    "singleletter": "plain", "printfirst": "nothing", "switchargs": "nothing",
}  # fmt: skip
"""Commands with one argument, and what becomes of the argument; the short ones (`\\em`, `\\bf`, …) change the rest
of their group."""

SWITCHES = frozenset({
    "em", "it", "itshape", "sl", "slshape", "bf", "bfseries", "sc", "scshape", "upshape", "rm", "normalfont",
})  # fmt: skip
"""Commands of `STYLES` that take no argument but hold to the end of their group."""

LIGATURES = (
    ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"), ("!‘", "¡"), ("?‘", "¿"),
)  # fmt: skip
"""What TeX's fonts make of these characters, the longest first."""

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
    "null": "", "protect": "", "par": " ", "newline": " ", "item": " • ", "break": "", "nobreak": "", "centering": "",
    "raggedright": "", "medskip": " ", "bigskip": " ", "smallskip": " ", "hfill": " ", "newpage": " ", "clearpage": " ",
    "indent": "", "boldmath": "", "unboldmath": "", "tiny": "", "scriptsize": "", "footnotesize": "", "small": "",
    "normalsize": "", "large": "", "Large": "", "LARGE": "", "tt": "", "ttfamily": "", "sf": "", "sffamily": "",
    "begingroup": "", "endgroup": "", "bgroup": "", "egroup": "", "fi": "", "leavevmode": "", "unskip": "", "ignorespaces": "",
    "psq": "f.", "psqq": "ff.", "sqspace": " ", "pno": "p.", "ppno": "pp.", "addsemicolon": ";", "addnbspace": "\u00a0",
    "addthinspace": "\u202f", "addnbthinspace": "\u202f", "addlowpenspace": " ", "addhighpenspace": " ", "adddotspace": ". ",
    "addabbrvspace": "\u00a0", "addslash": "/", "isdot": "", "nopunct": "", "bibopenparen": "(",
    "bibcloseparen": ")", "bibopenbracket": "[", "bibclosebracket": "]", "textasciimacron": "¯",
    "textasciidieresis": "¨", "textasciiacute": "´", "textasciicaron": "ˇ", "textasciibreve": "˘", "textacutedbl": "˝",
    "texttildelow": "˷", "textbardbl": "‖", "textfractionsolidus": "⁄",
    "textthreequartersemdash": "—", "textinterrobang": "‽", "textreferencemark": "※",
    "textmusicalnote": "♪", "textleftarrow": "←", "textrightarrow": "→", "textuparrow": "↑", "textdownarrow": "↓",
    "textlangle": "⟨", "textrangle": "⟩", "textohm": "Ω", "textcelsius": "℃", "textperthousand": "‰",
    "textservicemark": "℠", "textcircledP": "℗", "textbaht": "฿", "textwon": "₩", "textpeso": "₱", "textlira": "₤",
    "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textomega": "ω", "textpi": "π",
    "textsigma": "σ", "texttau": "τ", "textlambda": "λ", "textkappa": "κ", "textsoftsign": "ь", "texthardsign": "ъ",
    "ayn": "ʿ", "alif": "ʾ", "hamza": "ʾ", "degree": "°", "degr": "°", "arcsec": "″", "arcmin": "′",
    "micron": "μm", "cprime": "ʹ", "cdprime": "ʺ", "Dbar": "Đ", "dbar": "đ", "lasp": "ʿ", "rasp": "ʾ",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "addcolon": ":", "addcomma": ",",
    "addperiod": ".", "addspace": " ", "adddot": ".", "bibrangedash": "–", "bibrangessep": ", ", "bibdatedash": "–", "textprimstress": "ˈ", "hyphen": "-", "ldq": "“", "textglq": "‚",
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
    "vphantom": "nothing", "hphantom": "nothing", "phantom": "nothing", "footnotemark": "nothing", "label": "nothing",
    "index": "nothing", "section": "plain", "subsection": "plain", "subsubsection": "plain", "paragraph": "plain",
    "chapter": "plain", "mathrm": "plain", "mathit": "emph", "mathbf": "bold", "mathsf": "plain", "mathcal": "plain",
    "textlatin": "plain", "textarabic": "plain", "textrussian": "plain", "textgerman": "plain", "textfrench": "plain",
    "textenglish": "plain", "texthebrew": "plain", "textpersian": "plain", "textgreek": "plain", "textcyrillic": "plain",
    "textcyr": "plain", "up": "superscript", "ier": "plain", "fup": "superscript",
    "uline": "emph", "ul": "emph", "sout": "plain", "MakeLowercase": "plain", "MakeSentenceCase": "plain",
    "MakeTitleCase": "plain", "MakeCapital": "plain", "title": "plain", "mkbibnamefamily": "plain", "mkbibnamegiven": "plain",
    "mkbibnameprefix": "plain", "mkbibnamesuffix": "plain", "mkbibordinal": "plain",
    "mkpagetotal": "plain", "mkbibacro": "plain", "autocap": "plain",
    "foreignquote": "quoted", "textquote": "quoted", "textelp": "brackets", "citetitle": "plain",
    "nolinkurl": "url", "doi": "url", "noop": "nothing", "sortas": "nothing",
    "SortAs": "nothing", "sortnoop": "nothing", "singleletter": "plain", "printfirst": "nothing", "switchargs": "nothing",
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

SHAPES: Mapping[str, tuple[int, int]] = {
    "href": (1, 1), "textcolor": (1, 1), "foreignlanguage": (1, 1), "colorbox": (1, 1), "fontsize": (2, 0),
    "raisebox": (1, 1), "scalebox": (1, 1), "color": (1, 0), "selectlanguage": (1, 0), "language": (1, 0),
    "rule": (2, 0), "hspace": (1, 0), "vspace": (1, 0), "bibfield": (1, 1), "bibnamefont": (0, 1), "texorpdfstring": (0, 1),
    "textlang": (1, 1), "otherlanguage": (1, 0), "hypertarget": (1, 1), "hyperlink": (1, 1), "nocite": (1, 0),
    "setcounter": (2, 0), "addtocounter": (2, 0), "hyphenation": (1, 0), "fontfamily": (1, 0), "cite": (0, 1),
}  # fmt: skip
"""Commands of several arguments: how many of them do not print, and how many after these do."""

LENGTHS = frozenset(
    {"hskip", "vskip", "kern", "mkern", "mskip", "penalty", "baselineskip", "parindent", "parskip"}
)
"""Commands that a length follows; it is passed over."""

ENVIRONMENTS = frozenset({
    "itemize", "enumerate", "description", "quote", "quotation", "verse", "center", "flushleft", "flushright", "small",
    "abstract", "document", "CJK", "otherlanguage", "english", "german", "french", "russian", "Arabic", "hebrew",
})  # fmt: skip
"""Environments whose content prints as running text."""

MATH_FORMS: Mapping[str, str] = {
    "textpm": r"\pm", "texttimes": r"\times", "textdegree": r"{}^{\circ}", "textperiodcentered": r"\cdot",
    "textmu": r"\mu", "textminus": "-", "textless": "<", "textgreater": ">", "textasciitilde": r"\sim",
    "textdiv": r"\div", "degree": r"{}^{\circ}", "rm": r"\mathrm", "it": r"\mathit", "bf": r"\mathbf",
    "textsubscript": "_", "textsuperscript": "^",
}  # fmt: skip
"""Commands of a text's signs that publishers put into formulas, each with what mathematics has for it."""

DEFINING = frozenset({
    "def", "edef", "gdef", "xdef", "let", "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand",
})  # fmt: skip
"""Commands that define the one that follows."""

REFUSED = DEFINING | frozenset({
    "input", "include", "includegraphics", "includepdf", "InputIfFileExists", "IfFileExists", "openin", "openout", "read",
    "readline", "write", "immediate", "special", "directlua", "latelua", "luaexec", "luadirect", "luafunction", "luacode",
    "catcode", "csname", "endcsname", "expandafter", "noexpand", "futurelet", "afterassignment", "aftergroup", "global",
    "long", "outer", "usepackage", "RequirePackage", "documentclass", "makeatletter", "makeatother", "loop", "repeat",
    "everypar", "everymath", "output", "shipout", "endinput", "batchmode", "scantokens", "detokenize", "uccode", "lccode",
    "escapechar", "endlinechar", "mathchardef", "chardef", "font", "newread", "newwrite", "newif",
    "pdfobj", "pdfliteral", "pdfextension", "pdfvariable", "execute", "ShellEscape", "verbatiminput", "lstinputlisting",
    "NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand", "newenvironment", "AtBeginDocument",
})  # fmt: skip
"""Commands that define, load or run something. None is ever run, so what they stood for is lost."""

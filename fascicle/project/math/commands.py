r"""The commands and environments that formulas may use, by what they come from and what must follow them.

Everything here is LaTeX's own, amsmath's or amssymb's, and none of it can read a file, define a command or change
how TeX reads what follows. A test asks LaTeX that every one of them exists.
"""

from __future__ import annotations

from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


KERNEL = _names(
    # Greek
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho"
    " varrho sigma varsigma tau upsilon phi varphi chi psi omega"
    " Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    # Operators and relations
    " pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge setminus wr diamond"
    " bigtriangleup bigtriangledown triangleleft triangleright oplus ominus otimes oslash odot bigcirc dagger"
    " ddagger amalg land lor lnot neg leq le geq ge equiv models prec succ sim perp preceq succeq simeq mid ll gg"
    " asymp parallel subset supset approx bowtie subseteq supseteq cong neq ne smile sqsubseteq sqsupseteq doteq"
    " frown in ni owns propto vdash dashv notin colon not iff"
    # Arrows
    " leftarrow gets rightarrow to leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto hookleftarrow"
    " hookrightarrow leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons"
    " longleftarrow longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow longmapsto"
    " uparrow downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow nwarrow"
    # Letters, signs, dots
    " aleph hbar imath jmath ell wp Re Im partial infty prime emptyset nabla surd top bot angle forall exists flat"
    " natural sharp backslash triangle clubsuit diamondsuit heartsuit spadesuit dots ldots cdots vdots ddots"
    " S P dag ddag pounds copyright"
    # Large operators
    " sum prod coprod int oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes bigoplus biguplus smallint"
    # Functions
    " arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log"
    " max min Pr sec sin sinh sup tan tanh bmod"
    # Delimiters
    " langle rangle lceil rceil lfloor rfloor lbrace rbrace lbrack rbrack vert Vert lgroup rgroup lmoustache"
    " rmoustache arrowvert Arrowvert bracevert"
    # Placement, style, space
    " limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle quad qquad enspace thinspace"
    " negthinspace space nobreakspace nonumber hline allowbreak nobreak relax mathstrut"
    " cdotp ldotp intop ointop"
)
"""Commands of LaTeX itself that take no argument."""

AMSMATH = _names(
    "implies impliedby And iint iiint iiiint idotsint dotsc dotsb dotsm dotsi dotso lvert rvert lVert rVert injlim"
    " projlim varinjlim varprojlim varliminf varlimsup varGamma varDelta varTheta varLambda varXi varPi varSigma"
    " varUpsilon varPhi varPsi varOmega notag medspace thickspace negmedspace negthickspace"
)
"""Commands of amsmath that take no argument."""

AMSSYMB = _names(
    "square blacksquare Box Diamond lozenge blacklozenge bigstar circledS circledR circledcirc circledast"
    " circleddash complement mho eth Finv Game beth gimel daleth digamma varkappa hslash nexists varnothing"
    " backprime vartriangle triangledown blacktriangle blacktriangledown measuredangle sphericalangle therefore"
    " because between pitchfork ltimes rtimes leftthreetimes rightthreetimes smallsetminus dotplus barwedge"
    " veebar doublebarwedge boxminus boxtimes boxdot boxplus divideontimes intercal centerdot Cap Cup curlywedge"
    " curlyvee leqq geqq leqslant geqslant eqslantless eqslantgtr lesssim gtrsim lessapprox gtrapprox approxeq"
    " lessdot gtrdot lll ggg lessgtr gtrless lesseqgtr gtreqless lesseqqgtr gtreqqless doteqdot risingdotseq"
    " fallingdotseq circeq eqcirc triangleq bumpeq Bumpeq backsim backsimeq thicksim thickapprox subseteqq"
    " supseteqq Subset Supset sqsubset sqsupset preccurlyeq succcurlyeq curlyeqprec curlyeqsucc precsim succsim"
    " precapprox succapprox vartriangleleft vartriangleright trianglelefteq trianglerighteq vDash Vdash Vvdash"
    " shortmid shortparallel smallfrown smallsmile backepsilon varpropto nless ngtr nleq ngeq nleqslant ngeqslant"
    " nleqq ngeqq lneq gneq lneqq gneqq lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox nprec nsucc npreceq"
    " nsucceq precneqq succneqq precnsim succnsim precnapprox succnapprox nsim ncong nshortmid nmid nparallel"
    " nvdash nvDash nVdash nVDash ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq nsubseteq"
    " nsupseteq nsubseteqq nsupseteqq subsetneq supsetneq subsetneqq supsetneqq varsubsetneq varsupsetneq"
    " dashleftarrow dashrightarrow leftleftarrows rightrightarrows leftrightarrows rightleftarrows Lleftarrow"
    " Rrightarrow twoheadleftarrow twoheadrightarrow leftarrowtail rightarrowtail looparrowleft looparrowright"
    " leftrightharpoons curvearrowleft curvearrowright circlearrowleft circlearrowright Lsh Rsh upuparrows"
    " downdownarrows upharpoonleft upharpoonright downharpoonleft downharpoonright restriction multimap"
    " leftrightsquigarrow rightsquigarrow leadsto nleftarrow nrightarrow nLeftarrow nRightarrow nleftrightarrow"
    " nLeftrightarrow ulcorner urcorner llcorner lrcorner checkmark maltese Bbbk"
)
"""Symbols of amssymb."""

SYMBOLS = _names(r", : ; ! > { } | \ % & # $ _ - /") | {" ", "\n"}
r"""Control symbols: spaces, braces, `\|`, and signs that would otherwise be TeX's own."""

ARGUMENTS: Mapping[str, int] = {
    **dict.fromkeys(
        _names(
            "hat check breve acute grave tilde bar vec dot ddot mathring widehat widetilde overline underline"
            " overbrace underbrace overrightarrow overleftarrow sqrt mathrm mathbf mathit mathsf mathtt mathcal"
            " mathnormal phantom hphantom vphantom smash mathop mathbin mathrel mathord mathopen mathclose mathpunct"
            " mathinner pmod boldsymbol cancel bcancel xcancel"
        ),
        1,
    ),
    "frac": 2,
    "stackrel": 2,
    "hspace": 1,
}
"""Commands of LaTeX and how many arguments must follow."""

AMS_ARGUMENTS: Mapping[str, int] = {
    **dict.fromkeys(
        _names(
            "dddot ddddot overleftrightarrow underleftarrow underrightarrow underleftrightarrow operatorname boxed mod"
            " pod xleftarrow xrightarrow substack pmb mspace"
        ),
        1,
    ),
    **dict.fromkeys(_names("dfrac tfrac cfrac binom dbinom tbinom overset underset"), 2),
    "sideset": 2,
    "genfrac": 6,
}
"""Commands of amsmath and how many arguments must follow."""

SYMBOL_ARGUMENTS: Mapping[str, int] = {"mathbb": 1, "mathfrak": 1, "mathscr": 1}
"""Alphabets of amssymb."""

TEXT_ARGUMENTS: Mapping[str, int] = {
    **dict.fromkeys(
        _names("text mbox textrm textsf texttt textit textsl textbf textup textnormal textmd emph textsc"), 1
    ),
    "tag": 1,
}
"""Commands whose argument is text, not mathematics."""

DELIMITED = _names(
    "left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm"
)
"""Commands that a delimiter must follow."""

TEXT_COMMANDS = _names(
    "quad qquad ldots dots textellipsis textendash textemdash textquoteleft textquoteright textquotedblleft"
    " textquotedblright guillemotleft guillemotright ss ae AE oe OE o O aa AA l L i j dag ddag S P pounds copyright"
    " textdegree textbackslash textasciitilde textasciicircum textbar textless textgreater thinspace enspace"
)
"""Commands without argument inside text."""

TEXT_ACCENTS = frozenset("'`^\"~=.") | _names("c d b H k r t u v")
"""Accents inside text, of one argument each."""

TEXT_SYMBOLS = _names(r", : ; ! % & # $ _ { } - /") | {" ", "\n"}
"""Control symbols inside text."""

ENVIRONMENTS: Mapping[str, str] = {
    **dict.fromkeys(
        _names("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases aligned gathered split"), ""
    ),
    "array": "columns",
    "alignedat": "number",
    "subarray": "columns",
}
"""Environments inside a formula, and the argument they take."""

DISPLAYS: Mapping[str, str] = {
    **dict.fromkeys(_names("align align* gather gather* multline multline* flalign flalign*"), ""),
    "alignat": "number",
    "alignat*": "number",
}
"""Environments that are a displayed formula of their own: nothing may stand around them."""

HINTS: Mapping[str, str] = {
    "label": "name the formula with {#eq:name} after the closing $$",
    "ref": "write the reference as @eq:name in the text, outside the formula",
    "eqref": "write the reference as @eq:name in the text, outside the formula",
    "cite": "write the citation as [@key] in the text, outside the formula",
    "rm": r"write \mathrm{…}",
    "bf": r"write \mathbf{…}",
    "it": r"write \mathit{…}",
    "sf": r"write \mathsf{…}",
    "tt": r"write \mathtt{…}",
    "cal": r"write \mathcal{…}",
    "over": r"write \frac{…}{…}",
    "atop": r"write \substack{… \\ …} or \genfrac",
    "choose": r"write \binom{…}{…}",
    "hbox": r"write \text{…}",
    "vbox": r"write \text{…}",
    "eqno": r"write \tag{…}, or name the formula with {#eq:name} after the closing $$",
    "pmatrix": r"write \begin{pmatrix} … \end{pmatrix}",
    "matrix": r"write \begin{matrix} … \end{matrix}",
    "cases": r"write \begin{cases} … \end{cases}",
    "R": r"write \mathbb{R}",
    "N": r"write \mathbb{N}",
    "Z": r"write \mathbb{Z}",
    "Q": r"write \mathbb{Q}",
    "C": r"write \mathbb{C}",
    "degree": r"write ^\circ",
    "footnote": "put the footnote outside the formula",
    **dict.fromkeys(
        _names("def gdef edef xdef let newcommand renewcommand providecommand DeclareMathOperator"),
        r"a definition is read as \newcommand{\name}[1]{…}; write it out, or enter it under macros: in publication.yaml",
    ),
    **dict.fromkeys(
        _names(
            "input include openin openout read write immediate directlua latelua luaexec usepackage csname catcode"
            " special"
        ),
        "formulas cannot run TeX's programming commands",
    ),
}
"""What to write instead of some commands that are not allowed."""

WITHOUT_ARGUMENT = KERNEL | AMSMATH | AMSSYMB
"""Every command that needs nothing after it."""

WITH_ARGUMENTS: Mapping[str, int] = {**ARGUMENTS, **AMS_ARGUMENTS, **SYMBOL_ARGUMENTS}
"""Every command with arguments in mathematics."""

EVERY = frozenset((*WITHOUT_ARGUMENT, *WITH_ARGUMENTS, *TEXT_ARGUMENTS, *DELIMITED))
"""Every named command that a formula may hold."""

OURS = frozenset(("cancel", "bcancel", "xcancel", "mathscr"))
"""Commands that templates/shared/fascicle.tex provides where nobody else does."""

NEEDS_AMSSYMB = AMSSYMB | {"mathbb", "mathfrak"}
"""Commands that amssymb must be loaded for."""

NEEDS_AMSMATH = AMSMATH | set(AMS_ARGUMENTS) | {"text", "tag", "boldsymbol", "begin"}
"""Commands that amsmath must be loaded for, or that it improves; `begin` for its environments."""

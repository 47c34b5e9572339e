"""Every kind of diagnostic: its name, how bad it is, and the explanation that `fascicle explain` prints."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is. A publication is clean when it has neither error nor warning."""

    ERROR = "error"
    """The build fails and the last good result stays where it is."""
    WARNING = "warning"
    """The result is made, but something in it is probably not what the author meant."""
    NOTE = "note"
    """Known and waited for, such as a permission that is still pending in a draft."""


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(StrEnum):
    """A kind of diagnostic. The value is its public name; the docstring is its explanation."""

    severity: Severity

    def __new__(cls, value: str, severity: Severity, explanation: str) -> Code:
        """Make one member from its name, usual severity and explanation."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.severity = severity
        member.__doc__ = explanation
        return member

    # -- Reading the project ---------------------------------------------------------------------------
    MISSING_FILE = (
        "missing-file",
        _E,
        "A file that the publication names is not there. Check the spelling of its path, relative to the project folder.",
    )
    UNREADABLE_FILE = (
        "unreadable-file",
        _E,
        "A file is there but cannot be read: look at its permissions, and whether it is a folder.",
    )
    TOO_LARGE_FILE = (
        "too-large-file",
        _E,
        "A file is larger than any text, bibliography or picture of a sound publication, and is not read. `docs/security.md` has the limits, and how they are set.",
    )
    ODD_FILE_NAME = (
        "odd-file-name",
        _E,
        "A file's name is not UTF-8, or holds a control character such as a line end; it is not read. Give it another name.",
    )
    NOT_UTF8 = (
        "not-utf8",
        _E,
        "A text file is not UTF-8. Save it again with the encoding UTF-8 (every modern editor can).",
    )
    PATH_OUTSIDE = (
        "path-outside",
        _E,
        "A path leads out of the project folder. Everything a publication is built from lives inside it, so that it can be moved and archived as one.",
    )
    YAML_SYNTAX = (
        "yaml-syntax",
        _E,
        "The YAML cannot be read. The usual causes are a tab used for indentation, a missing space after a colon, or a colon inside a text without quotes.",
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        _E,
        "A YAML key stands twice in one mapping; one of the two would be lost silently.",
    )
    UNKNOWN_KEY = (
        "unknown-key",
        _E,
        "A key that Fascicle does not know, most often a misspelling. `docs/reference.md` lists every key.",
    )
    MISSING_KEY = "missing-key", _E, "A key that must be given is not there."
    WRONG_VALUE = "wrong-value", _E, "A value is of the wrong kind, or not one of those allowed."
    NO_SECTIONS = (
        "no-sections",
        _E,
        "The publication has no section files: put Markdown files into `content/`.",
    )
    MISSING_FRONT_MATTER = (
        "missing-front-matter",
        _E,
        "A section file does not begin with front matter: a line `---`, keys such as `title: …`, and a line `---`.",
    )
    LEFT_OUT_SECTION = (
        "left-out-section",
        _W,
        "A file in `content/` looks like a section and is not read, because its name does not end in `.md`. Rename it, save it as Markdown, or move it to another folder. Where `sections:` lists the files, others are nobody's business.",
    )
    COPIED_SECTION = (
        "copied-section",
        _W,
        "A section's file has the name that file managers and clouds give to copies, and the section it is a copy of stands beside it. Both are printed.",
    )
    STARTER_NAME = (
        "starter-name",
        _N,
        "The author is still the 'Your Name' with which a new publication begins.",
    )
    TRUST_WITHHELD = (
        "trust-withheld",
        _N,
        "The publication asks for trust, for scripts that draw figures, raw LaTeX or templates of its own, and does not get it, because several publications are built at once and they may be anybody's. When you know them all, build with `--trust`; or build this one by itself.",
    )
    FOREIGN_BUILD = (
        "foreign-build",
        _E,
        "The folder `build/` of a publication without trust, or an edition's folder in it, is a link, and so would lead results anywhere. It is left alone: remove it, and build again. A real folder is a note: what it holds is not believed, for the publication may have brought it.",
    )
    MERGE_CONFLICT = (
        "merge-conflict",
        _E,
        "Two people, or two branches, have changed the same lines, and git has left both versions between lines of `<<<<<<<`, `=======` and `>>>>>>>`. Nothing is printed until somebody has decided which of them stays.",
    )
    DUPLICATE_SECTION = "duplicate-section", _E, "The list `sections:` names a file twice."

    # -- Markdown --------------------------------------------------------------------------------------
    CONTROL_CHARACTER = (
        "control-character",
        _E,
        "The text holds a character that is no writing: a control character, an odd line separator or a code point that Unicode reserves. Such characters come in with text copied from PDF files. Delete it.",
    )
    UNDEFINED_NOTE = (
        "undefined-footnote",
        _E,
        "A footnote mark such as `[^1]` has no text. Write the text anywhere in the same file, on a line that begins with `[^1]:`.",
    )
    UNUSED_NOTE = (
        "unused-footnote",
        _W,
        "A footnote has a text but no mark in the running text, so it is not printed.",
    )
    DUPLICATE_NOTE = (
        "duplicate-footnote",
        _E,
        "Two footnote texts have the same name, so the mark could mean either.",
    )
    UNCLOSED_NOTE = (
        "unclosed-footnote",
        _E,
        "A footnote is opened with `^[` or `[^` and never closed with `]` in the same paragraph.",
    )
    NESTED_NOTE = (
        "nested-footnote",
        _E,
        "A footnote stands inside the text of another footnote. No print style has a place for it.",
    )
    UNKNOWN_ATTRIBUTE = (
        "unknown-attribute",
        _E,
        "The braces after a figure, heading, table or formula hold a key that means nothing there, most often a misspelling. A class that means nothing is a warning, because other programs may use it.",
    )
    BAD_ATTRIBUTES = (
        "bad-attributes",
        _E,
        "Braces after a picture, link, heading or at a fenced block cannot be read. They hold `#name`, `.class` and `key=value`, with a space between them and none around the equals sign; a value with spaces goes between double quotes.",
    )
    BAD_MEASURE = (
        "bad-measure",
        _E,
        "A width or height is a number and one of %, mm, cm, in, pt, em, such as `width=80%` or `height=5cm`. Per cent are of the text's width or height.",
    )
    LINK_LEFT_OUT = (
        "link-left-out",
        _W,
        "A link leads to something else than the web, an e-mail address, a DOI or a place in the text: a file, a program or a script. Its words are printed, and nothing hangs on them. Write a whole address, such as `https://example.org/page`.",
    )
    EMPTY_LINK = "empty-link", _E, "A link has no address: `[text]()`."
    HEADING_JUMP = (
        "heading-jump",
        _W,
        "A heading is more than one level below the heading before it, as when `####` follows `##`. Contents lists, bookmarks and screen readers then miss a level.",
    )
    BAD_CITATION = (
        "bad-citation",
        _E,
        "Something looks like a citation but cannot be one: the key is missing, a bracket is never closed, or a part between semicolons has no key or two. To print the characters themselves, put a backslash before the bracket or the @.",
    )
    CROSSREF_IN_BRACKETS = (
        "crossref-in-brackets",
        _E,
        "Square brackets hold cross-references, with semicolons between them, or citations: `[@fig:map; @fig:street]`, `[@li2012; @chan2010]`. Put one pair of brackets around each of the two.",
    )
    UNCLOSED_BLOCK = (
        "unclosed-block",
        _E,
        "A fenced block is opened (with ``` or :::) and never closed, so everything after it would belong to it.",
    )
    STRAY_FENCE = (
        "stray-fence",
        _E,
        "A line `:::` closes a fenced div, but none is open. Look for a closing line too many, or an opening line without its name.",
    )
    UNCLOSED_MATH = (
        "unclosed-math",
        _E,
        "A displayed formula begins with `$$` and has no second `$$` in the same paragraph.",
    )
    UNCLOSED_COMMENT = "unclosed-comment", _E, "A comment begins with `<!--` and has no `-->` after it."
    EXTRA_CELLS = (
        "extra-cells",
        _E,
        "A row of a table has more cells than its head, so the last ones have no column. Write `\\|` for an upright line that is part of a cell.",
    )
    TABLE_LAYOUT = (
        "table-layout",
        _E,
        "A table holds what cannot be printed in one, such as a heading, a picture or another table in a cell, or is drawn so that its cells cannot be told apart: borders that do not meet, text that crosses the edge of its column.",
    )
    GLOSS_WORDS = (
        "gloss-words",
        _W,
        "The lines of an interlinear gloss have not the same number of words, so that some words have nothing under them. Words that belong together stand between braces, `{the house}`.",
    )
    INLINE_IMAGE = (
        "inline-image",
        _E,
        "A picture stands inside a paragraph. Pictures are figures, with a paragraph of their own: put a blank line before and after.",
    )
    HTML_TAG = "html-tag", _W, "The text holds an HTML tag. HTML means nothing here and is printed as typed."
    UNSUPPORTED_MARKDOWN = (
        "unsupported-markdown",
        _W,
        "Something that other Markdown programs understand and this one does not, such as metadata in the middle of a text. It is printed as typed; `docs/markdown.md` says what to write instead.",
    )
    OTHER_SYNTAX = (
        "other-syntax",
        _W,
        "The text holds markup of another program: LaTeX, R Markdown, Quarto, MyST, Obsidian, Org and the like, or a layout made by hand as in a word processor. Here it is printed as it was typed. The hint says what to write; `fascicle check --fix` mends what needs no thought, and the last section of `docs/markdown.md` has a table. To print the signs themselves, put a backslash before them or write them as code.",
    )
    MISSING_BLANK_LINE = (
        "missing-blank-line",
        _W,
        "A line inside a paragraph looks like a heading, list, quotation or other block. Such blocks need a blank line before them; without it the line is text. Put a backslash before its first character if text is what you mean.",
    )
    CAPTION_WITHOUT_TABLE = (
        "caption-without-table",
        _W,
        "A paragraph looks like a table's caption (`Table: …` or `: …`), but no table stands before or after it.",
    )
    NESTED_TOO_DEEPLY = (
        "nested-too-deeply",
        _E,
        "Quotations, lists or other markup stand inside one another more often than any print can show. The innermost are printed as typed.",
    )
    RAW_LATEX_OFF = (
        "raw-latex-off",
        _W,
        "The text holds raw LaTeX, but the publication is not trusted to use it: `trust: raw-latex: true` is missing from publication.yaml, or the build was started with `--no-trust`. It is printed as text.",
    )

    MATH_COMMAND = (
        "math-command",
        _E,
        "A formula uses a command that is not among those allowed. Formulas may use LaTeX's and amsmath's mathematics, but nothing that defines commands, reads files or runs programs.",
    )
    MATH_SYNTAX = (
        "math-syntax",
        _E,
        "A formula cannot be typeset: a brace, bracket or environment is not closed, an argument is missing, or a sign stands where it has no meaning.",
    )

    # -- Citations, cross-references, labels -----------------------------------------------------------
    UNDEFINED_CITATION = (
        "undefined-citation",
        _E,
        "A citation names a key that no entry of the bibliography has.",
    )
    UNDEFINED_REFERENCE = (
        "undefined-reference",
        _E,
        "A cross-reference names a label that no heading, figure or table has.",
    )
    DUPLICATE_LABEL = (
        "duplicate-label",
        _E,
        "Two headings, figures or tables have the same label, so a cross-reference could mean either.",
    )

    # -- Bibliography ----------------------------------------------------------------------------------
    BIB_SYNTAX = (
        "bib-syntax",
        _E,
        "An entry that the text cites cannot be read at this place. The usual causes are a brace that is never closed, or a quotation mark that is missing. While nobody cites the entry, this is a warning.",
    )
    BIB_DUPLICATE_KEY = (
        "bib-duplicate-key",
        _E,
        "Two entries of the bibliography have the same key and say different things, so a citation could mean either. The message names both places. While nobody cites the key, this is a warning.",
    )
    BIB_REPEATED = (
        "bib-repeated",
        _N,
        "Two entries of the bibliography have the same key and say the same. One of them is enough.",
    )
    BIB_DUPLICATE_FIELD = (
        "bib-duplicate-field",
        _W,
        "A bibliography entry gives one field twice. The first is used, the second is lost.",
    )
    BIB_UNKNOWN_TYPE = (
        "bib-unknown-type",
        _W,
        "The word after `@` is no entry type that Fascicle knows. The entry is printed as the type that comes nearest.",
    )
    BIB_MISSING_FIELD = (
        "bib-missing-field",
        _W,
        "A cited entry lacks a field that references of its type need, such as the year or the journal. The reference is printed without it.",
    )
    BIB_MISSING_PARENT = (
        "bib-missing-parent",
        _W,
        "An entry takes fields from another one (`crossref`, `xdata`) or names it as related, and that other entry is not there. The entry is printed with its own fields alone.",
    )
    BIB_DATE = (
        "bib-date",
        _W,
        "A date of a bibliography entry cannot be read for sure, and is printed as typed. Dates are best written as year, year-month, year-month-day, or two of them joined by a slash; `?` and `~` after a date mark doubt.",
    )
    BIB_NAME = (
        "bib-name",
        _W,
        "A list of names looks wrong: people are joined by the word `and`, each as `Family, Given`; a body stands in double braces; `and others` stands for et al.",
    )
    BIB_TEX = (
        "bib-tex",
        _E,
        "A bibliography field holds a TeX command that would define, run or load something. No such command is ever run, so what it stands for would be lost.",
    )
    BIB_MARKUP = (
        "bib-markup",
        _W,
        "A bibliography field holds a command, an address or a mark that is not understood. What can be printed of it is printed as typed.",
    )
    BIB_UNTIDY = (
        "bib-untidy",
        _W,
        "Something in a bibliography file is not written as it should be: a missing comma, an entry without a key, a name that no `@string` defines. It is read as it is probably meant.",
    )
    BIB_ENCODING = (
        "bib-encoding",
        _W,
        "A bibliography file is not UTF-8. It is read in the encoding that it names, or else as Windows-1252, which Western European programs used to write; letters of other scripts would come out wrong.",
    )
    BIB_TOO_LARGE = (
        "bib-too-large",
        _E,
        "A bibliography file, or something in it, is larger or nested more deeply than any that people or reference managers write. It is not read, so that one file cannot stop a computer.",
    )
    STRAY_BIBLIOGRAPHY = (
        "stray-bibliography",
        _W,
        "The folder `bib/` holds no bibliography, but a file that looks like one lies elsewhere. Only files in `bib/`, or those that `bibliography:` names, are read.",
    )
    BIB_MADE_KEY = (
        "bib-made-key",
        _N,
        "Works of a file have no key that a citation could name, so each got one: the family name and the year, such as `smith2014`, with a letter where that is another's already.",
    )
    BIB_FORMAT = (
        "bib-format",
        _E,
        "A bibliography file is not of the kind that its name says: BibTeX or BibLaTeX in `.bib`, CSL-JSON in `.json`, CSL-YAML in `.yaml`, RIS in `.ris`.",
    )
    BIBLIOGRAPHY_REST = (
        "bibliography-rest",
        _W,
        "A work fits none of the divisions that `bibliographies` states. It is listed before them, under no title.",
    )
    BIB_UNUSED = (
        "bib-unused",
        _N,
        "The bibliography has entries that the text does not cite. They are not printed.",
    )

    # -- Figures ---------------------------------------------------------------------------------------
    PERMISSION_PENDING = (
        "permission-pending",
        _N,
        "The rights holder of a picture has not answered yet. Drafts print a placeholder plate in its place.",
    )

    MISSING_PICTURE = (
        "missing-picture",
        _E,
        "A picture that the text places is not there and the ledger does not know it. Check the path, which is relative to the project folder.",
    )
    PICTURE_AWAITED = (
        "picture-awaited",
        _W,
        "The ledger knows a picture whose file is not there. Drafts print a placeholder plate in its place; print and journal editions fail.",
    )
    CORRUPT_PICTURE = (
        "corrupt-picture",
        _E,
        "A picture cannot be read: it is damaged, empty, encrypted, or not what its file name says.",
    )
    UNKNOWN_PICTURE_FORMAT = (
        "unknown-picture-format",
        _E,
        "Pictures are PDF, PNG, JPEG, TIFF or SVG files. Save the picture in one of these formats.",
    )
    PICTURE_NOT_WHOLE = (
        "picture-not-whole",
        _E,
        "An SVG drawing takes something from outside itself: another picture, a stylesheet, a piece of another file. Nobody would see that this file belongs to the publication, and a stranger's drawing could print what it finds. Embed it in the drawing.",
    )
    HUGE_PICTURE = (
        "huge-picture",
        _E,
        "A picture has more pixels than any page can show, and typesetting it would need gigabytes of memory. Scale it down: 300 pixels an inch at printed size are enough.",
    )
    MISSING_ALT = (
        "missing-alt",
        _W,
        "A picture has no alternative text, so that readers who cannot see it miss what it shows. Give `alt:` in `figures/figures.yaml`.",
    )
    MISSING_RIGHTS = (
        "missing-rights",
        _W,
        "A picture has no entry in `figures/figures.yaml`, so nobody knows whether it may be printed.",
    )
    UNUSED_PICTURE = "unused-picture", _N, "The ledger lists a picture that the text does not place."
    PERMISSION_EXPIRED = (
        "permission-expired",
        _W,
        "The permission to print a picture has run out by the publication's date.",
    )
    SCRIPT_NOT_TRUSTED = (
        "script-not-trusted",
        _E,
        "A picture is drawn by a script, and scripts are run only when the publication says `trust: {scripts: true}` and `--no-trust` is not given.",
    )
    SCRIPT_FAILED = (
        "script-failed",
        _E,
        "The script that draws a picture ended with an error, took too long, or wrote no picture.",
    )

    MISSING_CREDIT = (
        "missing-credit",
        _W,
        "A picture that belongs to somebody else has no credit line. Give `credit:` in `figures/figures.yaml`, in the words that the holder asks for.",
    )
    PICTURE_NOT_CONVERTED = (
        "picture-not-converted",
        _E,
        "A picture's colours cannot be turned into the inks of the print edition. The reason is told; the picture can be saved in CMYK by the program that made it.",
    )
    PICTURE_FONTS = (
        "picture-fonts",
        _E,
        "A drawing was saved without its fonts, so that another font would be used in their place, on another machine yet another. Export it again with fonts embedded, or with its text turned into outlines.",
    )
    PICTURE_CHARACTERS = (
        "picture-characters",
        _W,
        "A drawing's fonts do not tell which characters its text is made of. It is printed as it looks, but this text cannot be searched, copied or read aloud; the picture's alternative text says what it shows. Programs that draw can export PDF with its characters, or SVG.",
    )
    PICTURE_LINKS = (
        "picture-links",
        _N,
        "A drawing holds links or other annotations. They are not part of the picture and do not come along.",
    )

    # -- Print -----------------------------------------------------------------------------------------
    IMPOSSIBLE_PAGE = (
        "impossible-page",
        _E,
        "The measures of a print edition do not go together: a trimmed page larger than its sheet, a bleed without room for it, or a size that no printer can use. `docs/editions.md` shows how trim, bleed and sheet belong together.",
    )
    PAPER_UNUSED = (
        "paper-unused",
        _W,
        "An edition states both the template's option `paper` and a `trim`. The trim decides the page, and the option does nothing.",
    )
    UNKNOWN_PRESET = (
        "unknown-preset",
        _E,
        "An edition names a printer's preset that neither the project's folder `templates/presets/` nor the program has.",
    )
    UNKNOWN_STANDARD = "unknown-standard", _E, "An edition names a PDF standard that Fascicle does not write."
    TAGS_LACKING = (
        "tags-lacking",
        _E,
        "The finished PDF lacks a tag for something that the text has: a heading, a list, a note, the description of a picture. A screen reader would not tell it. The place is named; what stands there in an unusual form, or raw LaTeX, is the likely cause. `tagging: off` makes the edition without tags.",
    )
    TAGS_FORGONE = (
        "tags-forgone",
        _W,
        "The edition could not be made with tags, because TeX failed on them or something lacked its tag, and was made without. A screen reader finds no headings, lists or notes in it. With `tagging: on` the build fails instead and says all that is wrong; raw LaTeX is the likely cause.",
    )
    CANNOT_TAG = (
        "cannot-tag",
        _E,
        "An edition asks for tags, which tell a screen reader what is a heading, a list or a note, and they cannot be made: the TeX that is installed is too old for it, or the edition's PDF standard is one of untagged files. With `tagging: auto` it is made without tags where it must be.",
    )
    COLOURS_NOT_ALLOWED = (
        "colours-not-allowed",
        _E,
        "An edition wants to keep RGB pictures in a standard that allows printing inks alone (PDF/X-1a).",
    )
    PAGE_COUNT = "page-count", _E, "The number of pages is one that the printer cannot bind."
    GUTTER_TOO_SMALL = (
        "gutter-too-small",
        _W,
        "The inner margin is smaller than the printer asks for at this number of pages, because the page is too narrow or the number of pages changed once more. State `gutter:` for the edition.",
    )
    DATE_NEEDED = (
        "date-needed",
        _W,
        "PDF/X asks for the day on which the file was made, and the publication states none, so that the first day of 1970 stands in its place. Give `date:` in `content/publication.yaml`.",
    )
    TRANSPARENCY = (
        "transparency",
        _E,
        "A picture is partly transparent, and the edition's standard (PDF/X-1a or X-3) allows no transparency. Save the picture without it, or use the standard x-4.",
    )

    # -- Anonymous editions ----------------------------------------------------------------------------
    AUTHOR_IN_TEXT = (
        "author-in-text",
        _E,
        'An anonymous edition is asked for, and the text itself names an author of the publication, an institution or a funder of theirs. Names stand on the title page alone; in the text write "the author". Where the word is no name (an author called Young, and young people), list it under `editions: review: not-names:`.',
    )
    SELF_REFERENCE = (
        "self-reference",
        _W,
        'The text of an anonymous edition points at its own author, as in "as I have shown elsewhere" or "in my earlier book". Reviewers then know whose book it is. Write it in the third person, as anybody else would.',
    )
    AUTHOR_IN_FILE = (
        "author-in-file",
        _E,
        "An anonymous edition was made, and the finished file still holds a string that tells who wrote it: in its text, its description, a picture or an attachment. The file was not delivered.",
    )

    # -- Journals --------------------------------------------------------------------------------------
    UNKNOWN_JOURNAL = (
        "unknown-journal",
        _E,
        "A journal is named for which neither the project's folder `templates/journals/` nor the program has a profile. `docs/journals.md` shows how to write one.",
    )
    JOURNAL_LIMIT = (
        "journal-limit",
        _E,
        "The text, its abstract, title, keywords or figures are more, or fewer, than the journal takes. `fascicle check --words` shows the length part by part; `fascicle submit JOURNAL --draft` builds the package all the same, not to be sent.",
    )
    JOURNAL_WANTS = (
        "journal-wants",
        _E,
        "The journal asks for something that the publication does not state, such as an e-mail address, an affiliation, a declaration or highlights. `docs/reference.md` says where each is stated.",
    )
    JOURNAL_CLASS = (
        "journal-class",
        _E,
        "The journal's LaTeX class is not part of TeX Live, and its licence does not allow Fascicle to bring it along. Download it from the publisher and give its folder by `--class-path`.",
    )
    JOURNAL_FIGURE = (
        "journal-figure",
        _E,
        "A figure cannot be sent to the journal as it is: it is pending, missing, or cannot be had in the format or resolution that the journal asks for.",
    )
    JOURNAL_REFERENCES = (
        "journal-references",
        _N,
        "What the journal's own BibTeX style, which words citations and list there, says of a record, or cannot do. `references.bib` in the package is what it was given.",
    )
    JOURNAL_FORMAT = (
        "journal-format",
        _E,
        "Something in the publication cannot be carried over into the format that the journal takes, or a program for that format is not installed.",
    )
    PACKAGE_UNSOUND = (
        "package-unsound",
        _E,
        "The package was unpacked in an empty folder and used as the journal would use it, and that failed: it does not compile there, a file is missing or superfluous, or its text is not the publication's. Nothing was delivered.",
    )
    SECTION_LENGTH = (
        "section-length",
        _N,
        "A section has more words than its own front matter allows (`words: max:`). Notes, captions and tables are not counted there.",
    )

    # -- Templates -------------------------------------------------------------------------------------
    UNKNOWN_TEMPLATE = (
        "unknown-template",
        _E,
        "An edition names a template that neither the project's folder `templates/` nor the program has.",
    )
    UNKNOWN_OPTION = (
        "unknown-option",
        _E,
        "An edition sets an option that its template does not have. Each template's options are listed in its `template.yaml`.",
    )
    MISSING_PARTIAL = (
        "missing-partial",
        _E,
        "A template's `template.yaml` lists a file that is neither in the project's folder of that template nor among the built-in ones.",
    )
    TEMPLATE_SYNTAX = (
        "template-syntax",
        _E,
        "A template cannot be read: one of its marks `((* … *))`, `((( … )))` or `((= … =))` is not closed, or what stands in it is not Jinja.",
    )
    TEMPLATE_NAME = (
        "template-name",
        _E,
        "A template uses a name that is not defined. Either it is misspelt, or nothing supplies it; `docs/templates.md` lists all variables.",
    )
    TEMPLATE_ERROR = (
        "template-error",
        _E,
        "A template failed while it was filled in: a calculation went wrong, a loop never ended, or something was tried that templates may not do.",
    )
    UNDECLARED_OPTION = (
        "undeclared-option",
        _E,
        "A template uses an option that its `template.yaml` does not declare, so that no edition could set it.",
    )
    UNUSED_OPTION = (
        "unused-option",
        _W,
        "A template's `template.yaml` declares an option that none of its files uses.",
    )
    UNDECLARED_PARTIAL = (
        "undeclared-partial",
        _E,
        "A template includes a file that its `template.yaml` does not list under `partials`.",
    )
    UNUSED_PARTIAL = (
        "unused-partial",
        _W,
        "A template's `template.yaml` lists a file that none of its files includes.",
    )

    # -- Fonts -----------------------------------------------------------------------------------------
    UNKNOWN_LANGUAGE = (
        "unknown-language",
        _W,
        "The publication's `language` is a sound tag, but there are no hyphenation patterns for it here: those of English are taken. A phrase in any language can be marked with `{lang=…}` all the same.",
    )
    UNTRANSLATED_WORDS = (
        "untranslated-words",
        _N,
        "The program has no words of its own in the publication's `language`: 'Figure', 'Abstract', 'References' and the like are printed in English. Dates and quotation marks are those of the language where Unicode's CLDR has them.",
    )
    MISSING_CHARACTER = (
        "missing-character",
        _E,
        "No font has a character of the text, so the PDF would have a hole in its place. Latin, Greek, Cyrillic, Han, kana and hangul are there; picture characters and rare scripts are not.",
    )

    # -- TeX -------------------------------------------------------------------------------------------
    TEX_ERROR = (
        "tex-error",
        _E,
        "TeX stopped at something that it could not understand. Where the line is one of your text, it is usually a formula or raw LaTeX; where it is a template's, the template is at fault.",
    )
    TEX_COMMAND = (
        "tex-command",
        _E,
        "TeX met a command (a word after a backslash) that nobody has defined. Usually it is misspelt, or the package that defines it is not loaded by the template.",
    )
    TEX_MATH = (
        "tex-math",
        _E,
        "A formula is not complete, or something that belongs into a formula stands outside one. Every `$` needs a partner in the same paragraph, every `\\left` a `\\right`, and a letter carries one superscript and one subscript only.",
    )
    TEX_BRACES = (
        "tex-braces",
        _E,
        "An opening brace has no closing one, or the other way round. TeX notices that late: the brace is missing at the line told or before it.",
    )
    TEX_TABLE = (
        "tex-table",
        _E,
        "A table or an alignment of formulas is broken: a row has more cells than there are columns, or `&` or a rule stands outside a table.",
    )
    TEX_MEASURE = (
        "tex-measure",
        _E,
        "A number or a length was expected and something else was found. A length is a number and a unit, such as 12pt, 3.5cm, 80mm or 1.5em.",
    )
    TEX_ENVIRONMENT = (
        "tex-environment",
        _E,
        "An environment (`\\begin{…}` … `\\end{…}`) is not defined, is not ended, or is ended by the name of another.",
    )
    TEX_LIST = (
        "tex-list",
        _E,
        "A list is broken: an item stands outside a list, a list has no item, or lists are nested too deeply.",
    )
    TEX_FLOAT = (
        "tex-float",
        _E,
        "A figure or table that moves to a free place was put where it cannot move (a note, a table cell), or too many wait for a place. Set it with `{.here}`, or move it to the text.",
    )
    TEX_DEFINITION = (
        "tex-definition",
        _E,
        "A command, counter or environment is defined twice, or redefined before it exists. That is a fault of the template.",
    )
    TEX_OPTION = (
        "tex-option",
        _E,
        "A LaTeX package does not know an option that it was given, or was loaded twice with other options. That is a fault of the template.",
    )
    TEX_FILE_MISSING = "tex-file-missing", _E, "TeX wants to read a file that is not there."
    TEX_PACKAGE_MISSING = (
        "tex-package-missing",
        _E,
        "A LaTeX package or class is not installed on this system.",
    )
    TEX_FONT_MISSING = (
        "tex-font-missing",
        _E,
        "A font is not installed on this system, or is called by a name that is not its own.",
    )
    TEX_PICTURE = (
        "tex-picture",
        _E,
        "A picture cannot be read: it is damaged, or its format is not what its name says.",
    )
    TEX_CAPACITY = (
        "tex-capacity",
        _E,
        "TeX used up one of its memories. Usually a command calls itself without end.",
    )
    TEX_NO_PAGES = "tex-no-pages", _E, "TeX ended without a fault and without a page: the text is empty."
    TEX_UNSETTLED = (
        "tex-unsettled",
        _E,
        "After the last pass allowed the page numbers or references still changed. Usually a page break moves a reference, and the reference's new width moves the break back: change the wording near it.",
    )
    TEX_TIME_LIMIT = (
        "tex-time-limit",
        _E,
        "Typesetting took longer than allowed and was stopped. Usually a command in a formula or in the template runs without end.",
    )
    TEX_OUTPUT_LIMIT = (
        "tex-output-limit",
        _E,
        "Typesetting wrote more than allowed and was stopped. Usually a command in the template makes pages without end.",
    )
    TEX_CRASHED = (
        "tex-crashed",
        _E,
        "A program of TeX ended by a fault of its own or was ended from outside, for instance because memory ran out.",
    )
    TEX_WARNING = (
        "tex-warning",
        _W,
        "LaTeX, or one of its packages, warns of something. The page was made, and is worth a look.",
    )
    FONT_SUBSTITUTED = (
        "font-substituted",
        _W,
        "A font has no bold, italic or small capitals of the kind asked for; another one was taken.",
    )
    OVERFULL_LINE = (
        "overfull-line",
        _W,
        "A line sticks out into the margin because TeX found no good place to break it. Rephrase the sentence a little, or put a soft hyphen (U+00AD) into the long word.",
    )
    OVERFULL_PAGE = (
        "overfull-page",
        _W,
        "Something on a page is higher than the page: a figure with its caption, or a table.",
    )
    UNDERFULL_PAGE = (
        "underfull-page",
        _W,
        "A page is not filled and its paragraphs are pulled apart. A figure or heading near it could not find a better place.",
    )

    # -- Proof -----------------------------------------------------------------------------------------
    UNREADABLE_PDF = (
        "unreadable-pdf",
        _E,
        "A PDF cannot be opened: it is damaged, cut off, encrypted, or not a PDF. When it is a result of a build, delete the edition's folder under build/ and build again.",
    )
    PDF_REPAIRED = (
        "pdf-repaired",
        _W,
        "A PDF does not follow the rules of its format and was read by guessing. The usual cause is a picture made by an old program: open it there and save it as PDF again.",
    )
    BAD_COLOUR_PROFILE = (
        "bad-colour-profile",
        _E,
        "The ICC profile of the output intent is missing, or is not one of a screen or a printing process.",
    )
    PDF_ACTION_DROPPED = (
        "pdf-action-dropped",
        _W,
        "A PDF held an action, such as a script or a film, that its standard forbids. It was taken out, so what it hung on does nothing now.",
    )
    ENCRYPTED_PDF = "encrypted-pdf", _E, "The file is encrypted. Archives, printers and indexes refuse it."
    ACTS_BY_ITSELF = (
        "acts-by-itself",
        _E,
        "The file starts something when it is opened, such as a script. Archives and printers refuse it.",
    )
    WRONG_PDF_VERSION = (
        "wrong-pdf-version",
        _E,
        "The file's header states another PDF version than its standard asks for.",
    )
    FONT_NOT_EMBEDDED = (
        "font-not-embedded",
        _E,
        "A font is not inside the file, so that another one would be used in its place. The usual cause is a picture that was saved without its fonts: save it again with fonts embedded.",
    )
    BITMAP_FONT = (
        "bitmap-font",
        _W,
        "A font of Type 3 is in the file. It draws letters without hints for small sizes, and some printers do not take it. The usual cause is a picture from a plotting program: in matplotlib set `pdf.fonttype` to 42.",
    )
    TEXT_WITHOUT_UNICODE = (
        "text-without-unicode",
        _E,
        "A font does not tell which characters its glyphs stand for, so that its text cannot be searched, copied or read aloud.",
    )
    BROKEN_LINK = "broken-link", _E, "A link inside the file leads to a place that is not there."
    BROKEN_BOOKMARK = "broken-bookmark", _E, "A bookmark leads to a place that is not there."
    METADATA_DIFFERS = (
        "metadata-differs",
        _E,
        "What the file says of itself (Info or XMP) is not what `content/publication.yaml` says.",
    )
    TITLE_NOT_SHOWN = (
        "title-not-shown",
        _E,
        "The file does not ask viewers to show its title in place of its file name.",
    )
    LANGUAGE_NOT_SET = (
        "language-not-set",
        _E,
        "The file does not say its language, or says another than the publication's, so that it would be read aloud wrongly.",
    )
    CLAIM_NOT_KEPT = (
        "claim-not-kept",
        _E,
        "The file claims a PDF standard without keeping one of its rules, or does not claim the one that was asked for.",
    )
    WRONG_COLOUR_SPACE = (
        "wrong-colour-space",
        _E,
        "A picture's colours are meant for another process than the file's output intent, such as a CMYK picture in a file for screens. Save the picture in the right colours.",
    )
    TEXT_DIFFERS = (
        "text-differs",
        _E,
        "A block of your text is not in the finished PDF, or reads otherwise there than you wrote it. What is missing is an error: a template is at fault, not your text; please report it. What only reads otherwise is a warning: look at the page it names; if it looks right, copying and searching alone are concerned.",
    )
    CITATION_LOST = (
        "citation-lost",
        _E,
        "A work that the text cites is not in the printed list of works, or no citation leads to it.",
    )
    FONT_NOT_SUBSET = (
        "font-not-subset",
        _W,
        "A whole font is inside the file instead of the characters used. It prints well, but the file is larger than it need be, and some licences of fonts forbid it. The usual cause is a picture: save it again with subsets of its fonts.",
    )
    WRONG_BOXES = (
        "wrong-boxes",
        _E,
        "The boxes that tell a printer where the page is cut (media, bleed and trim box) are missing, do not lie inside one another, or are not those that the edition promises.",
    )
    LOW_RESOLUTION = (
        "low-resolution",
        _W,
        "A picture has fewer pixels an inch, at the size at which it is printed, than the edition asks for. Take a larger original, or print the picture smaller. For a printer this is an error.",
    )
    TOO_MUCH_INK = (
        "too-much-ink",
        _E,
        "At some point of a page the four inks together are more than the paper can take up. The usual cause is a picture that was converted to CMYK for another process; convert it anew through the printer's own profile.",
    )
    RICH_BLACK = (
        "rich-black",
        _E,
        "Black text is made of several inks. Printed, it has coloured edges wherever the plates do not meet to a hair; text is printed with black ink alone.",
    )
    WHITE_OVERPRINT = (
        "white-overprint",
        _E,
        "Something white is set to print over what lies below it. White is no ink, so it vanishes in print.",
    )
    ANNOTATIONS = (
        "annotations",
        _E,
        "A page holds a link, a note or a form field, which a printer's standard forbids on the printed page.",
    )
    BOOKMARKS = "bookmarks", _E, "The file has bookmarks, which its printer refuses."
    NOT_FOR_PRINT = (
        "not-for-print",
        _E,
        "The file holds something that its standard for print forbids, or lacks something that it asks for.",
    )
    BLANK_PAGE = "blank-page", _W, "A page is empty."
    FILE_TOO_LARGE = (
        "file-too-large",
        _E,
        "The file is larger than the edition promises. Pictures are the usual cause: 300 pixels an inch at printed size are enough.",
    )
    UNSOUND_PDF = (
        "unsound-pdf",
        _E,
        "A program that checks the structure of PDF files found a fault in this one.",
    )
    BROKEN_PAGE_LABELS = (
        "broken-page-labels",
        _E,
        "The page numbers that viewers show do not begin at the first page or are out of order.",
    )

    # -- Word, JATS, HTML and EPUB ---------------------------------------------------------------------
    RAW_LATEX_LOST = (
        "raw-latex-lost",
        _E,
        "Raw LaTeX stands in the text, and Word, JATS, HTML and EPUB cannot hold it: it would be lost silently. Write it in Markdown, or leave the section out of this edition with `editions:` in its front matter.",
    )
    FORMULA_NOT_CONVERTED = (
        "formula-not-converted",
        _E,
        "A formula uses something that pandoc cannot turn into a formula of Word or of MathML, so that its LaTeX would be printed. Write it with simpler commands.",
    )
    UNKNOWN_CITATION_STYLE = (
        "unknown-citation-style",
        _E,
        "A citation style is named that is not there, or its file cannot be used. `fascicle styles WORD` looks for a style by name.",
    )
    LOCATOR_LEFT_OUT = (
        "locator-left-out",
        _N,
        "Citations name pages or other places in a work, and the citation style prints none, as many styles of numbers do.",
    )
    CITATION_EMPTY = (
        "citation-empty",
        _W,
        "The citation style prints nothing at all where a work is cited: it has no form for a record with so little in it.",
    )
    CITATION_LANGUAGE = (
        "citation-language",
        _N,
        "Citation styles have no words in the publication's language, so that those which they add to your records, such as 'edited by', are English.",
    )
    CONVERSION_FAILED = (
        "conversion-failed",
        _E,
        "pandoc, which writes Word documents, JATS and the formulas of HTML, failed. This is a fault of the program and not of your text.",
    )
    WORD_INCOMPLETE = (
        "word-incomplete",
        _E,
        "A Word document was made, opened again, and something that the text has is not in it. The file was not delivered.",
    )
    PAGE_INCOMPLETE = (
        "page-incomplete",
        _E,
        "HTML or an EPUB was made, opened again, and something that the text has is not in it. The files were not delivered. A template of the project's own may leave it out.",
    )
    PAGE_UNSOUND = (
        "page-unsound",
        _W,
        "HTML or an EPUB was made, opened again, and a link in it leads nowhere, a name stands in it twice, or a picture has no alternative text.",
    )
    NO_SUCH_VERSION = (
        "no-such-version",
        _E,
        "A version that `fascicle redline` was asked for is not there: it is neither a folder with a publication in it nor a revision that git knows.",
    )
    VERSION_FAULTY = (
        "version-faulty",
        _W,
        "One of the versions compared has an error of its own, which is told with it. The comparison was made as far as the text goes.",
    )
    REDLINE_UNPROVED = (
        "redline-unproved",
        _E,
        "A redline was made and read again, and accepting all of its changes did not give the new version, or rejecting them not the old one. It was not delivered. Please report it with the two versions.",
    )

    LIMIT_REACHED = (
        "limit-reached",
        _E,
        "A publication without trust needed more time or memory than one may take, and was stopped; others go on. `docs/security.md` has the limits, and how they are set.",
    )

    # -- Surroundings ----------------------------------------------------------------------------------
    DISK_FULL = (
        "disk-full",
        _E,
        "There is no room left on the disk, or your share of it is used up. The last good result is still there.",
    )
    NOT_WRITABLE = (
        "not-writable",
        _E,
        "A folder cannot be written: the build folder, or the folder for the font cache. Look at its permissions, or whether its disk is mounted read-only.",
    )
    BUILD_LOCKED = (
        "build-locked",
        _E,
        "Another build of the same edition is running and did not end in time. Wait for it, or end it.",
    )
    PROGRAM_FAULT = (
        "program-fault",
        _E,
        "Fascicle itself failed, or was ended from outside, while it made this edition. Your text is not to blame. The last good result is still there.",
    )
    TOOL_MISSING = (
        "tool-missing",
        _E,
        "A program that this build needs is not installed. `fascicle doctor` lists what is missing and the command that brings it.",
    )


SURROUNDINGS = frozenset(
    {Code.TOOL_MISSING, Code.DISK_FULL, Code.NOT_WRITABLE, Code.BUILD_LOCKED, Code.PROGRAM_FAULT}
)
"""Codes that blame the machine and not the publication: exit status 3."""

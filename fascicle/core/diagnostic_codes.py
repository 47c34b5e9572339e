"""Every kind of diagnostic: its name, and how bad it is."""

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
    """A kind of diagnostic. The value is its public name; `explanations.yaml` has what it means."""

    severity: Severity

    def __new__(cls, value: str, severity: Severity) -> Code:
        """Make one member from its name and usual severity."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.severity = severity
        return member

    # -- Reading the project ---------------------------------------------------------------------------
    MISSING_FILE = "missing-file", _E
    UNREADABLE_FILE = "unreadable-file", _E
    TOO_LARGE_FILE = "too-large-file", _E
    ODD_FILE_NAME = "odd-file-name", _E
    NOT_UTF8 = "not-utf8", _E
    PATH_OUTSIDE = "path-outside", _E
    YAML_SYNTAX = "yaml-syntax", _E
    DUPLICATE_KEY = "duplicate-key", _E
    UNKNOWN_KEY = "unknown-key", _E
    MISSING_KEY = "missing-key", _E
    WRONG_VALUE = "wrong-value", _E
    NO_SECTIONS = "no-sections", _E
    MISSING_FRONT_MATTER = "missing-front-matter", _E
    LEFT_OUT_SECTION = "left-out-section", _W
    COPIED_SECTION = "copied-section", _W
    STARTER_NAME = "starter-name", _N
    TRUST_WITHHELD = "trust-withheld", _N
    FOREIGN_BUILD = "foreign-build", _E
    MERGE_CONFLICT = "merge-conflict", _E
    DUPLICATE_SECTION = "duplicate-section", _E

    # -- Markdown --------------------------------------------------------------------------------------
    CONTROL_CHARACTER = "control-character", _E
    UNDEFINED_NOTE = "undefined-footnote", _E
    UNUSED_NOTE = "unused-footnote", _W
    DUPLICATE_NOTE = "duplicate-footnote", _E
    UNCLOSED_NOTE = "unclosed-footnote", _E
    NESTED_NOTE = "nested-footnote", _E
    UNKNOWN_ATTRIBUTE = "unknown-attribute", _E
    BAD_ATTRIBUTES = "bad-attributes", _E
    BAD_MEASURE = "bad-measure", _E
    LINK_LEFT_OUT = "link-left-out", _W
    EMPTY_LINK = "empty-link", _E
    HEADING_JUMP = "heading-jump", _W
    BAD_CITATION = "bad-citation", _E
    CROSSREF_IN_BRACKETS = "crossref-in-brackets", _E
    UNCLOSED_BLOCK = "unclosed-block", _E
    STRAY_FENCE = "stray-fence", _E
    UNCLOSED_MATH = "unclosed-math", _E
    UNCLOSED_COMMENT = "unclosed-comment", _E
    EXTRA_CELLS = "extra-cells", _E
    TABLE_LAYOUT = "table-layout", _E
    GLOSS_WORDS = "gloss-words", _W
    INLINE_IMAGE = "inline-image", _E
    HTML_TAG = "html-tag", _W
    UNSUPPORTED_MARKDOWN = "unsupported-markdown", _W
    OTHER_SYNTAX = "other-syntax", _W
    MISSING_BLANK_LINE = "missing-blank-line", _W
    CAPTION_WITHOUT_TABLE = "caption-without-table", _W
    NESTED_TOO_DEEPLY = "nested-too-deeply", _E
    RAW_LATEX_OFF = "raw-latex-off", _W

    MATH_COMMAND = "math-command", _E
    MATH_SYNTAX = "math-syntax", _E

    # -- Citations, cross-references, labels -----------------------------------------------------------
    UNDEFINED_CITATION = "undefined-citation", _E
    UNDEFINED_REFERENCE = "undefined-reference", _E
    DUPLICATE_LABEL = "duplicate-label", _E

    # -- Bibliography ----------------------------------------------------------------------------------
    BIB_SYNTAX = "bib-syntax", _E
    BIB_DUPLICATE_KEY = "bib-duplicate-key", _E
    BIB_REPEATED = "bib-repeated", _N
    BIB_DUPLICATE_FIELD = "bib-duplicate-field", _W
    BIB_UNKNOWN_TYPE = "bib-unknown-type", _W
    BIB_MISSING_FIELD = "bib-missing-field", _W
    BIB_MISSING_PARENT = "bib-missing-parent", _W
    BIB_DATE = "bib-date", _W
    BIB_NAME = "bib-name", _W
    BIB_TEX = "bib-tex", _E
    BIB_MARKUP = "bib-markup", _W
    BIB_UNTIDY = "bib-untidy", _W
    BIB_ENCODING = "bib-encoding", _W
    BIB_TOO_LARGE = "bib-too-large", _E
    STRAY_BIBLIOGRAPHY = "stray-bibliography", _W
    BIB_MADE_KEY = "bib-made-key", _N
    BIB_FORMAT = "bib-format", _E
    BIBLIOGRAPHY_REST = "bibliography-rest", _W
    BIB_UNUSED = "bib-unused", _N

    # -- Figures ---------------------------------------------------------------------------------------
    PERMISSION_PENDING = "permission-pending", _N

    MISSING_PICTURE = "missing-picture", _E
    PICTURE_AWAITED = "picture-awaited", _W
    CORRUPT_PICTURE = "corrupt-picture", _E
    UNKNOWN_PICTURE_FORMAT = "unknown-picture-format", _E
    PICTURE_NOT_WHOLE = "picture-not-whole", _E
    HUGE_PICTURE = "huge-picture", _E
    MISSING_ALT = "missing-alt", _W
    POOR_ALT = "poor-alt", _W
    MISSING_RIGHTS = "missing-rights", _W
    UNUSED_PICTURE = "unused-picture", _N
    PERMISSION_EXPIRED = "permission-expired", _W
    SCRIPT_NOT_TRUSTED = "script-not-trusted", _E
    SCRIPT_FAILED = "script-failed", _E

    MISSING_CREDIT = "missing-credit", _W
    PICTURE_NOT_CONVERTED = "picture-not-converted", _E
    PICTURE_FONTS = "picture-fonts", _E
    PICTURE_CHARACTERS = "picture-characters", _W
    PICTURE_LINKS = "picture-links", _N

    # -- Print -----------------------------------------------------------------------------------------
    IMPOSSIBLE_PAGE = "impossible-page", _E
    PAPER_UNUSED = "paper-unused", _W
    UNKNOWN_PRESET = "unknown-preset", _E
    UNKNOWN_STANDARD = "unknown-standard", _E
    TAGS_LACKING = "tags-lacking", _E
    TAGS_FORGONE = "tags-forgone", _W
    CANNOT_TAG = "cannot-tag", _E
    COLOURS_NOT_ALLOWED = "colours-not-allowed", _E
    PAGE_COUNT = "page-count", _E
    GUTTER_TOO_SMALL = "gutter-too-small", _W
    DATE_NEEDED = "date-needed", _W
    TRANSPARENCY = "transparency", _E

    # -- Anonymous editions ----------------------------------------------------------------------------
    AUTHOR_IN_TEXT = "author-in-text", _E
    SELF_REFERENCE = "self-reference", _W
    AUTHOR_IN_FILE = "author-in-file", _E

    # -- Journals --------------------------------------------------------------------------------------
    UNKNOWN_JOURNAL = "unknown-journal", _E
    JOURNAL_LIMIT = "journal-limit", _E
    JOURNAL_WANTS = "journal-wants", _E
    JOURNAL_CLASS = "journal-class", _E
    JOURNAL_FIGURE = "journal-figure", _E
    JOURNAL_REFERENCES = "journal-references", _N
    JOURNAL_FORMAT = "journal-format", _E
    PACKAGE_UNSOUND = "package-unsound", _E
    SECTION_LENGTH = "section-length", _N

    # -- Templates -------------------------------------------------------------------------------------
    UNKNOWN_TEMPLATE = "unknown-template", _E
    UNKNOWN_OPTION = "unknown-option", _E
    MISSING_PARTIAL = "missing-partial", _E
    TEMPLATE_SYNTAX = "template-syntax", _E
    TEMPLATE_NAME = "template-name", _E
    TEMPLATE_ERROR = "template-error", _E
    UNDECLARED_OPTION = "undeclared-option", _E
    UNUSED_OPTION = "unused-option", _W
    UNDECLARED_PARTIAL = "undeclared-partial", _E
    UNUSED_PARTIAL = "unused-partial", _W

    # -- Fonts -----------------------------------------------------------------------------------------
    UNKNOWN_LANGUAGE = "unknown-language", _W
    UNTRANSLATED_WORDS = "untranslated-words", _N
    MISSING_CHARACTER = "missing-character", _E

    # -- TeX -------------------------------------------------------------------------------------------
    TEX_ERROR = "tex-error", _E
    TEX_COMMAND = "tex-command", _E
    TEX_MATH = "tex-math", _E
    TEX_BRACES = "tex-braces", _E
    TEX_TABLE = "tex-table", _E
    TEX_MEASURE = "tex-measure", _E
    TEX_ENVIRONMENT = "tex-environment", _E
    TEX_LIST = "tex-list", _E
    TEX_FLOAT = "tex-float", _E
    TEX_DEFINITION = "tex-definition", _E
    TEX_OPTION = "tex-option", _E
    TEX_FILE_MISSING = "tex-file-missing", _E
    TEX_PACKAGE_MISSING = "tex-package-missing", _E
    TEX_FONT_MISSING = "tex-font-missing", _E
    TEX_PICTURE = "tex-picture", _E
    TEX_CAPACITY = "tex-capacity", _E
    TEX_NO_PAGES = "tex-no-pages", _E
    TEX_UNSETTLED = "tex-unsettled", _E
    TEX_TIME_LIMIT = "tex-time-limit", _E
    TEX_OUTPUT_LIMIT = "tex-output-limit", _E
    TEX_CRASHED = "tex-crashed", _E
    TEX_WARNING = "tex-warning", _W
    FONT_SUBSTITUTED = "font-substituted", _W
    OVERFULL_LINE = "overfull-line", _W
    OVERFULL_PAGE = "overfull-page", _W
    UNDERFULL_PAGE = "underfull-page", _W

    # -- Proof -----------------------------------------------------------------------------------------
    UNREADABLE_PDF = "unreadable-pdf", _E
    PDF_REPAIRED = "pdf-repaired", _W
    BAD_COLOUR_PROFILE = "bad-colour-profile", _E
    PDF_ACTION_DROPPED = "pdf-action-dropped", _W
    ENCRYPTED_PDF = "encrypted-pdf", _E
    ACTS_BY_ITSELF = "acts-by-itself", _E
    WRONG_PDF_VERSION = "wrong-pdf-version", _E
    FONT_NOT_EMBEDDED = "font-not-embedded", _E
    BITMAP_FONT = "bitmap-font", _W
    TEXT_WITHOUT_UNICODE = "text-without-unicode", _E
    BROKEN_LINK = "broken-link", _E
    BROKEN_BOOKMARK = "broken-bookmark", _E
    METADATA_DIFFERS = "metadata-differs", _E
    TITLE_NOT_SHOWN = "title-not-shown", _E
    LANGUAGE_NOT_SET = "language-not-set", _E
    CLAIM_NOT_KEPT = "claim-not-kept", _E
    WRONG_COLOUR_SPACE = "wrong-colour-space", _E
    TEXT_DIFFERS = "text-differs", _E
    CITATION_LOST = "citation-lost", _E
    FONT_NOT_SUBSET = "font-not-subset", _W
    WRONG_BOXES = "wrong-boxes", _E
    LOW_RESOLUTION = "low-resolution", _W
    TOO_MUCH_INK = "too-much-ink", _E
    RICH_BLACK = "rich-black", _E
    WHITE_OVERPRINT = "white-overprint", _E
    ANNOTATIONS = "annotations", _E
    BOOKMARKS = "bookmarks", _E
    NOT_FOR_PRINT = "not-for-print", _E
    BLANK_PAGE = "blank-page", _W
    FILE_TOO_LARGE = "file-too-large", _E
    UNSOUND_PDF = "unsound-pdf", _E
    BROKEN_PAGE_LABELS = "broken-page-labels", _E

    # -- Word, JATS, HTML and EPUB ---------------------------------------------------------------------
    RAW_LATEX_LOST = "raw-latex-lost", _E
    FORMULA_NOT_CONVERTED = "formula-not-converted", _W
    UNKNOWN_CITATION_STYLE = "unknown-citation-style", _E
    LOCATOR_LEFT_OUT = "locator-left-out", _N
    CITATION_EMPTY = "citation-empty", _W
    CITATION_LANGUAGE = "citation-language", _N
    CONVERSION_FAILED = "conversion-failed", _E
    WORD_INCOMPLETE = "word-incomplete", _E
    PAGE_INCOMPLETE = "page-incomplete", _E
    PAGE_UNSOUND = "page-unsound", _W
    NO_SUCH_VERSION = "no-such-version", _E
    VERSION_FAULTY = "version-faulty", _W
    REDLINE_UNPROVED = "redline-unproved", _E
    RECORD_LEFT_OUT = "record-left-out", _W
    UNREADABLE_WORD = "unreadable-word", _E
    WORD_UNPLACED = "word-unplaced", _W
    WORD_CONFLICT = "word-conflict", _E
    WORD_COMMENT = "word-comment", _N

    LIMIT_REACHED = "limit-reached", _E

    # -- Collections -----------------------------------------------------------------------------------
    ARTICLE_MISSING = "article-missing", _E
    ARTICLE_TWICE = "article-twice", _E
    ARTICLE_FAILED = "article-failed", _E
    ARTICLE_DIFFERS = "article-differs", _W
    COLLECTION_CIRCLE = "collection-circle", _E
    DUPLICATE_DOI = "duplicate-doi", _E
    PAGES_OVERLAP = "pages-overlap", _E
    PAGES_UNSETTLED = "pages-unsettled", _E
    OUTPUTS_DISAGREE = "outputs-disagree", _E

    # -- Surroundings ----------------------------------------------------------------------------------
    DISK_FULL = "disk-full", _E
    NOT_WRITABLE = "not-writable", _E
    BUILD_LOCKED = "build-locked", _E
    PROGRAM_FAULT = "program-fault", _E
    TOOL_MISSING = "tool-missing", _E
    CLUSTER_UNUSABLE = "cluster-unusable", _E


SURROUNDINGS = frozenset(
    {Code.TOOL_MISSING, Code.DISK_FULL, Code.NOT_WRITABLE, Code.BUILD_LOCKED, Code.PROGRAM_FAULT, Code.CLUSTER_UNUSABLE}
)
"""Codes that blame the machine and not the publication: exit status 3."""

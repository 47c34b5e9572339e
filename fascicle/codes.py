"""Every kind of diagnostic: its name, how bad it is, and the explanation that `fascicle explain` prints."""

from __future__ import annotations

from enum import StrEnum

from fascicle.diagnostics import Severity

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
    MISSING_FILE = "missing-file", _E, "A file that the publication names is not there. Check the spelling of its path, relative to the project folder."
    UNREADABLE_FILE = "unreadable-file", _E, "A file is there but cannot be read: look at its permissions, and whether it is a folder."
    NOT_UTF8 = "not-utf8", _E, "A text file is not UTF-8. Save it again with the encoding UTF-8 (every modern editor can)."
    PATH_OUTSIDE = "path-outside", _E, "A path leads out of the project folder. Everything a publication is built from lives inside it, so that it can be moved and archived as one."
    YAML_SYNTAX = "yaml-syntax", _E, "The YAML cannot be read. The usual causes are a tab used for indentation, a missing space after a colon, or a colon inside a text without quotes."
    DUPLICATE_KEY = "duplicate-key", _E, "A YAML key stands twice in one mapping; one of the two would be lost silently."
    UNKNOWN_KEY = "unknown-key", _E, "A key that Fascicle does not know, most often a misspelling. `docs/reference.md` lists every key."
    MISSING_KEY = "missing-key", _E, "A key that must be given is not there."
    WRONG_VALUE = "wrong-value", _E, "A value is of the wrong kind, or not one of those allowed."
    NO_SECTIONS = "no-sections", _E, "The publication has no section files: put Markdown files into `content/`."
    MISSING_FRONT_MATTER = "missing-front-matter", _E, "A section file does not begin with front matter: a line `---`, keys such as `title: …`, and a line `---`."
    DUPLICATE_SECTION = "duplicate-section", _E, "The list `sections:` names a file twice."

    # -- Markdown --------------------------------------------------------------------------------------

    # -- Citations, cross-references, labels -----------------------------------------------------------
    UNDEFINED_CITATION = "undefined-citation", _E, "A citation names a key that no entry of the bibliography has."
    UNDEFINED_REFERENCE = "undefined-reference", _E, "A cross-reference names a label that no heading, figure or table has."
    DUPLICATE_LABEL = "duplicate-label", _E, "Two headings, figures or tables have the same label, so a cross-reference could mean either."

    # -- Bibliography ----------------------------------------------------------------------------------

    # -- Figures ---------------------------------------------------------------------------------------
    PERMISSION_PENDING = "permission-pending", _N, "The rights holder of a picture has not answered yet. Drafts print a placeholder plate in its place."

    # -- Templates -------------------------------------------------------------------------------------

    # -- TeX -------------------------------------------------------------------------------------------

    # -- Surroundings ----------------------------------------------------------------------------------

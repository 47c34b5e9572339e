"""Names of the commands."""

GROUPS = {
    "Begin": ("new", "import"),
    "Write": ("check", "build", "watch", "clean"),
    "With others": ("redline", "merge"),
    "Hand on": ("submit", "preflight", "cite", "collection"),
    "Look up": ("doctor", "explain", "help", "list", "schema", "styles"),
    "Shells and editors": ("completion", "lsp"),
}
"""Names of the commands, in the order in which the help shows them.

Each is a module of `fascicle.cli.commands` with a command of its own name, imported when called. A name that Python has
taken already has an underscore after it there."""
COMMANDS = tuple(sorted(name for names in GROUPS.values() for name in names))
LOOKUP = ("completion", "explain", "help", "list", "schema", "styles")
"""Those whose modules stand in `fascicle.cli.commands.lookup`."""
EVERYWHERE = (
    "check",
    "cite",
    "clean",
    "completion",
    "explain",
    "help",
    "import",
    "list",
    "lsp",
    "new",
    "schema",
    "styles",
)
"""Those that work on Windows, too."""

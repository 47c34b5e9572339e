"""What a collector keeps when a text has thousands of equal faults."""

from __future__ import annotations

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import MOST_HINTS, MOST_OF_A_KIND, Collector, Severity, Span, counted


def crowded(more: int) -> Collector:
    """A collector with so many more than are kept."""
    problems = Collector()
    for number in range(MOST_OF_A_KIND + more):
        problems.add(Code.UNKNOWN_KEY, f"unknown key 'k{number}'", Span("a.yaml", number + 1))
    return problems


def test_equal_faults_are_listed_up_to_a_number() -> None:
    """How many more there are stands in a line, at the first that is not listed."""
    *kept, rest = crowded(7)
    assert len(kept) == MOST_OF_A_KIND
    assert rest.message == "7 more of this kind are not listed"
    assert rest.span == Span("a.yaml", MOST_OF_A_KIND + 1)
    assert counted(crowded(7)) == f"{MOST_OF_A_KIND + 7} errors"


def test_repeats_do_not_count() -> None:
    """The same fault told twice is one."""
    problems = crowded(1)
    problems.extend(list(crowded(1))[:-1])
    problems.add(Code.UNKNOWN_KEY, f"unknown key 'k{MOST_OF_A_KIND}'", Span("a.yaml", MOST_OF_A_KIND + 1))
    assert [found.stands_for for found in problems if found.stands_for] == [1]


def test_other_files_and_codes_have_their_own_place() -> None:
    """A crowd hides nothing else."""
    problems = crowded(5)
    problems.add(Code.UNKNOWN_KEY, "unknown key 'x'", Span("b.yaml"))
    problems.add(Code.WRONG_VALUE, "wrong", Span("a.yaml"))
    assert {"unknown key 'x'", "wrong"} <= {found.message for found in problems}


def test_the_number_goes_along() -> None:
    """What stands for many does so in the next collector too."""
    strict = crowded(9).with_warnings_as_errors()
    gathered = Collector()
    gathered.extend(strict.sorted())
    assert [found.stands_for for found in gathered if found.stands_for] == [9]
    assert all(found.severity is Severity.ERROR for found in gathered)


def test_hints_are_looked_for_at_first_alone() -> None:
    """Misspelt words are compared with all others only while somebody may read what comes of it."""
    problems = Collector()
    for number in range(MOST_HINTS):
        assert problems.wants_hint(Code.UNKNOWN_KEY)
        problems.add(Code.UNKNOWN_KEY, f"unknown key 'k{number}'")
    assert not problems.wants_hint(Code.UNKNOWN_KEY)
    assert problems.wants_hint(Code.UNDEFINED_REFERENCE)

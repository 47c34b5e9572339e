"""Names of one person, however they are written, and of two."""

from __future__ import annotations

import pytest

from fascicle.document.anonymity.name_matching import Person, same_person

JEAN_LUC = Person("Godard", "Jean-Luc P.")
SMITH = Person("Smith", "John", "ジョン スミス")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (JEAN_LUC, Person("Godard", "JeanLuc Pierre"), True),
        (JEAN_LUC, Person("GODARD", "J.-L."), True),
        (JEAN_LUC, Person("Godard", "J.-L. P."), True),
        (JEAN_LUC, Person("Godard", "J.-P. P."), False),
        (JEAN_LUC, Person("Godard", "Jean"), False),
        (JEAN_LUC, Person("Godard", "Jean-Luc Q."), False),
        (JEAN_LUC, Person("Godard"), False),
        (Person("Müller", "A."), Person("Mueller", "Anna"), True),
        (Person("Øst", "Ann"), Person("Ost", "Ann"), True),
        (Person("Li", "Na", "李娜"), Person("李娜"), True),
        (Person("Li", "Na"), Person("李娜"), False),
    ],
)
def test_one_person_or_two(one: Person, two: Person, same: bool) -> None:
    assert same_person(one, two) is same
    assert same_person(two, one) is same


@pytest.mark.parametrize(
    ("person", "names"),
    [
        (SMITH, ["John Smith", "Smith John", "ジョン スミス"]),
        (
            Person("Chekhov", "Anton", "Антон Чехов"),
            ["Anton Chekhov", "Chekhov Anton", "Антон Чехов", "Чехов Антон", "Чехов Антон"],
        ),
        (Person("Centre for Wolves"), ["Centre for Wolves"]),
    ],
)
def test_a_name_turned_round(person: Person, names: list[str]) -> None:
    assert list(person.whole()) == names

"""Names of one person, however they are written, and of two."""

from __future__ import annotations

import pytest

from fascicle.document.anonymity.name_matching import NamedPerson, same_person

JEAN_LUC = NamedPerson("Godard", "Jean-Luc P.")
SMITH = NamedPerson("Smith", "John", "ジョン スミス")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (JEAN_LUC, NamedPerson("Godard", "JeanLuc Pierre"), True),
        (JEAN_LUC, NamedPerson("GODARD", "J.-L."), True),
        (JEAN_LUC, NamedPerson("Godard", "J.-L. P."), True),
        (JEAN_LUC, NamedPerson("Godard", "J.-P. P."), False),
        (JEAN_LUC, NamedPerson("Godard", "Jean"), False),
        (JEAN_LUC, NamedPerson("Godard", "Jean-Luc Q."), False),
        (JEAN_LUC, NamedPerson("Godard"), False),
        (NamedPerson("Müller", "A."), NamedPerson("Mueller", "Anna"), True),
        (NamedPerson("Øst", "Ann"), NamedPerson("Ost", "Ann"), True),
        (NamedPerson("Li", "Na", "李娜"), NamedPerson("李娜"), True),
        (NamedPerson("Li", "Na"), NamedPerson("李娜"), False),
    ],
)
def test_one_person_or_two(one: NamedPerson, two: NamedPerson, same: bool) -> None:
    assert same_person(one, two) is same
    assert same_person(two, one) is same


@pytest.mark.parametrize(
    ("person", "names"),
    [
        (SMITH, ["John Smith", "Smith John", "ジョン スミス"]),
        (
            NamedPerson("Chekhov", "Anton", "Антон Чехов"),
            ["Anton Chekhov", "Chekhov Anton", "Антон Чехов", "Чехов Антон", "Чехов Антон"],
        ),
        (NamedPerson("Centre for Wolves"), ["Centre for Wolves"]),
    ],
)
def test_a_name_turned_round(person: NamedPerson, names: list[str]) -> None:
    assert list(person.whole()) == names

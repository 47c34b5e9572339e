"""The pages of named places in a PDF, as their labels number them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fascicle.pdf.reading.inspection import Inspection


def labels_of_places(pdf: Path, names: Iterable[str]) -> dict[str, str]:
    """Label of the page of each place, by its name; places that the file has not are left out."""
    reader = Inspection(pdf).reader
    labels, found = reader.page_labels, {}
    places = {str(name): place for name, place in reader.named_destinations.items()}
    for name in names:
        number = reader.get_destination_page_number(places[name]) if name in places else None
        if number is not None and number >= 0:
            found[name] = labels[number]
    return found

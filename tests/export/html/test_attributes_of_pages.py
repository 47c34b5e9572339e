"""Values of attributes in pages."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from fascicle.export.html.compose import as_html


def test_no_tag_stands_in_an_attribute() -> None:
    node = Element("a", {"title": '<script> " &'})
    assert as_html([node]) == '<a title="&lt;script&gt; &quot; &amp;"></a>'
    assert node.get("title") == '<script> " &'

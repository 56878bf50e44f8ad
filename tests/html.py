"""HTML as an element tree. Lexbor, which is written in C, takes a tenth of html5lib's time for the same tree."""

from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser


def parse(html):
    """The root of a whole page, as browsers understand it. Comments are left out."""
    return _element(LexborHTMLParser(html).root)


def _element(node):
    element, last = Element(node.tag, {name: value or "" for name, value in node.attributes.items()}), None
    for child in node.iter(include_text=True):
        if child.is_element_node:
            last = _element(child)
            element.append(last)
        elif child.is_text_node and last is None:
            element.text = (element.text or "") + child.text_content
        elif child.is_text_node:
            last.tail = (last.tail or "") + child.text_content
    return element

"""A page as a printer gets it: its words, and the codes on it."""

import pypdfium2
import zxingcpp

POINTS_PER_MM = 72 / 25.4


class Print:
    """The open page printed on one kind of paper."""

    def __init__(self, page, paper):
        made = page.pdf(format=paper, prefer_css_page_size=True, print_background=True)
        self._document = pypdfium2.PdfDocument(made)

    def __len__(self):
        return len(self._document)

    def words(self, number):
        """The words of a page, white space folded."""
        return " ".join(self._document[number].get_textpage().get_text_bounded().split())

    def codes(self, number):
        """What the QR codes on a page say, at the sharpness of an ordinary printer."""
        picture = self._document[number].render(scale=2, grayscale=True)
        dots = memoryview(picture.buffer).cast("B").cast("B", shape=(picture.height, picture.stride))
        return [code.text for code in zxingcpp.read_barcodes(dots)]

    def margins(self, number):
        """How far the words of a page keep from its left, bottom, right and top edge, in millimeters."""
        page = self._document[number]
        text = page.get_textpage()
        width, height = page.get_size()
        boxes = [text.get_rect(each) for each in range(text.count_rects())]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        return [round(each / POINTS_PER_MM, 1) for each in (left, bottom, width - right, height - top)]

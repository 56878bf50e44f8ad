"""A page as a printer gets it: its words, the codes on it, and how much room is left."""

import pypdfium2
import zxingcpp
from PIL import ImageOps

PAPERS = ["A4", "Letter"]
POINTS_PER_MM = 72 / 25.4

# Another version of a browser, or wider letters, takes more room. So this share of a sheet's height stays free, with
# the widest letters that readers are likely to have: DejaVu, which Chromium finds here.
SPARE = 0.04

# The margin below a sheet in millimeters: that of the kind of page that the body names, or that of every page.
MARGIN_BELOW = """() => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const pages = rules.filter((rule) => rule instanceof CSSPageRule);
    const margin = (name) => pages.find((rule) => rule.selectorText === name)?.style.marginBottom;
    return parseFloat(margin(getComputedStyle(document.body).page) ?? margin(""));
}"""


def qr_codes(picture):
    """The QR codes in a picture. Other kinds are not asked for: lines of a print can look like a bar code."""
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


class Print:
    """The open page printed on one kind of paper."""

    def __init__(self, page, paper):
        made = page.pdf(format=paper, prefer_css_page_size=True, print_background=True)
        self._document = pypdfium2.PdfDocument(made)
        page.emulate_media(media="print")
        self._margin = page.evaluate(MARGIN_BELOW) * POINTS_PER_MM
        page.emulate_media(media="null")

    def __len__(self):
        return len(self._document)

    def is_upright(self, number):
        width, height = self._document[number].get_size()
        return width < height

    def free(self, number):
        """The share of a page's height that is free between its lowest ink and the margin below."""
        page = self._document[number]
        picture = page.render(grayscale=True).to_pil()
        lowest = ImageOps.invert(picture).getbbox()[3]
        return round(1 - lowest / picture.height - self._margin / page.get_height(), 3)

    def tight(self):
        """What is free on each page with less room than SPARE, by its number."""
        free = {number: self.free(number) for number in range(len(self))}
        return {number: share for number, share in free.items() if share < SPARE}

    def words(self, number):
        """The words of a page, white space folded."""
        return " ".join(self._document[number].get_textpage().get_text_bounded().split())

    def codes(self, number):
        """What the QR codes on a page say, at the sharpness of an ordinary printer."""
        picture = self._document[number].render(scale=2, grayscale=True)
        dots = memoryview(picture.buffer).cast("B").cast("B", shape=(picture.height, picture.stride))
        return [code.text for code in qr_codes(dots)]

    def margins(self, number):
        """How far the words of a page keep from its left, bottom, right and top edge, in millimeters."""
        page = self._document[number]
        text = page.get_textpage()
        width, height = page.get_size()
        boxes = [text.get_rect(each) for each in range(text.count_rects())]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        return [round(each / POINTS_PER_MM, 1) for each in (left, bottom, width - right, height - top)]

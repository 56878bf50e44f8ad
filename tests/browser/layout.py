"""What sticks out of an open page, is too small to hit, or covers the header. Each answer is a list of sentences."""

# Text and controls beyond the sides of the window. What stands in a box that scrolls by itself is fine, and so is
# what is hidden on purpose. The width of the document is no use alone: a band cuts off what sticks out of it.
STICKS_OUT = """
() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const counts = (element) => {
    if (!element.checkVisibility({visibilityProperty: true})) return false;
    for (let each = element; each; each = each.parentElement) {
      if (getComputedStyle(each).clipPath !== "none") return false;
      if (each !== element && scrolls(each)) return false;
    }
    return true;
  };
  const parts = [...document.querySelectorAll("a, button, input, select, svg, table")].map((element) => [
    element, element.getBoundingClientRect(), element.outerHTML
  ]);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    parts.push([texts.currentNode.parentElement, range.getBoundingClientRect(), texts.currentNode.data.trim()]);
  }
  const found = parts
    .filter(([element, box, words]) => words && box.width && (box.left < -1 || box.right > width + 1))
    .filter(([element]) => counts(element))
    .map(([element, box, words]) => `${Math.round(box.left)} to ${Math.round(box.right)}: ${words.slice(0, 100)}`);
  if (document.documentElement.scrollWidth > width) found.push(`scrolls to ${document.documentElement.scrollWidth}`);
  return found;
}
"""

# Links inside a sentence may be as small as the sentence; these stand alone.
STAND_ALONE = "nav a, footer li a, thead a, tbody th a, .wordmark, .btn, .chosen a, button, input, select, summary"
SMALL = f"""
() => [...document.querySelectorAll("{STAND_ALONE}")]
  .filter((element) => element.checkVisibility({{visibilityProperty: true}}))
  .map((element) => [element.outerHTML.slice(0, 100), element.getBoundingClientRect()])
  .filter(([html, box]) => box.width < 24 || box.height < 24)
  .map(([html, box]) => `${{box.width.toFixed(1)}} x ${{box.height.toFixed(1)}}: ${{html}}`)
"""

# A link is covered when something else is on top at its middle.
COVERED = """
() => [...document.querySelectorAll("header a")]
  .filter((link) => {
    const box = link.getBoundingClientRect();
    return !link.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
  })
  .map((link) => link.textContent.trim())
"""

# A word that begins on one line and ends on the next, in the main part. Code and addresses may break anywhere.
BROKEN = """
() => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (element.closest("code, svg, .link-box") || !element.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(element);
    if (style.clipPath !== "none" || style.writingMode !== "horizontal-tb") continue;
    for (const word of texts.currentNode.data.matchAll(/(?<!\\S)[A-Za-z]{3,}(?![^\\s.,:;?!])/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const tops = [...range.getClientRects()].filter((box) => box.width).map((box) => box.top);
      if (Math.max(...tops) - Math.min(...tops) > 4) found.push(word[0]);
    }
  }
  return found;
}
"""


def sticks_out(page):
    return page.evaluate(STICKS_OUT)


def small_targets(page):
    return page.evaluate(SMALL)


def covered_in_header(page):
    return page.evaluate(COVERED)


def broken_words(page):
    return page.evaluate(BROKEN)


def faults(page):
    """All of it, as sentences that say what and where."""
    return [
        *[f"sticks out: {each}" for each in sticks_out(page)],
        *[f"too small: {each}" for each in small_targets(page)],
        *[f"covered: {each}" for each in covered_in_header(page)],
    ]

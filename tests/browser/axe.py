"""What axe-core finds on a page: WCAG 2.0, 2.1 and 2.2 at level A and AA, and its best practices."""

from axe_playwright_python.base import AXE_SCRIPT

EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # off by default, although WCAG 2.2 asks for it
}
# Dark and light differ in nothing but colors.
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LONGEST = 200

# Contrast is three quarters of axe's work. Elements are of one look when the tags, classes and names of attributes are
# the same from the element up to the page, and so are the colors they draw and the size of their letters.
START = """
([options, everyText]) => {
  const known = new Map();
  const number = (words) => known.get(words) ?? known.set(words, known.size + 1).get(words);
  const looks = new Map([[null, 0]]);
  const look = (element) => {
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      looks.set(element, number([
        look(element.parentElement), element.tagName, element.getAttribute("class"), element.getAttributeNames(),
        style.color, style.fontSize, style.fontWeight, style.backgroundColor, style.backgroundImage, style.opacity,
        style.display, style.visibility, style.position,
      ].join()));
    }
    return looks.get(element);
  };
  const markFirstOfEachLook = () => {
    document.querySelectorAll("[data-look]").forEach((element) => element.removeAttribute("data-look"));
    const first = new Map();
    for (const element of document.body.querySelectorAll("*")) {
      const shown = element.matches("input, select, textarea") ||
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (shown && !first.has(look(element))) first.set(look(element), element);
    }
    first.forEach((element) => element.setAttribute("data-look", ""));
  };
  if (!everyText) markFirstOfEachLook();
  axe.configure({rules: [{id: "color-contrast", selector: everyText ? "*" : "[data-look]"}]});

  const run = async () => (await axe.run({...options, resultTypes: ["violations"], preload: false})).violations.flatMap(
    (rule) => rule.nodes.map((node) => ({
      rule: rule.id,
      html: node.html.replace(' data-look=""', ""),
      why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
    }))
  );
  window.faults = new Promise((done) => setTimeout(() => done(run())));
}
"""


def prepare(window):
    """Bring axe into every page that this window opens, and stop movement: half-way colors are nobody's."""
    window.context.add_init_script(AXE_SCRIPT)
    window.emulate_media(reduced_motion="reduce")


def faults(*windows, every_text=True):
    """One sentence for each fault of the pages open in these windows, in light and in dark, alike ones once.

    All windows work at the same time. The contrast of every text is measured in light; in dark, and in light without
    `every_text`, that of the first of each look.
    """
    found = []
    for scheme, options in (("light", EVERYTHING), ("dark", COLORS)):
        for window in windows:
            begin(window, scheme, options, every_text=every_text and scheme == "light")
        for window in windows:
            found += end(window, scheme)
    return list(dict.fromkeys(found))


def faults_in(scheme, window):
    """The same in one of the two schemes, with the contrast of the first text of each look."""
    begin(window, scheme, EVERYTHING, every_text=False)
    return list(dict.fromkeys(end(window, scheme)))


def begin(window, scheme, options, *, every_text):
    window.emulate_media(color_scheme=scheme)
    window.evaluate(START, [options, every_text])


def end(window, scheme):
    return [
        f"{window.viewport_size['width']} px, {scheme}, {each['rule']}: "
        f"{each['html'][:LONGEST]} {each['why'][:LONGEST]}"
        for each in window.evaluate("() => window.faults")
    ]

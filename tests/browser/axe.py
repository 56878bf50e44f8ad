"""What axe-core finds on a page: WCAG 2.0, 2.1 and 2.2 at level A and AA, and its best practices."""

from axe_playwright_python.base import AXE_SCRIPT

EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # off by default, although WCAG 2.2 asks for it
}
# Dark and light differ in nothing but colors.
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LONGEST = 200

START = """
(options) => {
  const run = async () => (await axe.run({...options, resultTypes: ["violations"], preload: false})).violations.flatMap(
    (rule) => rule.nodes.map((node) => ({
      rule: rule.id,
      html: node.html,
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


def faults(*windows):
    """One sentence for each fault of the pages open in these windows, in light and in dark, alike ones once.

    All windows work at the same time.
    """
    found = []
    for scheme, options in (("light", EVERYTHING), ("dark", COLORS)):
        for window in windows:
            window.emulate_media(color_scheme=scheme)
            window.evaluate(START, options)
        for window in windows:
            found += [
                f"{window.viewport_size['width']} px, {scheme}, {each['rule']}: "
                f"{each['html'][:LONGEST]} {each['why'][:LONGEST]}"
                for each in window.evaluate("() => window.faults")
            ]
    return list(dict.fromkeys(found))

// Keeps the picture of a class up to date: looks every few seconds while the page is in sight, and replaces it only
// when something has changed. Without a script there is a link that loads the page again.
const PAUSE = 5000; // milliseconds between two looks

// Browsers with Trusted Types put no mere text into a page as HTML. What comes here is from our own server.
const plain = { createHTML: (text) => text };
const policy = window.trustedTypes?.createPolicy("own-page", plain) ?? plain;

for (const place of document.querySelectorAll("[data-live]")) {
  const said = document.querySelector("[data-said]");
  let tag;
  let waiting;

  const inSight = "a, summary, [tabindex]";
  const show = (html) => {
    const open = place.querySelector("details")?.open;
    const before = [...place.querySelectorAll(inSight)].indexOf(document.activeElement);
    place.innerHTML = policy.createHTML(html);
    const numbers = place.querySelector("details");
    if (numbers) numbers.open = Boolean(open);
    if (before >= 0) place.querySelectorAll(inSight)[before]?.focus({ preventScroll: true });
    said.textContent = place.querySelector("[data-count]").textContent;
  };

  const look = async () => {
    clearTimeout(waiting);
    if (document.hidden) return; // we look again when the page is shown
    try {
      const answer = await fetch(place.dataset.live, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.status === 200) {
        const html = await answer.text();
        // Compression adds to the tag; without that the server knows it again.
        const seen = tag;
        tag = answer.headers.get("ETag")?.replace(/;br\\?"$/, '"');
        if (tag !== seen) show(html);
      }
      if (answer.status === 404 || place.querySelector("[data-over]")) return; // nothing will change any more
    } catch {
      // No network for a moment: the next look may find it.
    }
    clearTimeout(waiting); // one that another look has set meanwhile
    waiting = setTimeout(look, PAUSE);
  };

  if (!place.querySelector("[data-over]")) {
    document.querySelector("[data-refresh]").hidden = true;
    document.addEventListener("visibilitychange", look);
    waiting = setTimeout(look, PAUSE);
  }
}

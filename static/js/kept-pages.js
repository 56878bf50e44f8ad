// Lists the pages that this device has kept, the last opened first, and removes them when the reader says so.
// Also without a network, when this page stands in for one that is not kept.
const list = document.querySelector("[data-kept]");
const notice = document.querySelector("[data-none]");
const forget = document.querySelector("[data-forget]");

// What sw.js keeps. Where the browser offers no such place, nothing is kept.
const kept = async (beginning) => (await self.caches?.keys() ?? []).filter((name) => name.startsWith(beginning));

// Browsers with Trusted Types read no mere text as HTML. What is kept here came from our own server.
const plain = { createHTML: (text) => text };
const policy = window.trustedTypes?.createPolicy("own-page", plain) ?? plain;

const titleOf = async (response) => {
  const page = new DOMParser().parseFromString(policy.createHTML(await response.text()), "text/html");
  return page.title.split(" – ")[0];
};

const show = async () => {
  const items = [];
  for (const name of await kept("kept-pages-")) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const link = document.createElement("a");
      const { pathname, search } = new URL(request.url);
      link.href = pathname + search;
      link.textContent = await titleOf(await cache.match(request));
      const item = document.createElement("li");
      item.append(link);
      items.unshift(item);
    }
  }
  list.replaceChildren(...items);
  list.hidden = forget.hidden = !items.length;
  const { none, one, some } = notice.dataset;
  notice.textContent = items.length ? (items.length > 1 ? some : one).replace("{count}", items.length) : none;
};

forget.addEventListener("click", async () => {
  for (const name of [...await kept("kept-pages-"), ...await kept("kept-files-")]) await caches.delete(name);
  notice.tabIndex = -1;
  notice.focus(); // the button goes, and the focus must not be lost
  show();
});

document.querySelector("[data-away]").hidden = location.pathname === "/offline/";
show();

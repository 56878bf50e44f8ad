// Stands in for the server in a copy of the site: it shows the forms again, and leads each to the page that the copy
// holds for its choices. A plain script, because pages in a folder may load no modules.
(() => {
  "use strict";
  const root = document.documentElement.dataset.root;
  const asked = new URLSearchParams(location.search);

  for (const each of document.querySelectorAll("[data-offline]")) each.hidden = false;
  for (const list of document.querySelectorAll("[data-choices]")) list.open = false;
  const everything = document.querySelector("[data-everything]");
  if (everything) everything.open = !asked.get("q");

  // An address with its parameters in one order, as offline/addresses.py writes it.
  const order = ([name, value], [other, rest]) => (name < other || (name === other && value < rest) ? -1 : 1);
  const addressOf = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value).sort(order);
    return `${form.dataset.path}?${new URLSearchParams(pairs)}`;
  };

  for (const form of document.querySelectorAll('form[data-offline="pages"]')) {
    const notice = document.createElement("p");
    notice.setAttribute("role", "status");
    form.append(notice);
    for (const box of form.querySelectorAll("[type=checkbox]")) {
      if (asked.getAll(box.name).includes(box.value)) box.checked = true;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const file = window.offlinePages[addressOf(form)];
      if (file) location.assign(`${root}/${file}`);
      else notice.textContent = form.dataset.none;
    });
  }

  // The filters of the list of roles: a role stays when it fits one choice of each group, and the words.
  for (const form of document.querySelectorAll('form[data-offline="filter"]')) {
    const notice = document.querySelector("[data-filtered]");
    const heading = document.getElementById("found");
    const atFirst = heading.textContent;
    const boxes = [...form.elements].filter((each) => each.type === "checkbox");
    const items = [...document.querySelectorAll(".roles > li")].map((item) => [item.querySelector(".pick")?.value, item]);

    const show = () => {
      const q = form.elements.q.value.trim();
      const said = q && new Set(window.offlineSearch(q).found.filter(({ kind }) => kind === "role").map(({ address }) => address));
      const groups = new Map();
      for (const box of boxes) {
        if (box.checked) groups.set(box.name, [...(groups.get(box.name) ?? []), ...box.dataset.roles.split(" ")]);
      }
      let left = 0;
      for (const [slug, item] of items) {
        const fits = [...groups.values()].every((slugs) => slugs.includes(slug));
        item.hidden = !fits || Boolean(said && !said.has(`${form.dataset.path}${slug}/`));
        if (!item.hidden) left += 1;
      }
      const words = left === 1 ? notice.dataset.one : notice.dataset.many.replace("{count}", left);
      heading.textContent = q || groups.size ? words : atFirst;
      notice.textContent = heading.textContent;
    };

    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
    form.elements.q.value = asked.get("q") ?? "";
    for (const box of boxes) box.addEventListener("change", show);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
    });
    window.addEventListener("pageshow", show); // the browser may bring choices back
  }
})();

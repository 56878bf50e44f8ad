// Suggestions under a search box while you type: arrow keys choose, Enter opens, Escape closes.
// Without a script, or when nothing comes back, the box is an ordinary form.
const PAUSE = 150; // milliseconds without a key before we ask

const make = (name, attributes) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = make("ul", { id: `${box.id}-suggestions`, role: "listbox", "aria-label": box.dataset.list, class: "suggestions", hidden: "" });
  const notice = make("p", { role: "status", class: "vh" });
  const row = box.closest(".search");
  row.append(list, notice);
  for (const [key, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(key, value);

  let found = [];
  let chosen = -1;
  let waiting;
  let asking;

  const choose = (place) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const option = list.children[chosen];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    choose(-1);
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  };

  const stop = () => {
    clearTimeout(waiting);
    asking?.abort();
  };

  const show = (results) => {
    choose(-1);
    found = results;
    list.replaceChildren(...results.map((result, place) => {
      const option = make("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" });
      const kind = make("small", {});
      kind.textContent = result.kind;
      option.append(make("span", {}), kind);
      option.firstChild.textContent = result.title;
      option.addEventListener("click", () => location.assign(result.url));
      return option;
    }));
    list.hidden = !results.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    const { one, many } = box.dataset;
    notice.textContent = results.length ? (results.length > 1 ? many : one).replace("{count}", results.length) : "";
  };

  const ask = async () => {
    const words = box.value.trim();
    if (words.length < 2) {
      notice.textContent = "";
      return close();
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).results);
    } catch {
      // Typed on, or offline: the form still works.
    }
  };

  box.addEventListener("input", () => {
    stop();
    waiting = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      if (!open) {
        list.hidden = false;
        box.setAttribute("aria-expanded", "true");
      }
      // One place before the first is the box itself.
      const places = found.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && chosen >= 0) {
      event.preventDefault();
      location.assign(found[chosen].url);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  box.addEventListener("blur", () => {
    stop();
    close();
  });
}

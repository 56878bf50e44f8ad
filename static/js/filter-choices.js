// Adds a box above a long list of choices: type a few letters, and the list offers only what contains them.
// Groups stay, and what is chosen stays chosen and in sight.
for (const select of document.querySelectorAll("select[data-filterable]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control";
  box.setAttribute("aria-label", select.dataset.filterable);
  box.placeholder = select.dataset.filterable;
  box.autocomplete = "off";
  const notice = document.createElement("p");
  notice.className = "small soft";
  notice.setAttribute("role", "status");
  select.before(box);
  select.after(notice);
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    let found = 0;
    for (const choice of select.options) {
      const fits = choice.text.toLowerCase().includes(wanted);
      choice.hidden = choice.disabled = !fits && !choice.selected;
      if (fits) found += 1;
    }
    notice.textContent = wanted
      ? select.dataset.found.replace("{found}", found).replace("{count}", select.options.length)
      : "";
  });
}

// Adds a box above a long list of choices: type a few letters, and the list holds only what contains them.
for (const select of document.querySelectorAll("select[data-filterable]")) {
  const choices = [...select.options];
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control";
  box.setAttribute("aria-label", select.dataset.filterable);
  box.placeholder = select.dataset.filterable;
  box.autocomplete = "off";
  select.before(box);
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    const chosen = select.value;
    select.replaceChildren(...choices.filter((choice) => choice.text.toLowerCase().includes(wanted)));
    select.value = choices.some((choice) => choice.value === chosen && choice.parentNode) ? chosen : select.options[0]?.value;
  });
}

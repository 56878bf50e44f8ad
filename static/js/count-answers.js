// Says how many statements have an answer. Without a script the page says how many there are.
for (const form of document.querySelectorAll("[data-quiz]")) {
  const notice = form.querySelector("[data-answered]");
  const count = () => {
    notice.textContent = notice.dataset.answered.replace("{answered}", form.querySelectorAll(":checked").length);
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count); // the browser may bring answers back
  count();
}

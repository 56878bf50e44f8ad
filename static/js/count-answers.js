// Says how many statements have an answer. Without a script the page says how many there are.
for (const form of document.querySelectorAll("[data-quiz]")) {
  const notice = form.querySelector("[data-answered]");
  const questions = form.querySelectorAll("fieldset").length;
  const count = () => {
    notice.textContent = `${form.querySelectorAll(":checked").length} of ${questions} answered`;
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count); // the browser may bring answers back
  count();
}

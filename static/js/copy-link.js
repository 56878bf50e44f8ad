// Reveals "Copy link" and its kin where the browser can copy, and says when it has.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const { copy } = button.dataset;
  const field = document.getElementById(copy);
  const near = button.closest(".share") ?? document;
  const notice = document.querySelector(`[data-copied="${copy}"]`) ?? near.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // the browser does not allow it; the text is selected, ready to be copied by hand
    }
    notice.hidden = false;
  });
}

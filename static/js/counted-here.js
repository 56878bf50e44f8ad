// Remembers on this device that a result was sent to a class, and says so when its page is opened again. Only the code
// and a day are kept; they are thrown away once the class is deleted. Without a script nothing is kept.
const PLACE = "classes";

const kept = () => {
  let found;
  try {
    found = JSON.parse(localStorage.getItem(PLACE));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error; // else it was not written by us
  }
  const today = new Date().toISOString().slice(0, 10);
  return Object.fromEntries(Object.entries(found ?? {}).filter(([, until]) => until >= today));
};

const keep = (classes) => {
  if (Object.keys(classes).length) localStorage.setItem(PLACE, JSON.stringify(classes));
  else localStorage.removeItem(PLACE);
};

try {
  const sent = kept();
  const refused = document.querySelector("[data-uncounted]");
  const notice = document.querySelector("[data-counted]");
  if (refused) delete sent[refused.dataset.uncounted];
  keep(sent);
  if (notice) {
    const { counted, until } = notice.dataset;
    const show = () => {
      notice.hidden = !(counted in kept());
    };
    document.querySelector("[data-quiz]").addEventListener("submit", () => keep({ ...kept(), [counted]: until }));
    window.addEventListener("pageshow", show); // also when the browser goes back
    show();
  }
} catch {
  // The browser refuses to keep anything: some do for private windows or by choice.
}

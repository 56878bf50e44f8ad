// Boxes to tick on a plan. The ticks stay in this browser: one list of steps for each role.
// Where the browser keeps nothing, the plain list with boxes for a pen stays as it is.
const plan = document.querySelector("[data-checklist]");
const boxes = [...(plan?.querySelectorAll("[data-step]") ?? [])];
const place = `plan:${plan?.dataset.checklist}`;

const ticked = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(place));
    return new Set(Array.isArray(kept) ? kept : []);
  } catch (error) {
    if (error instanceof SyntaxError) return new Set(); // not written by us
    throw error;
  }
};

const show = () => {
  const kept = ticked();
  for (const box of boxes) box.checked = kept.has(box.dataset.step);
};

const keep = (steps) => {
  if (steps.size) localStorage.setItem(place, JSON.stringify([...steps]));
  else localStorage.removeItem(place);
};

function begin() {
  const notice = plan.querySelector("[data-ticks]");
  const forgotten = plan.querySelector("[data-forgotten]");
  show();
  for (const box of boxes) {
    box.closest("[hidden]").hidden = false;
    box.addEventListener("change", () => {
      const kept = ticked(); // steps that the address leaves out now stay ticked
      kept[box.checked ? "add" : "delete"](box.dataset.step);
      keep(kept);
      forgotten.hidden = true;
    });
  }
  plan.querySelector("[data-forget]").addEventListener("click", () => {
    keep(new Set());
    show();
    forgotten.hidden = false;
  });
  window.addEventListener("storage", show); // the same plan in another tab
  window.addEventListener("pageshow", show);
  notice.hidden = false;
}

if (boxes.length) {
  try {
    ticked();
    begin();
  } catch {
    // The browser refuses to keep anything: some do for private windows or by choice.
  }
}

// The editors' desk: warns before typing is lost, says who else has the form open, counts signs, previews Markdown,
// and saves and previews from the keyboard. Everything else works without it.
const state = document.querySelector("[data-desk]");
const form = state?.closest("form");
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

// What stands in the boxes, also in those that a script fills: such boxes send no event of their own.
const words = () => new URLSearchParams(new FormData(form)).toString();

const post = (address, body = {}, headers = {}) =>
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), ...headers }, body: new URLSearchParams(body) });

function warnBeforeLeaving() {
  const atFirst = form.querySelector(".errorlist") ? null : words();
  let sending = false;
  form.addEventListener("submit", (event) => {
    // These two buttons leave what is typed behind.
    const leaves = event.submitter?.hasAttribute("formaction") && words() !== atFirst;
    if (leaves && !window.confirm("What you have typed since you last saved will be lost. Go on?")) event.preventDefault();
    else sending = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (words() !== atFirst && !sending) event.preventDefault();
  });
}

function saveFromTheKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const name = { s: "_save", Enter: "_preview" }[event.key];
    const button = name && form.querySelector(`input[name="${name}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

let lastSeen = "";

async function sayWhoElseIsHere() {
  const notice = state.querySelector(".desk-others");
  // A form that is only left open is no sign of life; typing is one.
  const seen = words();
  const idle = seen === lastSeen;
  lastSeen = seen;
  const response = await post(state.dataset.desk, {}, idle ? { "X-By-Itself": "1" } : {}).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const { others, newest } = await response.json();
  const sentences = [];
  if (others) sentences.push(`Also open now: ${others}.`);
  if (newest > Number(state.dataset.opened)) sentences.push(`Version ${newest} was saved since you opened this form. When you save, you choose between the two.`);
  const text = sentences.join(" ");
  if (notice.textContent.trim() !== text) notice.textContent = text;
}

function countSigns(box) {
  const limit = box.maxLength;
  if (limit < 20) return;
  const hint = document.createElement("span");
  hint.className = "desk-count";
  hint.id = `${box.id}-count`;
  box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} ${hint.id}`.trim());
  const show = () => { hint.textContent = `${box.value.length} of ${limit}`; };
  show();
  box.addEventListener("input", show);
  box.after(hint);
}

function previewMarkdown(box) {
  const help = document.getElementById(`${box.id}_helptext`);
  if (!help?.textContent.includes("Markdown")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Show as readers see it";
  button.className = "desk-markdown";
  const shown = document.createElement("div");
  shown.className = "desk-shown";
  shown.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const response = await post(state.dataset.markdown, { text: box.value }).catch(() => null);
    if (response?.ok && !response.redirected) shown.innerHTML = await response.text();
    else shown.textContent = "This could not be shown. Are you still signed in?";
  });
  help.after(button, shown);
}

if (form) {
  warnBeforeLeaving();
  saveFromTheKeyboard();
  for (const box of form.querySelectorAll("[maxlength]")) if (!box.name.includes("__prefix__")) countSigns(box);
  for (const box of form.querySelectorAll("textarea")) previewMarkdown(box);
  sayWhoElseIsHere();
  setInterval(sayWhoElseIsHere, 60_000);
}

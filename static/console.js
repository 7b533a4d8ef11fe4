// The console: keys, sheets that stand outside the regions, ages that the page counts, and notes that save themselves.
import "./clock.js";
import "./status.js";
import "./board.js";
import "./drag.js";
import "./find.js";
import "./still.js";
import "./below.js";
import "./notes.js";
import "./drafting.js";
import { serverNow } from "./wire.js";
import { newId, refuse } from "./forms.js";
import { worded } from "./words.js";

const QUIET = 150000;            // ms without an idea after which a table wants a look
const sayings = document.getElementById("sayings").dataset;

// Keys press what is seen; with a sheet open only its letters do.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === " " && event.target.closest("button, a, summary, [role=option], [role=row]")) return;
  const sheet = document.querySelector("dialog[open]");
  const name = CSS.escape(event.key.toLowerCase());
  const button = [...(sheet ?? document).querySelectorAll(sheet ? `[data-letter="${name}"]` : `[data-key="${name}"]`)].find((b) => b.checkVisibility());
  if (!button) return;
  event.preventDefault();
  button.click();
});

// <button data-fill="rename" data-field-theme="3" data-field-name="..."> opens the sheet of the form #rename with these values.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (button) {
    event.preventDefault();
    open(document.getElementById(button.dataset.fill), button);
  }
  const opens = event.target.closest("[data-opens]");
  if (opens) document.getElementById(`${opens.dataset.opens}-sheet`).showModal();
  const folds = event.target.closest("[data-folds]");
  if (folds) folds.setAttribute("aria-expanded", document.getElementById(folds.dataset.folds).classList.toggle("unfolded"));
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

function open(form, button) {
  form.reset();
  form.closest("dialog").querySelectorAll("[data-done]").forEach((part) => { part.hidden = true; });
  refuse(form, "");
  const names = button.getAttributeNames().filter((name) => name.startsWith("data-field-"));
  for (const name of names) {
    const field = form.elements[name.slice(11)];
    if (field) field.value = button.getAttribute(name);
  }
  for (const field of form.querySelectorAll("[data-new-id], [name=action]")) field.value ||= newId();
  if (form.elements.stage && !names.includes("data-field-stage")) form.elements.stage.value = document.body.dataset.stage;
  const whom = form.querySelector("[data-for-whom]");
  whom.textContent = button.dataset.whom ?? "";
  whom.hidden = !button.dataset.whom;
  if (button.dataset.says) form.querySelector("[data-title]").textContent = button.dataset.says;
  form.dataset.draft = [form.id, ...names.filter((name) => form.elements[name.slice(11)]?.type === "hidden" && !/-(was|number)$/.test(name))
    .map((name) => button.getAttribute(name))].join(" ");
  button.closest("details.menu")?.removeAttribute("open");
  document.dispatchEvent(new CustomEvent("filled", { detail: form }));
  recall(form);
  form.closest("dialog").showModal();
  (form.querySelector("input:not([type=hidden], [type=radio]), textarea, select") ?? form.querySelector("button"))?.focus();
}

// What is typed into a sheet is kept until it is sent: closing the sheet, or the page, loses nothing.
const place = (form) => `draft ${document.body.dataset.code} ${form.dataset.draft}`;
const written = (form) => [...form.elements].filter((field) => field.matches("input:not([type=hidden], [type=radio]), textarea") && field.name);

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.draft) return;
  const words = Object.fromEntries(written(form).map((field) => [field.name, field.value]));
  sessionStorage.setItem(place(form), JSON.stringify({ words, was: form.elements.was?.value }));
});

function recall(form) {
  const draft = JSON.parse(sessionStorage.getItem(place(form)) ?? "null");
  if (!draft) return;
  for (const field of written(form)) field.value = draft.words[field.name] ?? field.value;
  if (form.elements.was) form.elements.was.value = draft.was;
}

document.addEventListener("done", ({ target: form }) => {
  sessionStorage.removeItem(place(form));
  const done = form.querySelector("[data-done]");
  if (done) done.hidden = false;
  if (!form.closest("[data-stays]")) return form.closest("dialog")?.close();
  form.querySelector("[data-words]")?.focus();
});

// One more minute is one from now where the time is long over.
document.addEventListener("submit", ({ target: form }) => {
  const ends = form.matches(".more-time") && form.elements.ends;
  if (ends && Number(ends.value) < serverNow()) ends.value = Math.round(serverNow()) + 60000;
}, true);

// Ages are counted here; a table that has been quiet for long is yellow.
function age(ms) {
  const seconds = Math.max(0, Math.floor((serverNow() - ms) / 1000));
  return seconds < 60 ? worded(sayings.seconds, { n: seconds }) : worded(sayings.minutes, { n: Math.floor(seconds / 60) });
}

function put(node, words) {
  if (node && node.textContent !== words) node.textContent = words;
}

function tick() {
  for (const node of document.querySelectorAll("[data-since]")) put(node, age(Number(node.dataset.since)));
  const rows = [...document.querySelectorAll("tr[data-newest]")];
  const quiet = rows.filter((row) => serverNow() - Number(row.dataset.newest) > QUIET).length;
  for (const row of rows) {
    const ms = serverNow() - Number(row.dataset.newest), late = ms > QUIET;
    row.classList.toggle("hand", late && (quiet < rows.length || quiet === 1));
    if (!late) continue;
    const seconds = Math.floor(ms / 1000), values = { n: Math.floor(seconds / 60), s: seconds % 60 };
    put(row.querySelector("[data-since]"), worded(sayings.quiet, values));
    put(row.querySelector("[data-none]"), worded(sayings.nothing, values));
  }
  put(document.querySelector("[data-quiet]"), quiet > 1 ? (quiet === rows.length ? sayings.allQuiet : worded(sayings.manyQuiet, { n: quiet })) : quiet ? sayings.oneQuiet : "");
}

function times() {
  for (const node of document.querySelectorAll("[data-at]")) {
    put(node, new Date(Number(node.dataset.at)).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
  }
  for (const node of document.querySelectorAll("[data-day]")) {
    put(node, new Date(Number(node.dataset.day)).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }));
  }
}

setInterval(tick, 1000);
for (const name of ["shown", "live"]) document.addEventListener(name, () => { tick(); times(); });
tick();
times();

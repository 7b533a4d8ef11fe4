// Forms that are commands: what they send, and what is done with the answer.
import { ask, up } from "./wire.js";
import * as outbox from "./outbox.js";

const DEAF = 700;                // ms in which a second press is taken for the same one
const LISTS = ["ideas"];
const pressed = new Map();
const BACK = `back ${document.body.dataset.code} ${document.body.dataset.person} `;
const keeps = document.body.dataset.seat === "phone";   // a phone's words wait on the device; a console acts now or not at all

/** An id for something new: this page may not be a secure context, so no randomUUID. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((n) => n.toString(16).padStart(2, "0")).join("");

/** The fields of a form, as the arguments of its command. */
export function argumentsOf(form, submitter) {
  const args = {}, data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const [name, value] of data) {
    if (name === "seat") continue;
    if (name.startsWith("dots.")) (args.dots ??= {})[name.slice(5)] = Number(value) || 0;
    else if (LISTS.includes(name)) (args[name] ??= []).push(value);
    else args[name] = value;
  }
  return args;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-command]");
  if (!form || !io) return;
  event.preventDefault();
  const command = form.dataset.command, args = argumentsOf(form, event.submitter);
  const words = form.querySelector("[data-words]");
  if (words && !words.value.trim()) return words.focus();
  const press = JSON.stringify([command.replace(/^un/, ""), words ? args : { ...args, number: 0 }]);
  if (Date.now() - (pressed.get(press) ?? 0) < DEAF) return;
  pressed.set(press, Date.now());
  refuse(form, "");
  if (keeps && command !== "ready") {
    outbox.put({ id: newId(), command, args, form: form.id });
    sent(form);
  } else await directly(form, command, args);
});

async function directly(form, command, args) {
  const answer = await act(command, args, form);
  if (!answer) return;
  sent(form);
  form.dispatchEvent(new CustomEvent("done", { bubbles: true, detail: answer }));
}

/** Do a command now.  Resolves to the answer; to null where it was not done, which is said in *form*, or in the head of the page. */
export async function act(command, args, form) {
  const answer = up() ? await ask(command, args).catch(() => null) : null;
  refuse(form, answer?.ok ? "" : answer?.error ?? document.body.dataset.offline);
  return answer?.ok ? answer : null;
}

/** Empty what was written, and give the next thing an id of its own. */
function sent(form) {
  for (const field of form.querySelectorAll("[data-words]")) {
    field.value = field.defaultValue = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const field of form.querySelectorAll("[data-new-id]")) field.value = newId();
  giveBack();
}

/** Say in the form why the rule said no; empty takes it away. */
export function refuse(form, sentence) {
  const place = form?.querySelector("[data-refusal]") ?? document.getElementById("refusal");
  if (!place) return;
  place.querySelector("span").textContent = sentence;
  place.hidden = !sentence;
}

/** What the server refused comes back into its field; where something else is written there by now, as soon as that is sent. */
document.addEventListener("refusal", ({ detail: entry }) => {
  const form = document.getElementById(entry.form), fields = wordsOf(form, entry);
  if (fields.some((field) => field.value && field.value !== entry.args[field.name])) {
    localStorage.setItem(BACK + entry.id, JSON.stringify(entry));
    return refuse(form, `${entry.error} “${fields.map((field) => entry.args[field.name]).join(" · ")}”`);
  }
  refuse(form, entry.error);
  for (const field of fields) {
    field.value = entry.args[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

const wordsOf = (form, { args }) => [...form?.querySelectorAll("[data-words]") ?? []].filter((field) => args[field.name]);

/** Refused words whose field is free by now. */
function giveBack() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(BACK))) {
    const entry = JSON.parse(localStorage.getItem(key)), form = document.getElementById(entry.form);
    if (!form || wordsOf(form, entry).some((field) => field.value)) continue;
    localStorage.removeItem(key);
    document.dispatchEvent(new CustomEvent("refusal", { detail: entry }));
  }
}

document.addEventListener("live", giveBack);

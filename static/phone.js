// The phone: what it shows follows the room, except for words that are not sent and a look back.
import "./clock.js";
import "./status.js";
import { newId, refuse } from "./forms.js";
import { waiting } from "./outbox.js";
import "./drafts.js";
import "./ballot.js";
import "./hint.js";
import "./weighing.js";

const body = document.body;
const room = () => document.querySelector("[data-follow]")?.dataset ?? {};
let back = body.dataset.view === "back" ? room().view : "";     // the view of the room that we turned away from

document.documentElement.classList.add("scripted");

/** Whether a form holds words that nobody has been sent. */
const unsent = (form) => [...form.querySelectorAll("[data-words], [data-kept]")].some((field) => field.value.trim());

function follow() {
  const { view = "", chart = "", stage = "", version, words } = room();
  const priority = document.querySelector("#talked-about [data-priority]")?.dataset.priority ?? "";
  if (back && back !== view) back = "";
  const shown = back ? "back" : view === "discuss" && priority ? "table" : view;
  const question = document.querySelector("#my-question [data-asked]")?.dataset, views = question && !back ? [shown, "asked"] : [shown];
  const { priority: asked, round, next } = question ?? {};
  if (body.dataset.view !== shown) moved();
  body.dataset.view = shown;
  for (const form of document.forms) {
    if (!unsent(form)) fill(form, { chart, stage, priority, asked, round, next, version, words });
    if (form.dataset.shown !== undefined) form.hidden = !form.dataset.shown.split(" ").some((name) => views.includes(name)) && !unsent(form) && form.dataset.open !== "yes";
  }
  for (const place of document.querySelectorAll("[data-shown]:not(form)")) {
    const form = place.getAttribute("form");
    place.hidden = form ? document.getElementById(form).hidden : !place.dataset.shown.split(" ").includes(shown);
  }
  const write = document.getElementById("write");
  write.querySelector("[data-moved]").hidden = write.hidden || write.dataset.shown.split(" ").includes(shown);
}

/** A new view starts at its top, without the refusals of the last one. */
function moved() {
  scrollTo(0, 0);
  document.getElementById("refusal").hidden = true;
}

/** What a form says of where the room is, as long as it holds no words about somewhere else. */
function fill(form, places) {
  for (const field of form.querySelectorAll("[data-follows]")) field.value = places[field.dataset.follows] || field.value;
}

// Looking back, and returning, without a load of the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-look]");
  if (!link) return;
  event.preventDefault();
  back = link.dataset.look === "back" ? room().view : "";
  follow();
});

// <button data-fill="edit" data-field-idea="..."> opens the form #edit with these values, and the words beside the button.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (button) {
    event.preventDefault();
    open(document.getElementById(button.dataset.fill), button);
  }
  if (event.target.closest("[data-leave]")) leave(event.target.closest("form"));
});

function open(form, button) {
  for (const field of form.elements) {
    const value = button.getAttribute(`data-field-${field.name}`) ?? (field.name === "text" ? button.closest("li")?.querySelector("[data-text]").textContent : null);
    if (value != null) field.value = value;
  }
  form.dataset.open = "yes";
  refuse(form, "");
  follow();
  form.querySelector("[data-words]").focus();
}

/** Put an opened form away, with what is written in it. */
function leave(form) {
  for (const field of form.querySelectorAll("[data-words]")) {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const field of form.querySelectorAll("[data-new-id]")) field.value = newId();
  delete form.dataset.open;
  follow();
}

document.addEventListener("outbox", ({ detail }) => {
  for (const { form } of detail) delete document.getElementById(form)?.dataset.open;
  follow();
});

// A refused form is open again, and about what it was about.
document.addEventListener("refusal", ({ detail: { form: id, args, error } }) => {
  const form = document.getElementById(id), words = form?.querySelector("[data-words]");
  if (words && words.value === args[words.name]) {
    for (const field of form.querySelectorAll("[type=hidden]:not([data-new-id])")) field.value = args[field.name] ?? field.value;
  }
  follow();
  (form?.querySelector("[data-refusal]") ?? document.getElementById("refusal")).scrollIntoView({ block: "nearest" });
});

/** One's own ideas are bold among those of the group; on the chart they stand in their own list, with what one may do. */
function own() {
  for (const mine of document.querySelectorAll("#my-ideas [data-idea]")) {
    document.getElementById(`flip-chart.${mine.dataset.idea}`)?.classList.add("mine");
    document.getElementById(`starring.${mine.dataset.idea}`)?.classList.add("own");
  }
}

/** The buttons of what one supports take it back. */
function supported() {
  const given = (document.querySelector("[data-given]")?.dataset.given ?? "").split(" ");
  for (const button of document.querySelectorAll("#flip-chart [name=idea]")) {
    const on = given.includes(button.value);
    button.setAttribute("form", on ? "unsupport" : "support");
    button.setAttribute("aria-pressed", on);
  }
}

// Where there is little room the foot stays in sight while somebody writes in it; a press of a button moves it from under no finger.
const foot = document.querySelector(".foot");
foot.addEventListener("focusin", ({ target }) => target.matches("textarea, input") && foot.classList.add("at-hand"));
foot.addEventListener("focusout", ({ relatedTarget }) => foot.contains(relatedTarget) || foot.classList.remove("at-hand"));

// The next idea can be typed at once.
document.getElementById("write").addEventListener("submit", ({ target }) => target.elements.text.focus());

// Ideas that wait for the line are shown where they will stand.
const waits = document.getElementById("waits");
function pending(entries) {
  const ideas = entries.filter((entry) => entry.command === "submit_idea");
  waits.replaceChildren(...ideas.map(({ args }) => {
    const entry = document.getElementById("waits-entry").content.firstElementChild.cloneNode(true);
    entry.querySelector("[data-text]").textContent = args.text;
    return entry;
  }));
}

/** The phone buzzes, where it can, when its table's turn begins. */
let speaking = Boolean(document.querySelector("[data-my-turn]"));
function turn() {
  const mine = Boolean(document.querySelector("[data-my-turn]"));
  if (mine && !speaking) navigator.vibrate?.(200);
  speaking = mine;
}

document.getElementById("lot").addEventListener("toggle", ({ target }) => target.open && target.scrollIntoView({ block: "nearest" }));
document.addEventListener("input", follow);
document.addEventListener("outbox", ({ detail }) => pending(detail));
document.addEventListener("shown", () => { follow(); own(); supported(); turn(); });
document.addEventListener("saved", ({ detail }) => {
  if (detail.command === "submit_idea") navigator.vibrate?.(10);
  if (detail.command === "take_stand") document.getElementById("why").value = "";
  if (detail.command === "answer_agreement") document.getElementById("answer-why").value = "";
  if (detail.command === "park_note") document.getElementById("lot").open = false;
  follow();
});
document.dispatchEvent(new CustomEvent("outbox", { detail: waiting() }));
follow();
own();
supported();

// An idea says "not here": the form that tells the facilitator is filled in with it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-not-here]"), form = document.getElementById("in-the-wrong-place");
  if (!link || !form) return;
  const idea = link.dataset.notHere, { options } = form.elements.idea;
  event.preventDefault();
  if (![...options].some(({ value }) => value === idea)) options.add(new Option(link.closest("li").firstElementChild.textContent, idea));
  form.elements.idea.value = idea;
  form.scrollIntoView({ block: "center" });
  form.elements.theme.focus();
});

// The phone: drafts that survive, ideas that wait, and the dots of a ballot.
import "./clock.js";
import "./status.js";
import "./forms.js";
import { waiting } from "./outbox.js";

const { code, person } = document.body.dataset;
const body = document.body;

// What is typed is kept on the device until it is sent.
const draft = (field) => `draft ${code} ${person} ${field.id}`;
for (const field of document.querySelectorAll("[data-draft]")) {
  if (!field.value) field.value = localStorage.getItem(draft(field)) ?? "";
}
document.addEventListener("input", ({ target: field }) => {
  if (field.matches("[data-draft]")) {
    if (field.value) localStorage.setItem(draft(field), field.value);
    else localStorage.removeItem(draft(field));
  }
  follow();
});

// The box for ideas follows the stage, but never away from words that are not sent.
const write = document.getElementById("write");
function follow() {
  if (!write) return;
  const words = write.elements.text.value.trim();
  write.hidden = body.dataset.kind !== "brainstorm" && !words;
  if (!words && body.dataset.kind === "brainstorm") write.elements.stage.value = body.dataset.stage;
}

// My own ideas stand in their own list, below those of the others.
function own() {
  for (const mine of document.querySelectorAll("#my-ideas [data-idea]")) {
    document.getElementById(`flip-chart.${mine.dataset.idea}`)?.classList.add("mine");
  }
}

// Ideas that wait for the line are shown where they will stand.
const waits = document.getElementById("waits");
function pending(entries) {
  const ideas = entries.filter((entry) => entry.command === "submit_idea");
  waits?.replaceChildren(...ideas.map(({ args }) => {
    const entry = document.getElementById("waits-entry").content.firstElementChild.cloneNode(true);
    entry.querySelector("[data-text]").textContent = args.text;
    return entry;
  }));
}

document.addEventListener("outbox", ({ detail }) => pending(detail));
document.addEventListener("shown", () => { follow(); own(); });
document.addEventListener("saved", ({ detail }) => {
  if (detail.command === "submit_idea" && navigator.vibrate) navigator.vibrate(10);
});
pending(waiting());
document.dispatchEvent(new CustomEvent("outbox", { detail: waiting() }));
follow();
own();

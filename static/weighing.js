// Ratings go out as they are tapped; the page numbers them, and the answers to a question.
import { argumentsOf, newId } from "./forms.js";
import * as outbox from "./outbox.js";

const counted = new Map();       // what is numbered -> the highest number that this page gave
const answer = document.getElementById("answer");

/** The next number for *what*: higher than any that this page gave, and than those the server knew. */
function next(what, known) {
  const number = Math.max(Number(known), (counted.get(what) ?? 0) + 1);
  counted.set(what, number);
  return number;
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-command=rate_priority]");
  if (!form) return;
  const args = argumentsOf(form);
  outbox.put({ id: newId(), command: "rate_priority", args: { ...args, number: next(`rate ${args.stage} ${args.priority}`, args.number) }, form: form.id });
});

document.addEventListener("submit", ({ target }) => {
  if (target !== answer) return;
  const { priority, round, number } = answer.elements;
  number.value = next(`answer ${priority.value} ${round.value}`, number.value);
}, true);

/** The scales show what waits for the line. */
function scales() {
  const forms = [...document.querySelectorAll("form[data-command=rate_priority]")];
  for (const { args } of outbox.waiting().filter((entry) => entry.command === "rate_priority")) {
    const form = forms.find(({ elements }) => elements.priority.value === args.priority && elements.stage.value === args.stage);
    for (const radio of form?.querySelectorAll("[type=radio]") ?? []) radio.checked = radio.value === args[radio.name];
  }
}

document.addEventListener("saved", ({ detail: { command, form } }) => {
  if (!["rate_priority", "answer_agreement"].includes(command) || outbox.waiting().some((entry) => entry.form === form)) return;
  for (const field of document.getElementById(form)?.elements ?? []) if (field.type === "radio") field.defaultChecked = field.checked;
});
document.addEventListener("outbox", scales);
document.addEventListener("shown", scales);
scales();

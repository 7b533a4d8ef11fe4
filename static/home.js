// The organiser's form: says what it comes to while it is filled in, and is sent once.
const form = document.querySelector("form[data-comes-to], form[data-once]"), said = document.getElementById("comes-to");
const PAUSE = 300;               // ms without a key before the server is asked
let asking = 0, asked = 0;

async function ask() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.comesTo, { method: "POST", body: new FormData(form) });
    const words = await answer.text();
    if (turn === asked && answer.ok) said.textContent = words;
  } catch {
    said.textContent = "";       // no line: the server says it when the form is sent
  }
}

if (said) form?.addEventListener("input", () => {
  clearTimeout(asking);
  asking = setTimeout(ask, PAUSE);
});
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => form?.removeAttribute("data-sent"));

// A ballot: dots are placed here, and sent whole.
import { refuse } from "./forms.js";
import { waiting } from "./outbox.js";

const { code, person } = document.body.dataset;
const form = document.getElementById("ballot");
let counted = 0;                 // the highest number that this page gave a ballot
const answered = new Map();      // stage -> the ballot that was saved last, until the server shows it

const paper = () => document.querySelector("#paper [data-paper]");
const name = (stage) => `ballot ${code} ${person} ${stage}`;
const sum = (dots) => Object.values(dots).reduce((all, n) => all + n, 0);
const same = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => (one[key] ?? 0) === (other[key] ?? 0));

/** What the server has of us: the last ballot's number and dots. */
function saved() {
  const dots = [...document.querySelectorAll("#my-ballot [data-saved]")].map((place) => [place.dataset.saved, Number(place.value)]);
  return { number: Number(document.querySelector("#my-ballot [data-number]")?.dataset.number ?? 0), dots: Object.fromEntries(dots) };
}

/** *dots* in which those of an option that was merged into another lie on that one. */
function together(dots) {
  const now = { ...dots };
  for (const { dataset: { gone }, value } of document.querySelectorAll("#option-news [data-gone]")) {
    if (now[gone]) now[value] = (now[value] ?? 0) + now[gone];
    delete now[gone];
  }
  return now;
}

/** What was sent last: a ballot that waits, or the one that was saved. */
function sent(stage) {
  const last = latest(stage);
  return { number: last.number, dots: together(last.dots) };
}

function latest(stage) {
  const entry = waiting().find((e) => e.command === "cast_ballot" && e.args.stage === stage);
  if (entry) return { number: Number(entry.args.number), dots: entry.args.dots };
  const known = saved(), newer = answered.get(stage);
  return newer?.number > known.number ? newer : known;
}

/** The dots as they lie on the paper: as placed here since, or as sent. */
function placed(stage) {
  return together(JSON.parse(localStorage.getItem(name(stage)) ?? "null") ?? sent(stage).dots);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("#paper [data-step]");
  if (!button) return;
  const { paper: stage, dots: budget, cap } = paper().dataset, option = button.closest("[data-option]").dataset.option;
  const dots = { ...placed(stage) }, step = Number(button.dataset.step), n = (dots[option] ?? 0) + step;
  if (step > 0 && sum(dots) >= Number(budget)) return refuse(form, form.dataset.spent);
  if (step > 0 && n > Number(cap)) return refuse(form, form.dataset.capped);
  if (n < 0) return;
  dots[option] = n;
  if (same(dots, sent(stage).dots)) localStorage.removeItem(name(stage));
  else localStorage.setItem(name(stage), JSON.stringify(dots));
  refuse(form, "");
  draw();
  if (sum(dots) === 1 && step > 0) fold();
  if (button.hidden) button.parentElement.querySelector("[data-step='1']").focus();
});

/** Show the dots on the paper, how many are left, and whether they were sent; and put them into the form. */
function draw() {
  const here = paper()?.dataset;
  const unsent = Boolean(here) && !same(placed(here.paper), sent(here.paper).dots);
  say(unsent);
  if (!here) return;
  const dots = placed(here.paper), left = Number(here.dots) - sum(dots), options = [...document.querySelectorAll("#paper [data-option]")];
  for (const option of options) lay(option, dots[option.dataset.option] ?? 0, Number(here.cap), Math.max(0, left));
  for (const line of document.querySelectorAll("#dots-left [data-left]")) line.hidden = line.dataset.left !== (left < 0 ? "over" : String(left));
  if (left < 0) tooMany(-left);
  form.querySelector("[data-dots]").replaceChildren(...Object.entries(dots).map(([option, n]) => hidden(`dots.${option}`, n)));
  form.elements.number.value = Math.max(sent(here.paper).number, counted) + 1;
}

/** There are fewer dots than there were when these were placed: none is taken, they are asked for. */
function tooMany(n) {
  const line = document.querySelector("#dots-left [data-left=over]");
  line.textContent = n === 1 ? line.dataset.one : line.dataset.many.replace("%(n)s", n);
}

/** In the head and beside the button: saved, waiting, or not sent. */
function say(unsent) {
  const waits = waiting().length > 0, line = document.querySelector("#my-ballot [data-same]");
  document.querySelector("#sum [data-unsent]").hidden = waits || !unsent;
  document.querySelector("#sum [data-when=saved]").hidden = waits || unsent;
  if (line) line.hidden = waits || unsent;
}

/** The buttons of an option, and the place for its dots: the page comes without, or many options would make it heavy. */
function steps(option) {
  const made = document.getElementById("steps").content.firstElementChild.cloneNode(true), name = option.querySelector(".name");
  made.setAttribute("aria-labelledby", name.id);
  for (const button of made.querySelectorAll("button")) button.ariaLabel = button.dataset.says.replace("%(option)s", name.textContent);
  made.querySelector(".placed-dots").id = `paper-dots.${option.dataset.option}`;
  made.querySelector("[data-step='1']").setAttribute("aria-describedby", `paper-dots.${option.dataset.option}`);
  option.append(made);
}

function lay(option, n, cap, left) {
  if (!option.querySelector(".steps")) steps(option);
  const place = option.querySelector(".placed-dots"), dot = document.getElementById("one-dot").content.firstElementChild;
  const full = n >= cap || !left;
  if (place.children.length !== n) place.replaceChildren(...Array.from({ length: n }, () => dot.cloneNode(true)));
  place.ariaLabel = String(n);
  option.querySelector("[data-step='-1']").hidden = !n;
  option.querySelector("[data-step='1']").ariaDisabled = full ? "true" : null;
}

/** What is good to know before the first dot makes room after it. */
function fold() {
  document.querySelector("#paper .rules").open = false;
}

function hidden(field, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name: field, value });
}

form.addEventListener("submit", () => { counted = Math.max(counted, Number(form.elements.number.value)); });
document.addEventListener("saved", ({ detail: { command, args } }) => {
  if (command !== "cast_ballot") return;
  answered.set(args.stage, { number: Number(args.number), dots: args.dots });
  if (same(placed(args.stage), args.dots)) localStorage.removeItem(name(args.stage));
  draw();
});
document.addEventListener("outbox", draw);
document.addEventListener("shown", draw);
draw();
if (paper() && sum(placed(paper().dataset.paper))) fold();

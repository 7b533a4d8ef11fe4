// While an idea is typed: what stands on the chart already and says nearly the same.  It holds nothing up.
import { near } from "./wire.js";
import { newId } from "./forms.js";
import { put } from "./outbox.js";

const PAUSE = 600;               // ms without a key before we ask
const AGAIN = 3000;              // ms until we ask once more where the server had no time; then twice as long, and so on
const WORDS = 3, SIGNS = 12;     // with fewer of both there is nothing to compare
const STEM = 4;                  // letters from which a word counts as common, also where the other only begins with it
const form = document.getElementById("write"), field = form.elements.text, place = document.getElementById("hint");
let pause = 0, asking = false, asked = "", again = AGAIN;
let pressed = null, aside = null;   // {idea, text}: supported but not answered yet; supported, with the words that went aside for it

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const typed = () => field.value.trim();
const enough = (text) => text.length >= SIGNS || words(text).length >= WORDS;
const alike = (one, other) => one.length >= STEM && other.length >= STEM && (one.startsWith(other) || other.startsWith(one));

/** Ask about what is typed; one question at a time, and then about the newest. */
async function ask() {
  const text = typed();
  if (asking || text === asked) return;
  asking = true;
  asked = text;
  const ideas = await near(text, form.elements.stage.value).catch(() => null);
  asking = false;
  if (enough(typed())) show((ideas ?? []).map((idea) => drawn(idea, words(text))));
  if (typed() !== text) later();
  else if (!ideas) {
    asked = "";
    later(again);
    again *= 2;
  }
}

/** Ask soon, or take the hint away where little is left of what it was about. */
function later(wait = PAUSE) {
  clearTimeout(pause);
  if (enough(typed())) pause = setTimeout(ask, wait);
  else {
    asked = "";
    show([]);
  }
}

/** Show these, and the way to write on all the same.  What is the same stays, so that it is read aloud once. */
function show(ideas) {
  if (aside && !ideas.length) return;
  const next = place.cloneNode(false);
  next.append(...ideas, ...ideas.length ? copied("hint-anyway") : []);
  if (next.isEqualNode(place)) return;
  aside = null;
  place.replaceChildren(...next.childNodes);
}

const copied = (template) => [...document.getElementById(template).content.cloneNode(true).children];

function drawn({ id, text }, said) {
  const [entry] = copied("hint-idea"), button = entry.querySelector("button");
  const given = (document.querySelector("[data-given]")?.dataset.given ?? "").split(" ").includes(id);
  const is = document.getElementById(`my-ideas.${id}`) ? "own" : given ? "given" : "others";
  for (const lead of entry.querySelectorAll("[data-lead]")) if (lead.dataset.lead !== is) lead.remove();
  entry.querySelector("[data-text]").append(...marked(text, said));
  button.value = id;
  const on = [`flip-chart.${id}`, `my-ideas.${id}`].find((line) => document.getElementById(line));
  if (on) entry.dataset.on = on;
  if (is !== "others") button.remove();
  return entry;
}

/** *text* as nodes, in which the words that were *said* too are underlaid, those that follow one another in one piece. */
function marked(text, said) {
  const parts = text.split(/([\p{L}\p{N}]+)/u), common = parts.map((part) => said.some((word) => alike(part.toLowerCase(), word)));
  const nodes = [];
  parts.forEach((part, n) => {
    const joins = Boolean(common[n] || !part.trim() && common[n - 1] && common[n + 1]), last = nodes.at(-1);
    if (last && joins === last.joins) last.node.textContent += part;
    else nodes.push({ joins, node: joins ? Object.assign(document.createElement("mark"), { textContent: part }) : document.createTextNode(part) });
  });
  return nodes.map(({ node }) => node);
}

/** Support was saved: the words that it stands for go aside, unless somebody wrote on. */
function supported() {
  if (typed() === pressed.text) {
    aside = pressed;
    write("");
    place.replaceChildren(...copied("hint-aside"));
  }
  pressed = null;
}

function undo() {
  const { idea, text } = aside;
  aside = null;
  put({ id: newId(), command: "unsupport_idea", args: { idea }, form: "unsupport" });
  place.replaceChildren();
  write([text, typed()].filter(Boolean).join(" "));
}

function write(text) {
  field.value = field.defaultValue = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

place.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.name === "idea") pressed = { idea: button.value, text: typed() };
  if (button?.matches("[data-undo]")) undo();
});
/** A hint goes with its idea: whoever took that off the chart wants nobody to read it. */
document.addEventListener("shown", () => {
  if ([...place.querySelectorAll("[data-on]")].every((entry) => document.getElementById(entry.dataset.on))) return;
  asked = "";
  show([]);
  later();
});
document.addEventListener("saved", ({ detail: { command, args } }) => command === "support_idea" && args.idea === pressed?.idea && supported());
form.addEventListener("submit", () => {
  if (typed()) aside = pressed = null;
});
field.addEventListener("input", () => {
  again = AGAIN;
  later();
});

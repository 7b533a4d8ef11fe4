// The board: walk with the arrows, select, and act on what is selected.  What is selected lives here; the server draws the rest.
import { act, argumentsOf } from "./forms.js";
import { worded } from "./words.js";

export const board = document.getElementById("board");
const panel = document.getElementById("selected"), news = document.getElementById("board-news");
export const selected = new Set();
let at = "", after = "";         // the idea that the arrows stand on, and where they go when it leaves

export const find = (id) => board.querySelector(`[data-idea="${CSS.escape(id)}"]`);
const seen = (within = board) => [...within.querySelectorAll("[data-idea]:not(.unfound)")];
const shelfOf = (idea) => idea.closest("[data-shelf]");
const listOf = (idea) => idea.closest("[role=listbox], [role=grid]");
const textOf = (node) => node?.textContent.trim() ?? "";

/** Show what is selected and where the arrows stand.  Touches only the lines in which that differs. */
function draw() {
  const there = new Set();
  for (const idea of board.querySelectorAll("[data-idea]")) {
    const id = idea.dataset.idea, chosen = String(selected.has(id)), order = id === at ? 0 : -1;
    there.add(id);
    if (idea.getAttribute("aria-selected") !== chosen) idea.setAttribute("aria-selected", chosen);
    if (idea.tabIndex !== order) idea.tabIndex = order;
  }
  for (const id of selected) if (!there.has(id)) selected.delete(id);
  const now = [find(at), find(after), ...seen()].find((idea) => idea?.matches(":not(.unfound)"));
  if (now && now.dataset.idea !== at) {
    if (there.has(at)) find(at).tabIndex = -1;
    at = now.dataset.idea;
    now.tabIndex = 0;
  }
  const count = panel.querySelector("[data-count]"), n = selected.size;
  const words = n === 1 ? count.dataset.one : worded(count.dataset.many, { n });
  if (n && count.textContent !== words) count.textContent = words;
  panel.dataset.chosen = n;
  panel.hidden = !n;
}

/** The arrows stand on *idea* from now on. */
export function place(idea) {
  at = idea.dataset.idea;
  const all = seen(), here = all.indexOf(idea);
  after = (all.slice(here + 1).find((other) => !selected.has(other.dataset.idea)) ?? all[here - 1])?.dataset.idea ?? "";
}

/** The arrows stand on *idea*, and so does the focus. */
export function stand(idea) {
  if (!idea) return;
  place(idea);
  draw();
  idea.focus();
}

function toggle(idea) {
  const id = idea.dataset.idea;
  selected.has(id) ? selected.delete(id) : selected.add(id);
  stand(idea);
}

/** Select *ideas* too, and stand on the last of them, or on *last*. */
export function select(ideas, last = ideas.at(-1)) {
  for (const idea of ideas) selected.add(idea.dataset.idea);
  stand(last);
}

export function clear() {
  selected.clear();
  draw();
}

/** Select from where the arrows stand to *idea*, where both are in one list. */
function range(idea) {
  const list = seen(listOf(idea)), from = list.findIndex((other) => other.dataset.idea === at), to = list.indexOf(idea);
  if (from < 0) return toggle(idea);
  select(list.slice(Math.min(from, to), Math.max(from, to) + 1), idea);
}

/** Walk on and take the next idea into the selection; back over selected ones it lets them go. */
function extend(idea, step) {
  const next = along(idea, step);
  if (!next) return;
  if (selected.has(idea.dataset.idea) && selected.has(next.dataset.idea)) {
    selected.delete(idea.dataset.idea);
    stand(next);
  } else select([idea, next]);
}

/** The idea beside *idea* on the next shelf in that direction that has any, at the nearest height. */
function across(idea, step) {
  const shelves = [...board.querySelectorAll("[data-shelf]")], top = idea.getBoundingClientRect().top;
  for (let n = shelves.indexOf(shelfOf(idea)) + step; shelves[n]; n += step) {
    const near = seen(shelves[n]).map((other) => [Math.abs(other.getBoundingClientRect().top - top), other]);
    if (near.length) return near.reduce((a, b) => (b[0] < a[0] ? b : a))[1];
  }
}

function along(idea, step) {
  const shelf = seen(shelfOf(idea));
  return shelf[shelf.indexOf(idea) + step];
}

/** Press what the panel offers for the selected ideas; with none selected, for *idea*. */
const press = (what) => (idea) => {
  if (!selected.size) toggle(idea);
  panel.querySelector(`[data-fill=${what}], [data-does=${what}]`).click();
};

/** Put *idea*, which is in the tray, into the *n*th theme that it is near to. */
const offer = (n) => (idea) => idea.querySelector(`[data-offer="${n}"]`)?.click();

const forward = () => (getComputedStyle(board).direction === "rtl" ? -1 : 1);
const KEYS = {
  ArrowDown: (idea, shift) => shift ? extend(idea, 1) : stand(along(idea, 1)),
  ArrowUp: (idea, shift) => shift ? extend(idea, -1) : stand(along(idea, -1)),
  ArrowRight: (idea) => stand(across(idea, forward())), ArrowLeft: (idea) => stand(across(idea, -forward())),
  Home: (idea) => stand(seen(shelfOf(idea))[0]), End: (idea) => stand(seen(shelfOf(idea)).at(-1)),
  x: toggle, " ": toggle, Enter: toggle, m: press("move"), n: press("new-theme"), h: (idea) => selected.size < 2 && press("withhold")(idea), p: press("hold_ideas"), 1: offer(1), 2: offer(2),
};

board.addEventListener("keydown", (event) => {
  const idea = event.target.matches("[data-idea]") ? event.target : null, key = event.key.length > 1 ? event.key : event.key.toLowerCase();
  const all = idea && key === "a" && (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!all && (event.ctrlKey || event.metaKey || event.altKey)) return;
  const theme = event.target.closest("[data-theme-id]");
  const does = all ? () => select(seen(listOf(idea)), idea) : idea && KEYS[key];
  const button = does ? null : theme?.querySelector(`[data-theme-key="${CSS.escape(key)}"]`);
  if (!does && !button) return;
  event.preventDefault();
  event.stopPropagation();
  does ? does(idea, event.shiftKey) : button.click();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !selected.size || event.target.matches("input, textarea") || document.querySelector("dialog[open]")) return;
  clear();
});

board.addEventListener("click", (event) => {
  const on = event.target.closest("button, summary, form, [data-idea]");
  if (on?.matches("[data-idea]")) return event.shiftKey ? range(on) : toggle(on);
  if (event.target.closest("[data-clear]")) {
    clear();
    find(at)?.focus();
  }
  if (event.target.closest("[data-unfolds]")) unfold(event.target.closest("[data-theme-id]"));
});

// On a narrow page one theme is open at a time.
let unfolded = "";
function unfold(theme) {
  if (theme) unfolded = unfolded === theme.id ? "" : theme.id;
  for (const other of board.querySelectorAll("[data-theme-id]")) {
    other.classList.toggle("unfolded", other.id === unfolded);
    const button = other.querySelector("[data-unfolds]"), open = other.id === unfolded;
    button.setAttribute("aria-expanded", open);
    button.querySelector("use").setAttribute("href", open ? "#i-minus" : "#i-plus");
  }
}

/** The name of the theme with that number; empty for the tray. */
export const nameOf = (theme) => textOf(document.getElementById(`theme-${theme}-name`));

/** Say what was done to *n* ideas to those who do not see it. */
function tell(command, n, name) {
  const kind = command === "move_ideas" ? (name ? "moved" : "trayed") + (n === 1 ? "One" : "Many") : { merge_themes: "merged", withhold_idea: "withheld" }[command] ?? "made";
  news.textContent = worded(news.dataset[kind], { n, name });
}

/** Move or merge as a drag asks; resolves once it is done or refused. */
export async function drop(command, args) {
  const name = nameOf(args.theme === -1 ? "" : args.into ?? args.theme);
  if (!await act(command, { stage: document.body.dataset.stage, ...args })) return;
  tell(command, args.ideas?.length, name);
  leave(args.ideas ?? []);
}

/** *ideas* went elsewhere: they are no longer selected, and the arrows stay where they stood. */
function leave(ideas) {
  if (ideas.includes(at)) at = after;      // whoever sorts the tray stays in the tray
  for (const id of ideas) selected.delete(id);
  draw();
  setTimeout(regain);
}

// Sheets that act on what is selected carry its ids; once it is done, nothing is.
document.addEventListener("filled", ({ detail: form }) => {
  form.querySelector("[data-selected]")?.replaceChildren(...[...selected].map((id) => {
    const field = document.createElement("input");
    field.name = "ideas";
    field.type = "hidden";
    field.value = id;
    return field;
  }));
});

let sent = {};                   // what the sheet asked for, to say that it was done
document.addEventListener("submit", ({ target: form, submitter }) => {
  if (form.dataset.command) sent = { ...argumentsOf(form, submitter), chosen: textOf(submitter?.querySelector("[dir]")) };
}, true);
document.addEventListener("done", ({ target: form }) => {
  if (["move", "merge", "new-theme", "withhold"].includes(form.id)) tell(form.dataset.command, sent.ideas?.length ?? 0, sent.name ?? sent.chosen);
  if (form.querySelector("[data-selected]")) leave([...selected]);
});

// What the panel does at once: hold the selected ideas, let them go, make one card of them with the words of the first, take a card apart.
const DOES = {
  hold_ideas: (ideas) => ({ ideas }), release_ideas: (ideas) => ({ ideas }),
  fold_ideas: ([into, ...ideas]) => ({ ideas, into }), part_card: ([idea]) => ({ idea }),
};
panel.addEventListener("click", async ({ target }) => {
  if (target.closest("[data-fill=withhold]")) return withholds(target.closest("button"), find([...selected][0]));
  const command = target.closest("[data-does]")?.dataset.does, ideas = [...selected];
  if (command && await act(command, { stage: document.body.dataset.stage, ...DOES[command](ideas) })) leave(ideas);
});

/** *button* opens the sheet in which *idea* is withheld. */
function withholds(button, idea) {
  const fields = { "data-field-idea": idea.dataset.idea, "data-field-turns": idea.dataset.turns ?? 0, "data-whom": textOf(idea.querySelector("[dir]")) };
  for (const [name, value] of Object.entries(fields)) button.setAttribute(name, value);
}

// Where the focus was on the board and its idea went away, the next one has it; nobody else's focus is taken.
let walking = false;
document.addEventListener("focusin", ({ target }) => { if (!target.closest("dialog")) walking = board.contains(target); });
document.addEventListener("pointerdown", ({ target }) => { if (!board.contains(target)) walking = false; });

function regain() {
  const idea = document.activeElement?.closest("[data-idea]");
  const lost = document.activeElement === document.body || panel.hidden && panel.contains(document.activeElement) || idea && idea.dataset.idea !== at;
  if (walking && lost) find(at)?.focus({ preventScroll: true });
}

for (const name of ["shown", "sifted"]) document.addEventListener(name, () => {
  draw();
  unfold();
  regain();
});
draw();

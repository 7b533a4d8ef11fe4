// The board: walk with the arrows, select, and act on what is selected.  What is selected lives here; the server draws the rest.
const board = document.getElementById("board"), panel = document.getElementById("selected");
const selected = new Set();
let at = "", after = "";         // the idea that the arrows stand on, and where they go when it leaves

const ideas = () => [...board.querySelectorAll("[data-idea]")];
const find = (id) => board.querySelector(`[data-idea="${CSS.escape(id)}"]`);
const shelfOf = (idea) => idea.closest("[data-shelf]");

function draw() {
  const there = new Set();
  for (const idea of ideas()) {
    const id = idea.dataset.idea;
    there.add(id);
    idea.setAttribute("aria-selected", selected.has(id));
    idea.tabIndex = id === at ? 0 : -1;
  }
  for (const id of selected) if (!there.has(id)) selected.delete(id);
  if (!there.has(at)) {
    at = there.has(after) ? after : ideas()[0]?.dataset.idea ?? "";
    if (at) find(at).tabIndex = 0;
  }
  const count = panel.querySelector("[data-count]"), n = selected.size;
  const words = n === 1 ? count.dataset.one : count.dataset.many.replace("%(n)s", n);
  if (n && count.textContent !== words) count.textContent = words;
  panel.hidden = !n;
}

function stand(idea) {
  if (!idea) return;
  at = idea.dataset.idea;
  const all = ideas(), place = all.indexOf(idea);
  after = (all.slice(place + 1).find((other) => !selected.has(other.dataset.idea)) ?? all[place - 1])?.dataset.idea ?? "";
  draw();
  idea.focus();
}

function toggle(idea) {
  const id = idea.dataset.idea;
  selected.has(id) ? selected.delete(id) : selected.add(id);
  stand(idea);
}

/** The idea beside *idea* on the next shelf in that direction that has any, at the nearest height. */
function across(idea, step) {
  const shelves = [...board.querySelectorAll("[data-shelf]")], top = idea.getBoundingClientRect().top;
  for (let n = shelves.indexOf(shelfOf(idea)) + step; shelves[n]; n += step) {
    const near = [...shelves[n].querySelectorAll("[data-idea]")].map((other) => [Math.abs(other.getBoundingClientRect().top - top), other]);
    if (near.length) return near.reduce((a, b) => (b[0] < a[0] ? b : a))[1];
  }
}

function along(idea, step) {
  const shelf = [...shelfOf(idea).querySelectorAll("[data-idea]")];
  return shelf[shelf.indexOf(idea) + step];
}

const forward = () => (getComputedStyle(board).direction === "rtl" ? -1 : 1);
const KEYS = {
  ArrowDown: (idea) => stand(along(idea, 1)), ArrowUp: (idea) => stand(along(idea, -1)),
  ArrowRight: (idea) => stand(across(idea, forward())), ArrowLeft: (idea) => stand(across(idea, -forward())),
  Home: (idea) => stand(shelfOf(idea).querySelector("[data-idea]")), End: (idea) => stand([...shelfOf(idea).querySelectorAll("[data-idea]")].at(-1)),
  x: toggle, X: toggle, " ": toggle, Enter: toggle,
  m: moveOne, M: moveOne,
};

/** M on an idea with nothing selected moves that one. */
function moveOne(idea) {
  if (!selected.size) toggle(idea);
  panel.querySelector("[data-fill=move]").click();
}

board.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const idea = event.target.closest("[data-idea]");
  if (idea && KEYS[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    return KEYS[event.key](idea);
  }
  const theme = event.target.closest("[data-theme-id]");
  const button = theme?.querySelector(`[data-theme-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) {
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }
});

board.addEventListener("click", (event) => {
  const idea = event.target.closest("[data-idea]");
  if (idea) return toggle(idea);
  if (event.target.closest("[data-clear]")) {
    selected.clear();
    draw();
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
    other.querySelector("[data-unfolds]").setAttribute("aria-expanded", other.id === unfolded);
  }
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
document.addEventListener("done", ({ target: form }) => {
  if (!form.querySelector("[data-selected]")) return;
  if (selected.has(at)) at = after;      // whoever sorts the tray stays in the tray
  selected.clear();
  draw();
  setTimeout(regain);
});

// Where the focus was on the board and its idea went away, the next one has it; nobody else's focus is taken.
let walking = false;
document.addEventListener("focusin", ({ target }) => { if (!target.closest("dialog")) walking = board.contains(target); });
document.addEventListener("pointerdown", ({ target }) => { if (!board.contains(target)) walking = false; });

function regain() {
  const idea = document.activeElement?.closest("[data-idea]");
  const lost = document.activeElement === document.body || panel.hidden && panel.contains(document.activeElement) || idea && idea.dataset.idea !== at;
  if (walking && lost) find(at)?.focus();
}

document.addEventListener("shown", () => {
  draw();
  unfold();
  regain();
});
draw();

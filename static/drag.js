// Dragging on the board: ideas onto a theme, the tray or an empty place, and a theme by its head onto another.
// A finger drags after a long press, so that a swipe still scrolls.
import { board, clear, drop, find, nameOf, place, select, selected } from "./board.js";
import { hold, release } from "./shown.js";
import { worded } from "./words.js";
import { take } from "./wire.js";

const LONG = 250;                // ms that a finger rests before it lifts what is below
const NEAR = { mouse: 5, touch: 10, pen: 10 };   // px that a pointer may stray and still mean a click
const EDGE = 56, FAST = 18;      // px from an edge where it begins to scroll, and px a frame at the edge itself
const HEAD = 10;                 // px below the upper edge of a box where it does: the heads stand there, and they are goals
const LINGER = 350;              // ms that a pointer stays near an edge before anything scrolls: to drop there is no wish to go on
const carried = document.getElementById("carried");
const narrow = matchMedia("(max-width: 40rem)");
let press = null;                // a pointer that went down on what can be dragged
let drag = null;                 // what is carried: ideas, or a theme; where the pointer is; and the goal below it

board.addEventListener("pointerdown", (event) => {
  if (drag || event.button || !event.isPrimary || event.shiftKey || narrow.matches || document.querySelector("[data-locked]")) return;
  const on = event.target.closest("button, a, summary, form, input, .menu-list, [data-idea], .theme-head");
  const idea = on?.dataset.idea, theme = !idea && on?.matches(".theme:not(.suggested) > .theme-head") ? Number(on.parentElement.dataset.themeId) : null;
  if (!idea && theme === null) return;
  forget();
  press = { pointer: event.pointerId, type: event.pointerType, x: event.clientX, y: event.clientY, idea, theme };
  if (press.type === "mouse") return;
  press.resting = setTimeout(lift, LONG);
  event.target.addEventListener("touchmove", still, { passive: false });   // there: if somebody else moves the idea, its node is no longer on the board
});

/** A finger that carries something does not scroll. */
function still(event) {
  if (drag) event.preventDefault();
}

document.addEventListener("pointermove", (event) => {
  if (event.pointerType === "mouse" && !event.buttons) {   // it was let go where we heard nothing of it
    forget();
    return putDown();
  }
  if (press?.pointer === event.pointerId && Math.hypot(event.clientX - press.x, event.clientY - press.y) > NEAR[press.type]) {
    press.type === "mouse" ? lift() : forget();
  }
  if (drag?.pointer !== event.pointerId) return;
  drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 1;
  Object.assign(drag, { x: event.clientX, y: event.clientY });
  aim();
});

document.addEventListener("pointerup", (event) => {
  forget();
  if (drag?.pointer !== event.pointerId) return;
  Object.assign(drag, { x: event.clientX, y: event.clientY });
  aim();
  const { ideas, theme, goal, moved } = drag;
  if (moved) deafen();
  putDown();
  if (!goal) return;
  if (goal.matches(".theme, .tray")) {
    const to = goal.matches(".tray") ? -1 : Number(goal.dataset.themeId);
    drop(...theme === null ? ["move_ideas", { ideas, theme: to }] : ["merge_themes", { theme, into: to }]);
  } else split(ideas);
});

for (const name of ["pointercancel", "blur"]) addEventListener(name, () => { forget(); putDown(); });
board.addEventListener("dragstart", (event) => event.preventDefault());   // words that are marked would be dragged instead
board.addEventListener("contextmenu", (event) => { if (drag || press?.resting) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
  if (!drag) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") putDown();
}, true);

/** The pointer that is down means no drag. */
function forget() {
  clearTimeout(press?.resting);
  press = null;
}

/** What is below the pointer is carried from now on, with all that is selected where it is too; the page holds still. */
function lift() {
  const { pointer, type, x, y, idea, theme } = press, node = idea ? find(idea) : board.querySelector(`[data-theme-id="${theme}"]`);
  forget();
  if (!node) return;
  const ideas = !idea ? [] : selected.has(idea) ? [...selected] : [idea];
  drag = { pointer, x, y, ideas, theme, goal: null, moved: type === "mouse", nodes: idea ? ideas.map(find) : [node] };
  if (idea) place(node);
  if (type === "mouse") board.setPointerCapture(pointer);
  hold();
  board.classList.add("dragging");
  drag.nodes.forEach((one) => one.classList.add("dragged"));
  carried.querySelector("[data-what]").textContent = idea ? node.firstElementChild.textContent : nameOf(theme);
  carried.querySelector("[data-many]").textContent = ideas.length > 1 ? ideas.length : "";
  carried.classList.toggle("by-finger", type !== "mouse");
  carried.hidden = false;
  aim();
  requestAnimationFrame(glide);
}

/** Show where the carried would go, and what would happen there. */
function aim() {
  const goal = goalBelow(), says = carried.querySelector("[data-goal]");
  drag.goal?.classList.remove("goal");
  drag.goal = goal;
  goal?.classList.add("goal");
  const kind = !goal ? (below()?.closest(".suggested") ? "waits" : "") : drag.theme !== null ? "merges" : goal.matches(".tray") ? "trays" : goal.matches(".theme") ? "moves" : "splits";
  says.textContent = kind && worded(says.dataset[kind], { name: nameOf(goal?.dataset.themeId) });
  const { width, height } = carried.getBoundingClientRect(), above = carried.matches(".by-finger");
  const x = Math.min(Math.max(0, above ? drag.x - width / 2 : drag.x + 12), innerWidth - width);
  const y = Math.min(Math.max(0, above ? drag.y - height - 28 : drag.y + 12), innerHeight - height);
  carried.style.transform = `translate(${x}px, ${y}px)`;
}

const below = () => document.elementFromPoint(drag.x, drag.y);

function goalBelow() {
  const on = below(), theme = on?.closest(".theme");
  if (drag.theme !== null) return theme?.matches(":not(.suggested, .dragged)") ? theme : null;
  const goal = theme ?? on?.closest(".tray, .shelves");
  return goal?.matches(".suggested") || drag.nodes.every((idea) => idea.closest(".theme, .tray") === goal) ? null : goal ?? null;
}

/** Scroll towards an edge of the shelves, the tray or the window that the pointer lingers at. */
function glide(now) {
  if (!drag) return;
  const pulls = [...board.querySelectorAll(".shelves, .tray")].map((box) => [box, pulled(box.getBoundingClientRect())]);
  const { top, bottom } = board.getBoundingClientRect(), y = pull(drag.y, 0, innerHeight);
  pulls.push([window, [0, (y < 0 ? top < 0 : bottom > innerHeight) ? y : 0]]);
  const wished = pulls.filter(([, by]) => by.some(Boolean));
  drag.since = wished.length ? drag.since ?? now : null;
  if (now - drag.since > LINGER) for (const [box, by] of wished) box.scrollBy(...by);
  aim();
  requestAnimationFrame(glide);
}

/** Px to scroll a box with these edges sideways and down. */
function pulled({ left, right, top, bottom }) {
  const from = Math.max(0, top), to = Math.min(innerHeight, bottom);
  if (drag.x < left || drag.x > right || drag.y < from - 2 * EDGE || drag.y > to + 2 * EDGE) return [0, 0];
  return [drag.y < from || drag.y > to ? 0 : pull(drag.x, left, right), into(to - drag.y) - into(drag.y - from + 2 * HEAD, 3 * HEAD)];
}

/** Px to scroll for a pointer at *at* between the edges *from* and *to*. */
const pull = (at, from, to) => into(to - at) - into(at - from);
const into = (near, deep = EDGE) => Math.min(1, Math.max(0, 1 - near / deep)) * FAST;

/** Nothing is carried any more; what came meanwhile is shown. */
function putDown() {
  if (!drag) return;
  drag.goal?.classList.remove("goal");
  drag.nodes.forEach((one) => one.classList.remove("dragged"));
  board.classList.remove("dragging");
  carried.hidden = true;
  drag = null;
  take(...release());
}

/** Open the sheet of a new theme with *ideas* in it. */
function split(ideas) {
  clear();
  select(ideas.map(find).filter(Boolean), find(ideas[0]));
  board.querySelector("[data-fill=new-theme]").click();
}

/** The click that ends a drag selects nothing. */
function deafen() {
  const stop = (event) => { if (event.isTrusted) event.stopPropagation(); };   // not those of our own
  addEventListener("click", stop, true);
  setTimeout(() => removeEventListener("click", stop, true));
}

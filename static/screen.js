// The screen: it only looks.  It holds the newest idea long enough to be read, and finds the size that everything fits in.
import "./clock.js";
import "./status.js";

const HOLD = 4000, TURN = 12000;             // ms
const STEPS = [16, 24, 40, 48, 61];          // the wall's text sizes, named by how many ideas they are drawn for
const SHEET = 38, CALM = 40;                 // where the wall turns: most ideas on one sheet, and its smallest text
const ZOOMS = ["", "fit-90", "fit-80", "fit-70", "fit-60"];

const overflows = (node) => node.scrollWidth > node.clientWidth + 2 || node.scrollHeight > node.clientHeight + 2;

// The newest idea stays for four seconds, unless it was taken off the wall; then the one that is newest by then.
let held = null, since = 0, due = 0;          // held: {idea, words}

function hold() {
  const place = document.querySelector(".newest");
  const now = place && { idea: place.dataset.idea, words: [...place.children].map((line) => line.textContent) };
  clearTimeout(due);
  if (!now || !held || !document.getElementById(`idea-wall.${held.idea}`)) return show(now);
  if (now.idea === held.idea) return void (held = now);
  const left = since + HOLD - Date.now();
  if (left <= 0) return show(now);
  write(place, held);
  due = setTimeout(() => {
    if (place.isConnected) write(place, now);
    show(now);
  }, left);
}

const write = (place, { words }) => [...place.children].forEach((line, n) => { line.textContent = words[n]; });

function show(now) {
  held = now;
  since = Date.now();
}

// The wall: one sheet with everything, in the largest text that fits; else one table after the other, in calm sizes.
let sheet = null;                            // {table, page, from, count} while it turns

function wall() {
  const list = document.querySelector("ul.wall");
  if (!list) return void (sheet = null);
  const ideas = [...list.children];
  for (const idea of ideas) idea.hidden = false;
  const whole = sized(list, Number(list.dataset.size)) && ideas.length <= STEPS.at(-1);
  sheet = whole ? null : sheet ?? { table: tables(ideas)[0], page: 1, from: 0 };
  list.parentElement.querySelector(".table-number").hidden = whole;
  if (!whole) lay(list, ideas);
}

/** Give the list the first text size from *least* to *most* in which it fits. */
function sized(list, least, most = STEPS.at(-1)) {
  return STEPS.filter((step) => step >= least && step <= most).some((step) => {
    list.className = `wall wall-${step}`;
    return !overflows(list);
  });
}

const tables = (ideas) => [...new Set(ideas.map((idea) => idea.dataset.table))].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));

/** Show as many ideas of the sheet's table as fit. */
function lay(list, ideas) {
  const own = ideas.filter((idea) => idea.dataset.table === sheet.table).slice(sheet.from);
  const number = list.parentElement.querySelector(".table-number b");
  number.textContent = sheet.table || sheet.page;
  sheet.count = Math.min(SHEET, own.length);
  do {
    for (const idea of ideas) idea.hidden = true;
    for (const idea of own.slice(0, sheet.count)) idea.hidden = false;
  } while (!sized(list, STEPS[0], CALM) && sheet.count > 1 && (sheet.count = Math.ceil(sheet.count / 2)));
}

setInterval(() => {
  const list = document.querySelector("ul.wall");
  if (!sheet || !list) return;
  const ideas = [...list.children], all = tables(ideas);
  const left = ideas.filter((idea) => idea.dataset.table === sheet.table).length - sheet.from - sheet.count;
  sheet = left > 0 ? { table: sheet.table, page: sheet.page + 1, from: sheet.from + sheet.count }
    : { table: all[(all.indexOf(sheet.table) + 1) % all.length], page: 1, from: 0 };
  wall();
}, TURN);

/** Make what is too much for its stage smaller, in steps. */
function fit() {
  for (const node of document.querySelectorAll("[data-fit]")) {
    node.classList.remove(...ZOOMS.filter(Boolean));
    for (const zoom of ZOOMS) {
      if (zoom) node.classList.add(zoom);
      if (!overflows(node)) break;
      if (zoom && zoom !== ZOOMS.at(-1)) node.classList.remove(zoom);
    }
  }
}

// A soft chime when the time is up, where the browser lets a page sound.
document.addEventListener("clock", ({ detail: seconds }) => {
  if (seconds) return;
  const sound = new AudioContext(), tone = sound.createOscillator(), volume = sound.createGain();
  tone.frequency.value = 523;
  volume.gain.setValueAtTime(0.15, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 1.5);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 1.5);
});

function settle() {
  wall();
  fit();
}

document.addEventListener("shown", () => {
  hold();
  settle();
});
addEventListener("resize", settle);
document.fonts.ready.then(settle);
hold();
settle();

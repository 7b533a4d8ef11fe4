// The notes for the report: kept as they are typed; what two people write at once is put together, never lost.
import { ask } from "./wire.js";
import { refuse } from "./forms.js";
import { unsaved } from "./unsaved.js";
import { folded } from "./words.js";

const PAUSE = 800, AGAIN = 3000;
const box = document.getElementById("note");
const kept = () => document.querySelector("[data-note]").textContent;
let base = kept(), timer = 0;

function soon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
  unsaved("notes", true);
}

async function save() {
  if (folded(box.value) === base) return unsaved("notes", false);
  try {
    const answer = await ask("write_note", { text: box.value, was: base });
    refuse(box.form, answer.ok ? "" : answer.error);
    if (answer.ok) unsaved("notes", false);
  } catch {
    soon(AGAIN);
  }
}

/** Mine, and below it the lines of theirs that neither I nor our common text has. */
function together(mine, theirs) {
  const known = new Set([...folded(mine).split("\n"), ...base.split("\n")]);
  return [mine.trimEnd(), ...theirs.split("\n").filter((line) => !known.has(line))].join("\n");
}

document.addEventListener("shown", () => {
  const theirs = kept();
  if (theirs === base) return;
  const mine = folded(box.value);
  if (mine === base && mine !== theirs) box.value = theirs;
  else if (mine !== theirs && !mine.startsWith(theirs)) box.value = together(box.value, theirs);
  base = theirs;
  refuse(box.form, "");
  if (folded(box.value) !== base) soon();
});
box.addEventListener("input", () => soon());
box.form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); });
addEventListener("pagehide", save);

// Find on the board: the ideas that have all the words typed stay, their words marked; the others and their count are hidden.
import { board, select } from "./board.js";
import { worded } from "./words.js";

const field = document.getElementById("find"), count = document.getElementById("found");
const marks = globalThis.Highlight && CSS.highlights;
const OTHER = { ł: "l", ø: "o", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" };   // letters that Unicode does not take apart
const known = new Map();         // a text -> its letters without case and accents, and where each stands in it

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđıßæœ]/g, (letter) => OTHER[letter]);

function folded(text) {
  if (!known.has(text)) {
    let letters = "", at = 0;
    const from = [];
    for (const letter of text) {
      for (const one of plain(letter)) {
        letters += one;
        from.push(...Array(one.length).fill(at));
      }
      at += letter.length;
    }
    known.set(text, { letters, from: [...from, at] });
  }
  return known.get(text);
}

/** Hide what has not all the words, mark them in what has, and say how many are found. */
function sift() {
  const words = plain(field.value).split(/\s+/).filter(Boolean), ranges = [];
  let n = 0;
  for (const idea of board.querySelectorAll(".idea")) {
    const said = [...idea.querySelectorAll("[dir=auto]")].map(({ firstChild: node }) => ({ node, ...folded(node?.data ?? "") }));
    const found = words.every((word) => said.some(({ letters }) => letters.includes(word)));
    idea.classList.toggle("unfound", !found);
    if (!found || !words.length || !idea.dataset.idea) continue;
    n += 1;
    if (marks) for (const { node, letters, from } of said) for (const word of words) ranges.push(...places(letters, word).map((start) => marked(node, from, start, word.length)));
  }
  board.classList.toggle("finding", words.length > 0);
  marks?.set("found", new Highlight(...ranges));
  const told = !words.length ? "" : n === 1 ? count.dataset.one : worded(count.dataset.many, { n });
  if (count.textContent !== told) count.textContent = told;
}

function places(letters, word) {
  const all = [];
  for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + word.length)) all.push(at);
  return all;
}

function marked(node, from, start, length) {
  const range = new Range();
  range.setStart(node, from[start]);
  range.setEnd(node, from[start + length]);
  return range;
}

function sifted() {
  sift();
  document.dispatchEvent(new CustomEvent("sifted"));
}

field.addEventListener("input", sifted);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  if (event.key === "Enter") {
    const found = field.value.trim() ? [...board.querySelectorAll("[data-idea]:not(.unfound)")] : [];
    if (found.length) select(found, found[0]);
    return;
  }
  const had = field.value;
  field.value = "";
  sifted();
  if (!had) board.querySelector("[data-idea][tabindex='0']")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field.checkVisibility()) return;
  if (event.target.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  field.select();
  field.focus();
});
document.addEventListener("shown", () => { if (field.value) sift(); }, true);   // before the board looks where it stands

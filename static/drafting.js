// The sections of the charter: saved as they are typed, with what the workshop offers one press away.
import { ask, socket, up } from "./wire.js";
import { refuse } from "./forms.js";
import { merged } from "./merge.js";
import { unsaved } from "./unsaved.js";
import { folded, worded } from "./words.js";

const PAUSE = 800, AGAIN = 3000;
const TELL = 2000, STILL = 3500;  // ms: how often we say that somebody types, and after how long without a key they have stopped
const STORE = `section ${document.body.dataset.code} ${document.body.dataset.person} `;
const bases = new Map();          // section -> {was, text}: what is typed goes on from this version
const mine = new Map();           // section -> words that are not saved yet; they are on the device too, for a reload
const steps = new Set();          // sections whose unsaved words are not typed: a step of its own to undo
const turns = new Map();          // section -> undo or redo, pressed before what is typed was saved
const sent = new Map(), refused = new Map(), timers = new Map();
let told = "", toldAt = 0, still = 0;

const entries = () => [...document.querySelectorAll("[data-section]")];
const entryOf = (key) => document.querySelector(`[data-section="${CSS.escape(key)}"]`);
const fieldOf = (key) => entryOf(key)?.querySelector("textarea");
const theirsIn = ({ dataset }) => ({ was: Number(dataset.version), text: dataset.text });

/** Compare what the server shows of a section with what is typed in it here. */
function look(entry) {
  const key = entry.dataset.section, theirs = theirsIn(entry);
  if (!bases.has(key)) recall(key, theirs);
  let base = bases.get(key);
  if (theirs.was >= base.was && [base.text, sent.get(key)].includes(theirs.text)) bases.set(key, base = theirs);
  if (mine.has(key) && theirs.was > base.was && theirs.text !== folded(mine.get(key))) base = join(key, base, theirs);
  const words = folded(mine.get(key) ?? base.text);
  if (words === base.text || words === theirs.text) {
    if (theirs.was >= base.was) bases.set(key, theirs);
    settled(key);
  } else soon(key);
  clash(entry, mine.has(key) && bases.get(key).was < theirs.was ? theirs.text : null);
  if (turns.has(key) && !mine.has(key) && bases.get(key).was === theirs.was) back(key, turns.get(key));
}

/** Put what somebody else changed into what is typed, where that is elsewhere in the text.  Returns the base of what is typed now. */
function join(key, base, theirs) {
  const field = fieldOf(key), caret = field?.selectionStart ?? 0, found = merged(base.text, mine.get(key), theirs.text, caret);
  if (!found || !field) return base;
  const [text, at] = found;
  bases.set(key, theirs);
  write(key, text);
  field.value = text;
  if (field === document.activeElement) field.setSelectionRange(at, at);
  return theirs;
}

/** What was typed before the page was loaded again. */
function recall(key, theirs) {
  const { text, was, base } = JSON.parse(localStorage.getItem(STORE + key) ?? "{}");
  bases.set(key, text === undefined ? theirs : { was, text: base });
  if (text === undefined) return;
  mine.set(key, text);
  if (fieldOf(key)) fieldOf(key).value = text;
}

/** Nothing is unsaved in a section: its field holds the server's words. */
function settled(key) {
  const field = fieldOf(key), { text } = bases.get(key);
  mine.delete(key);
  sent.delete(key);
  steps.delete(key);
  localStorage.removeItem(STORE + key);
  unsaved(key, false);
  if (!field) return;
  field.defaultValue = text;
  if (folded(field.value) === text) return;
  const at = field.selectionStart;
  field.value = text;
  if (field === document.activeElement) field.setSelectionRange(at, at);
}

/** Show the words that somebody else wrote meanwhile above one's own; null takes them away. */
function clash(entry, text) {
  const field = entry.querySelector("textarea");
  let box = entry.querySelector(".theirs");
  if (text === null || !field) return box?.remove();
  if (!box) {
    box = document.getElementById("theirs").content.firstElementChild.cloneNode(true);
    entry.querySelector(".drafting").before(box);
  }
  const says = box.querySelector("[data-says]"), { by } = entry.dataset;
  says.textContent = by ? worded(says.dataset.says, { name: by }) : says.dataset.nobody;
  box.querySelector("[data-words]").textContent = text;
}

/** *words* of a section, kept on the device until the server has them. */
function write(key, words) {
  mine.set(key, words);
  const { was, text: base } = bases.get(key);
  localStorage.setItem(STORE + key, JSON.stringify({ text: words, was, base }));
  unsaved(key, true);
}

/** Write *words* into a section as a step of its own. */
function put(key, words) {
  write(key, words);
  steps.add(key);
  if (fieldOf(key)) fieldOf(key).value = words;
  save(key);
}

function soon(key, pause = PAUSE) {
  if (!timers.has(key)) timers.set(key, setTimeout(() => { timers.delete(key); save(key); }, pause));
}

const clashes = (key) => Boolean(entryOf(key)?.querySelector(".theirs"));

/** Save a section, unless another's words wait to be put together with it, or it is being saved: that looks again when it is done. */
async function save(key) {
  const text = mine.get(key);
  if (text === undefined || !up() || sent.has(key) || clashes(key) || refused.get(key) === text) return;
  const { was } = bases.get(key), words = folded(text);
  sent.set(key, words);
  try {
    done(key, text, words, was, await ask("write_section", { section: key, text, was, kind: steps.has(key) ? "" : "typed" }));
  } catch {
    soon(key, AGAIN);
  }
  sent.delete(key);
  if (mine.has(key)) soon(key, up() ? PAUSE : AGAIN);
}

function done(key, text, words, was, answer) {
  const entry = entryOf(key);
  refuse(entry, answer.ok || answer.again ? "" : answer.error);
  if (answer.ok) {
    if (bases.get(key).was === was) bases.set(key, { was: was + 1, text: words });
    if (mine.get(key) === text) settled(key);
    else write(key, mine.get(key));
  } else if (!answer.again) {
    if (entry?.querySelector("textarea") && theirsIn(entry).was > was) return look(entry);
    refused.set(key, text);
    if (entry?.querySelector("textarea")) return;
    refuse(null, `${answer.error} “${text}”`);
    settled(key);
  }
}

function typing(key) {
  clearTimeout(still);
  if (key) still = setTimeout(typing, STILL, "");
  if (!socket.connected || key === told && Date.now() - toldAt < TELL) return;
  if (key || told) socket.emit("typing", { section: key });
  [told, toldAt] = [key, Date.now()];
}

document.addEventListener("input", ({ target }) => {
  const key = target.closest("[data-section]")?.dataset.section;
  if (!key || !target.matches("textarea")) return;
  write(key, target.value);
  typing(key);
  clearTimeout(timers.get(key));
  timers.delete(key);
  soon(key);
});

document.addEventListener("focusout", ({ target }) => {
  const key = target.closest?.("[data-section]")?.dataset.section;
  if (!key) return;
  save(key);
  typing("");
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-take-all]")) {
    for (const entry of entries()) if (entry.dataset.version === "0" && !mine.has(entry.dataset.section) && entry.dataset.whole) put(entry.dataset.section, entry.dataset.whole);
  }
  if (target.closest("[data-jump]")) jump(target.closest("[data-jump]"));
  const entry = target.closest("[data-section]"), button = target.closest("[data-turn], [data-take], [data-clash]");
  if (!entry || !button || button.getAttribute("aria-disabled") === "true") return;
  const key = entry.dataset.section, { turn, take } = button.dataset, field = fieldOf(key);
  if (turn) back(key, turn);
  else if (take) put(key, take === "add" ? [field.value.trimEnd(), entry.dataset.offer].filter(Boolean).join("\n") : entry.dataset.whole);
  else together(key, entry, button.dataset.clash);
  field.focus();
});

/** Undo or do again, once all that is typed is saved and shown. */
async function back(key, kind) {
  const entry = entryOf(key), theirs = theirsIn(entry), text = entry.dataset[kind === "undo" ? "before" : "after"];
  if (up() && (mine.has(key) || theirs.was !== bases.get(key).was)) {
    turns.set(key, kind);
    return save(key);
  }
  turns.delete(key);
  if (text === undefined) return;
  const answer = up() ? await ask("write_section", { section: key, text, was: theirs.was, kind }).catch(() => null) : null;
  refuse(entryOf(key), answer?.ok ? "" : answer?.error ?? document.body.dataset.offline);
}

/** Two people wrote: keep one's own words in place of theirs, or *both*, theirs first. */
function together(key, entry, what) {
  const theirs = theirsIn(entry), known = new Set(theirs.text.split("\n"));
  const own = folded(mine.get(key)).split("\n");
  clash(entry, null);
  bases.set(key, theirs);
  put(key, what === "both" ? [theirs.text, ...own.filter((line) => !known.has(line))].join("\n") : mine.get(key));
}

function jump(link) {
  const place = document.getElementById(link.hash.slice(1));
  place?.scrollIntoView({ block: "center" });
  place?.focus({ preventScroll: true });
}

const all = () => entries().forEach(look);
const saveAll = () => [...mine.keys()].forEach((key) => save(key));
document.addEventListener("shown", () => {
  for (const mark of document.querySelectorAll("[data-typing]")) mark.hidden = mark.dataset.typing === document.body.dataset.person;
  all();
});
for (const name of ["live", "slow"]) document.addEventListener(name, () => {
  sent.clear();                   // what was asked over the line before may never be answered; asked again it changes nothing more
  all();
  saveAll();
});
addEventListener("pagehide", saveAll);
all();

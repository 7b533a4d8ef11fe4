// Puts the server's drawings in place: whole regions, and the entries of a list that came, changed, moved or went.
const has = new Map();           // region -> the number of the drawing that is shown
const newest = new Map();        // region -> the latest number that we know of, be it of a drawing or of when one was given
const FEW = 3;                   // so many changes of a region are put in place one by one; for more its whole is asked for
let kept = null;                 // what came while the page holds still: region -> its drawings, in their order

export const regions = () => [...document.querySelectorAll(".region[data-mark]")];
export const marks = () => Object.fromEntries(regions().map((region) => [region.id, region.dataset.mark]));

/** Another connection, perhaps to another server: its numbers are not those of before. */
export function forget() {
  has.clear();
  newest.clear();
  kept?.clear();
}

/** Change nothing on the page until it is released: somebody drags something over it. */
export function hold() {
  kept ??= new Map();
}

/** Hold still no longer.  Returns the drawings that came meanwhile, and the regions that changed too often to go through it all. */
export function release() {
  const all = [...kept ?? []];
  kept = null;
  return [all.flatMap(([, patches]) => patches.length > FEW ? [] : patches), all.filter(([, patches]) => patches.length > FEW).map(([id]) => id)];
}

function keep(patch) {
  const before = kept.get(patch.id) ?? [];
  kept.set(patch.id, patch.html === undefined ? [...before, patch] : [patch]);
}

/** Put drawings in place; returns the regions that we miss something of.  What is older than what we know is let go. */
export function show(patches) {
  if (kept) {
    patches.forEach(keep);
    return [];
  }
  const missed = [], changed = [];
  document.dispatchEvent(new CustomEvent("showing"));
  for (const patch of patches) {
    const region = document.getElementById(patch.id), number = patch.at ?? patch.seq;
    if (!region || number <= (newest.get(patch.id) ?? -1)) continue;
    const whole = patch.html !== undefined;
    if (!whole && (patch.put ? has.get(patch.id) !== patch.was : region.dataset.mark !== patch.mark)) {
      missed.push(patch.id);
      continue;
    }
    if (whole) morph(region, patch.html, "innerHTML");
    else if (patch.put) change(region, patch);
    region.dataset.mark = patch.mark;
    has.set(patch.id, patch.seq);
    newest.set(patch.id, number);
    if (whole || patch.put) changed.push(patch.id);
  }
  if (changed.length) document.dispatchEvent(new CustomEvent("shown", { detail: changed }));
  return missed;
}

/** Take the regions of the page as it was loaded anew, unless the page holds still: it is soon loaded again. */
export function repaint(page) {
  if (kept) return;
  forget();
  document.dispatchEvent(new CustomEvent("showing"));
  const fresh = regions().map((region) => [region, page.getElementById(region.id)]).filter(([old, now]) => now && now.dataset.mark !== old.dataset.mark);
  for (const [region, now] of fresh) {
    morph(region, now.innerHTML, "innerHTML");
    region.dataset.mark = now.dataset.mark;
  }
  if (fresh.length) document.dispatchEvent(new CustomEvent("shown", { detail: fresh.map(([region]) => region.id) }));
}

/** Apply the entries of a list that came, changed, moved or went. */
function change(region, { id, put, drop }) {
  const list = region.querySelector("[data-entries]");
  const entry = (key) => document.getElementById(`${id}.${key}`);
  drop.forEach((key) => entry(key)?.remove());
  for (const [key, html, after] of put) {
    const old = entry(key);
    if (old) morph(old, html, "outerHTML");
    const node = old ? entry(key) : made(html);
    const before = after === null ? null : entry(after);
    if (before ? before.nextElementSibling !== node : list.firstElementChild !== node) {
      before ? before.after(node) : list.prepend(node);
    }
    if (!old) fresh(node);
  }
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function fresh(node) {
  node.classList.add("new");
  setTimeout(() => node.classList.remove("new"), 1600);
}

/** Morph, but leave alone what somebody is typing or has opened, parts that came as their id alone, and those that the page made. */
function morph(node, html, morphStyle) {
  const typing = document.activeElement?.matches("input:not([type=hidden]), textarea, select");
  Idiomorph.morph(node, html, {
    morphStyle, ignoreActiveValue: Boolean(typing),
    callbacks: {
      beforeNodeMorphed: (old, now) => old.nodeType !== 1 || !now.hasAttribute("data-kept") && !inUse(old, now),
      beforeNodeRemoved: (node) => !(node.nodeType === 1 && node.hasAttribute("data-own")),
      beforeAttributeUpdated: (name, old) => !(name === "open" && old.localName === "details"),
    },
  });
}

/** Whether a field keeps what somebody wrote or chose in it; a list that is chosen from still takes what is new to choose. */
function inUse(old, now) {
  if (!old.matches("input:not([type=hidden]), textarea, select")) return false;
  const used = touched(old) || old.localName === "select" && old === document.activeElement;
  if (used && old.localName === "select") renew(old, now);
  return used;
}

function renew(list, now) {
  const chosen = touched(list) && list.selectedOptions[0];
  if (list.innerHTML === now.innerHTML) return;
  list.replaceChildren(...now.cloneNode(true).childNodes);
  if (!chosen) return;
  if (![...list.options].some(({ value }) => value === chosen.value)) list.append(chosen);   // gone meanwhile: whoever sends it is told
  list.value = chosen.value;
}

function touched(field) {
  if (field.matches("select")) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// The wire: what the server shows us (patch), what we ask of it (ask), and whether the line is up.
const { code, seat, root } = document.body.dataset;
const ANSWER = 8000;
const seqs = new Map();          // region -> the number of the drawing that is shown
let offset = 0;                  // the server's clock minus ours, in ms

export const socket = io({
  path: `${root}/socket.io`, auth: { code, seat }, transports: ["websocket", "polling"], tryAllTransports: true,
  reconnectionDelay: 300, reconnectionDelayMax: 3000, randomizationFactor: 0.6, timeout: ANSWER,
});

/** The server's time, in ms since 1970. */
export const serverNow = () => Date.now() + offset;

/** Tell the page something: `live`, `lost`, `refused`, `shown` (the regions that changed). */
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** Ask for a command once.  Resolves to the answer; rejects where none came in time. */
export const ask = (command, args) => socket.timeout(ANSWER).emitWithAck("do", { command, args });

const regions = () => [...document.querySelectorAll(".region[data-mark]")];

socket.on("connect", async () => {
  const sent = Date.now();
  const have = Object.fromEntries(regions().map((region) => [region.id, region.dataset.mark]));
  try {
    const answer = await socket.timeout(ANSWER).emitWithAck("here", { have });
    offset = answer.now - (sent + Date.now()) / 2;
    seqs.clear();
    show(answer.regions);
    document.body.dataset.live = "yes";
    tell("live");
  } catch {
    socket.disconnect().connect();
  }
});

socket.on("disconnect", (reason) => {
  document.body.dataset.live = "no";
  tell("lost");
  if (reason === "io server disconnect") socket.connect();
});

socket.on("connect_error", (error) => {
  tell(socket.active ? "lost" : "refused", error.message);
});

socket.on("patch", ({ regions: patches }) => show(patches));

/** Put drawings in place.  A change to a drawing that we do not have is answered by asking for the whole. */
function show(patches) {
  const missed = [], changed = [];
  for (const patch of patches) {
    const has = seqs.get(patch.id), region = document.getElementById(patch.id);
    if (!region || (has !== undefined && patch.seq <= has)) continue;
    if (patch.put && has !== patch.was) {
      missed.push(patch.id);
      continue;
    }
    if (patch.put) change(region, patch);
    else if (patch.html !== undefined) morph(region, patch.html, "innerHTML");
    region.dataset.mark = patch.mark;
    seqs.set(patch.id, patch.seq);
    if (patch.put || patch.html !== undefined) changed.push(patch.id);
  }
  if (changed.length) tell("shown", changed);
  if (missed.length) again(missed);
}

async function again(missed) {
  missed.forEach((id) => seqs.delete(id));
  try {
    show((await socket.timeout(ANSWER).emitWithAck("whole", { regions: missed })).regions);
  } catch {
    socket.disconnect().connect();
  }
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

/** Morph, but leave alone what somebody is typing or has opened. */
function morph(node, html, morphStyle) {
  const typing = document.activeElement?.matches("input:not([type=hidden]), textarea, select");
  Idiomorph.morph(node, html, {
    morphStyle, ignoreActiveValue: Boolean(typing),
    callbacks: {
      beforeNodeMorphed: (old) => !(old.nodeType === 1 && old.matches("input:not([type=hidden]), textarea, select") && touched(old)),
      beforeAttributeUpdated: (name, old) => !(name === "open" && old.localName === "details"),
    },
  });
}

function touched(field) {
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

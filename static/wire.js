// The wire: whether a line is up, what we ask of the server, and what it shows us.
import { forget, marks, show } from "./shown.js";
import { fetched, post } from "./plain.js";

const { code, seat, root } = document.body.dataset;
const ANSWER = 8000;
const SOON = 3000;               // how long a hint may take
const OPENED = 20000;            // how long a line may that just opened: after a restart everybody asks at once
const AWAKE = 4000;              // how long a line may be silent that we come back to: it may have died meanwhile
const LOOK = 45000;              // how often we look whether something was missed, at most half as much again
const NO_SOCKET = 8000;          // after which we try without
const EVERY = 5000;              // then we look so often
let offset = 0;                  // the server's clock minus ours, in ms
let looking = false;
let plain = false, waiting = 0;  // whether we do without a socket, and the timer that tries it

export const socket = io({
  path: `${root}/socket.io`, auth: { code, seat }, transports: ["websocket", "polling"], tryAllTransports: true,
  reconnectionDelay: 300, reconnectionDelayMax: 3000, randomizationFactor: 0.6, timeout: ANSWER,
});

/** The server's time, in ms since 1970. */
export const serverNow = () => Date.now() + offset;

/** Whether something can be asked now. */
export const up = () => socket.connected || plain;

/** Tell the page how the line is: `live`, `lost`, `behind`, `restarting`, `slow`, `refused`. */
function tell(name, detail) {
  document.body.dataset.live = name === "live" || name === "slow" ? "yes" : "no";
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Ask for a command once.  Resolves to the answer; rejects where none came in time. */
export const ask = (command, args, id) => socket.connected ? call("do", { command, args, id }) : post(command, args, id);

const call = (name, message, patience = ANSWER) => socket.timeout(patience).emitWithAck(name, message);
/** The ideas of one's own chart that say nearly what is typed; none without a socket.  Rejects where no answer comes soon, or the server has no time. */
export async function near(text, stage) {
  if (!socket.connected) return [];
  const { ideas, later } = await call("hint", { text, stage }, SOON);
  if (later) throw new Error("the server has no time");
  return ideas;
}

const jitter = (ms) => ms * (1 + Math.random() / 2);

/** Say what we show, and take what is new. */
async function look(patience) {
  if (looking) return;
  looking = true;
  const sent = Date.now(), { id } = socket;
  try {
    const answer = await call("here", { have: marks() }, patience);
    offset = answer.now - (sent + Date.now()) / 2;
    take(answer.regions);
    tell("live");
  } catch {
    renew(id);
  } finally {
    looking = false;
  }
}

/** Show drawings.  A change to one that we do not have is answered by asking for the whole, as is what we *lack* anyway. */
export async function take(patches, lack = []) {
  const missed = [...show(patches), ...lack], { id } = socket;
  if (!missed.length) return;
  document.dispatchEvent(new CustomEvent("behind"));
  try {
    take((await call("whole", { regions: missed })).regions);
    document.dispatchEvent(new CustomEvent("live"));
  } catch {
    renew(id);
  }
}

/** Another line in place of the one that is called *id*, which is silent. */
function renew(id) {
  if (socket.id === id) socket.disconnect().connect();
}

socket.on("connect", () => {
  clearTimeout(waiting);
  waiting = 0;
  plain = looking = false;
  forget();
  tell("behind");
  look(OPENED);
});

socket.on("disconnect", (reason) => {
  const stopping = reason === "io server disconnect";
  if (stopping) setTimeout(() => socket.connect(), jitter(1000));
  tell(stopping ? "restarting" : "lost");
  without();
});

socket.on("connect_error", (error) => {
  if (error.message === "timeout") socket.io.opts.transports.reverse();   // a proxy that is silent about WebSockets
  if (!socket.active) {
    clearTimeout(waiting);
    tell("refused", error.message);
  } else if (!plain) tell("lost");
});

socket.on("patch", ({ regions }) => take(regions));

/** Where no socket comes through in time: fetch the page anew now and then, and let commands go as posts. */
function without() {
  waiting ||= setTimeout(plainly, jitter(NO_SOCKET));
}

async function plainly() {
  try {
    const now = await fetched();
    if (socket.connected) return;
    offset = now - Date.now();
    plain = true;
    tell("slow");
  } catch {
    plain = false;
    if (!socket.connected) tell("lost");
  }
  if (!socket.connected) waiting = setTimeout(plainly, EVERY);
}

/** Somebody comes back to the page, or the network to the phone: see at once what was missed. */
function back() {
  if (document.hidden) return;
  if (socket.connected) look(AWAKE);
  else socket.disconnect().connect();
}

document.addEventListener("visibilitychange", back);
addEventListener("pageshow", (event) => event.persisted && back());
addEventListener("online", back);
setInterval(() => !document.hidden && socket.connected && look(), jitter(LOOK));
without();

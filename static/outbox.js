// What was sent and is not answered yet: kept on the device, in order, each entry by itself, so that two tabs do not undo each other.
import { ask, up } from "./wire.js";

const { code, person } = document.body.dataset;
const NAME = `outbox ${code} ${person} `;
const PAUSE = 2000;
const WHOLE = ["cast_ballot", "rate_priority"];     // a later one says all that an earlier one did
let sending = false;

const place = ({ at, id }) => `${NAME}${String(at).padStart(15, "0")} ${id}`;

/** The entries, oldest first: {id, at, command, args, form}. */
export const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith(NAME)).sort()
  .map((key) => JSON.parse(localStorage.getItem(key))).filter(Boolean);

const tell = () => document.dispatchEvent(new CustomEvent("outbox", { detail: waiting() }));

/** Put one command behind the others.  A ballot or a rating takes the place of one that still waits. */
export function put(entry) {
  const before = waiting(), at = Math.max(Date.now(), 1 + (before.at(-1)?.at ?? 0));   // a clock set back changes no order
  localStorage.setItem(place({ ...entry, at }), JSON.stringify({ ...entry, at }));
  before.filter((e) => WHOLE.includes(e.command) && e.command === entry.command && e.args.stage === entry.args.stage && e.args.priority === entry.args.priority)
    .forEach((e) => localStorage.removeItem(place(e)));
  tell();
  send();
}

/** Send what waits, one after another.  An entry goes when it is answered; until then it is sent again under the same id. */
async function send() {
  if (sending || !up()) return;
  sending = true;
  try {
    for (let entry; up() && (entry = waiting()[0]);) {
      const answer = await ask(entry.command, entry.args, entry.id);
      if (answer.again) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      else answered(entry, answer);
    }
  } catch {
    setTimeout(send, PAUSE);
  } finally {
    sending = false;
  }
}

function answered(entry, answer) {
  localStorage.removeItem(place(entry));
  tell();
  document.dispatchEvent(new CustomEvent(answer.ok ? "saved" : "refusal", { detail: { ...entry, error: answer.error } }));
}

document.addEventListener("live", send);
document.addEventListener("slow", send);
addEventListener("storage", (event) => event.key?.startsWith(NAME) && tell());

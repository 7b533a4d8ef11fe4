// What was sent and is not answered yet: kept on the device, in order, each with an id of its own.
import { socket, ask } from "./wire.js";

const { code, person } = document.body.dataset;
const NAME = `outbox ${code} ${person}`;
const PAUSE = 2000;
let sending = false;

export const waiting = () => JSON.parse(localStorage.getItem(NAME) ?? "[]");

function keep(entries) {
  localStorage.setItem(NAME, JSON.stringify(entries));
  document.dispatchEvent(new CustomEvent("outbox", { detail: entries }));
}

/** Put one command behind the others.  A ballot takes the place of one that still waits. */
export function put(entry) {
  const others = waiting().filter((e) => !(entry.command === "cast_ballot" && e.command === entry.command && e.args.stage === entry.args.stage));
  keep([...others, entry]);
  send();
}

const remove = (id) => keep(waiting().filter((entry) => entry.id !== id));

/** Send what waits, one after another; an entry goes when it is answered. */
async function send() {
  if (sending || !socket.connected) return;
  sending = true;
  try {
    for (let entry; (entry = waiting()[0]) && socket.connected;) {
      const answer = await ask(entry.command, entry.args);
      if (answer.again) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        continue;
      }
      remove(entry.id);
      document.dispatchEvent(new CustomEvent(answer.ok ? "saved" : "refusal", { detail: { ...entry, error: answer.error } }));
    }
  } catch {
    setTimeout(send, PAUSE);
  } finally {
    sending = false;
  }
}

document.addEventListener("live", send);
addEventListener("storage", (event) => {
  if (event.key === NAME) document.dispatchEvent(new CustomEvent("outbox", { detail: waiting() }));
});

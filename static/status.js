// The line in the head of every page: saved, waiting, or no connection; and what happens when the server says no for good.
import { socket } from "./wire.js";

const sum = document.getElementById("sum"), offline = document.getElementById("offline"), refused = document.getElementById("turned-away");
const PATIENCE = 1500;
let away = 0;

function draw(entries) {
  const n = entries?.length ?? 0;
  for (const line of sum?.querySelectorAll("[data-when]") ?? []) line.hidden = line.dataset.when !== (n ? "waiting" : "saved");
  for (const place of document.querySelectorAll("[data-waiting]")) place.textContent = n;
}

document.addEventListener("outbox", ({ detail }) => draw(detail));
document.addEventListener("lost", () => {
  away ||= setTimeout(() => { if (offline) offline.hidden = false; }, PATIENCE);
});
document.addEventListener("live", () => {
  clearTimeout(away);
  away = 0;
  if (offline) offline.hidden = true;
});
document.addEventListener("refused", ({ detail }) => {
  if (!refused) return;
  refused.querySelector("[data-why]").textContent = detail;
  refused.hidden = false;
});

/** Mirror where the room is onto the body, so that what stands outside the regions follows. */
function follow() {
  for (const place of document.querySelectorAll("[data-follow]")) {
    for (const name of ["kind", "stage", "standing", "top", "step"]) document.body.dataset[name] = place.dataset[name] ?? "";
  }
}
document.addEventListener("shown", follow);
follow();

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !socket.connected) socket.connect();
});

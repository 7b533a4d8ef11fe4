// The line in the head of every page: saved, waiting, or no connection; and what happens when the server says no for good.
import "./wire.js";

const sum = document.getElementById("sum"), offline = document.getElementById("offline"), refused = document.getElementById("turned-away");
const PATIENCE = 1500;
let line = "live", later = 0;

function draw(entries) {
  const n = entries?.length ?? 0;
  for (const said of sum?.querySelectorAll("[data-when]") ?? []) said.hidden = said.dataset.when !== (n ? "waiting" : "saved");
  for (const place of document.querySelectorAll("[data-waiting]")) place.textContent = n;
}

/** Say how the line is, unless that is over soon.  A server that said that it restarts is not simply away. */
function is(now, after) {
  if (now === line || now === "lost" && line === "restarting") return;
  line = now;
  clearTimeout(later);
  later = setTimeout(say, after);
}

function say() {
  if (!offline) return;
  offline.hidden = line === "live";
  if (line !== "live") for (const part of offline.querySelectorAll("[data-line]")) part.hidden = part.dataset.line !== line;
}

document.addEventListener("outbox", ({ detail }) => draw(detail));
for (const bad of ["lost", "behind"]) document.addEventListener(bad, () => is(bad, PATIENCE));
for (const sure of ["restarting", "slow", "live"]) document.addEventListener(sure, () => is(sure, 0));
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
is("lost", 2 * PATIENCE);

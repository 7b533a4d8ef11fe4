// The phone tests how it reaches the laptop; the laptop counts who did.
const form = document.querySelector("form[data-ping]"), count = document.getElementById("count");
const TIMES = 5, PATIENCE = 5000, EVERY = 2000;   // round trips, ms, ms
const QUICK = 150, ENOUGH = 1000;                 // ms that nobody notices, ms that nobody minds

function got(address, options) {
  return fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options }).then((answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer;
  });
}

/** Ask a few times.  Resolves to the median in ms; the first is left out, since it opened the connection. */
async function roundTrip() {
  const times = [];
  for (let n = 0; n <= TIMES; n++) {
    const begun = performance.now();
    await got(form.dataset.ping);
    times.push(performance.now() - begun);
  }
  return Math.max(1, Math.round(times.slice(1).sort((a, b) => a - b)[TIMES >> 1]));
}

/** The way that live pages could come: "socket", "polling" or "neither". */
async function way() {
  if (await socketSpeaks().catch(() => false)) return "socket";
  return got(`${form.dataset.socket}?EIO=4&transport=polling`).then(() => "polling", () => "neither");
}

function socketSpeaks() {
  return new Promise((say) => {
    const address = new URL(`${form.dataset.socket}?EIO=4&transport=websocket`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    const late = setTimeout(end, PATIENCE, false);
    function end(well) {
      clearTimeout(late);
      socket.close();
      say(well);
    }
    socket.onmessage = () => end(true);
    socket.onerror = () => end(false);
  });
}

function show(said, ms) {
  for (const part of document.querySelectorAll("[data-said]")) {
    const words = part.querySelector("[data-sentence]");
    if (words) words.textContent = words.dataset.sentence.replace("{ms}", ms);
    part.hidden = !said.includes(part.dataset.said);
  }
}

async function test() {
  show(["testing"]);
  try {
    await got(form.action, { method: "POST" });
    const ms = await roundTrip();
    const said = ["reached", ms < QUICK ? "quick" : ms < ENOUGH ? "enough" : "slow"];
    show([...said, "testing"], ms);
    show([...said, await way()], ms);
  } catch {
    show(["lost"]);
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  await test();
  button.removeAttribute("aria-disabled");
});

async function recount() {
  const lost = count.querySelector("[data-lost]"), words = count.querySelector("[data-sentence]");
  try {
    const { n, sentence } = await (await got(count.dataset.count)).json();
    lost.hidden = true;
    count.querySelector("[data-n]").textContent = n;
    if (words.textContent !== sentence) words.textContent = sentence;
  } catch {
    lost.hidden = false;
  }
}

if (count) setInterval(() => document.hidden || recount(), EVERY);

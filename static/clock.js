// Clocks: regions carry when the time ends; the page counts, with the server's time.
import { serverNow } from "./wire.js";

const SPOKEN = [300, 60, 0];
const last = new Map();

function digits(seconds) {
  const whole = Math.abs(seconds), minutes = Math.floor(whole / 60);
  const two = (n) => String(n).padStart(2, "0");
  return seconds < 0 ? `+${minutes}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

function tick() {
  for (const timer of document.querySelectorAll("[role=timer]")) {
    const { ends, total, left, state } = timer.dataset;
    if (!ends && !left) continue;
    const paused = Boolean(left) && !Number(ends);
    const ms = paused ? Number(left) * 1000 : Number(ends) - serverNow();
    const seconds = Math.ceil(ms / 1000);
    const words = digits(seconds);
    const place = timer.querySelector("[data-digits]");
    if (place && place.textContent !== words) place.textContent = words;
    const share = total ? Math.max(0, Math.min(100, (ms / (Number(total) * 1000)) * 100)) : 0;
    timer.querySelector(".pie .left")?.setAttribute("stroke-dasharray", `${share.toFixed(1)} 100`);
    const now = paused ? "paused" : seconds < 0 ? "over" : seconds <= 60 ? "last" : "";
    if (now !== (state ?? "")) timer.dataset.state = now;
    if (!paused) announce(timer, seconds);
  }
}

/** At five minutes, one minute and the end: once, softly, and in words for screen readers. */
function announce(timer, seconds) {
  const before = last.get(timer.id);
  last.set(timer.id, seconds);
  if (before === undefined || before <= seconds) return;
  for (const mark of SPOKEN) {
    if (before > mark && seconds <= mark) {
      document.dispatchEvent(new CustomEvent("clock", { detail: mark }));
    }
  }
}

setInterval(tick, 250);
document.addEventListener("shown", tick);
document.addEventListener("live", tick);
tick();

// At the foot of each shelf of the board: how many of its ideas are below what is seen, and the way there.
import { board, stand } from "./board.js";
import { worded } from "./words.js";

let soon = 0;

/** The ideas of the shelf of *button* that are not seen whole above it; none where the last of them is. */
function below(button) {
  const end = button.closest(".shelves").getBoundingClientRect().bottom + 1;
  const lines = [...button.parentElement.querySelectorAll(".idea:not(.unfound)")].map((idea) => [idea, idea.getBoundingClientRect().bottom]);
  const band = parseFloat(getComputedStyle(button).getPropertyValue("--band"));
  return lines.some(([, bottom]) => bottom > end) ? lines.filter(([, bottom]) => bottom > end - band).map(([idea]) => idea) : [];
}

/** Say on each shelf what is below. */
function count() {
  soon = 0;
  const counts = [...board.querySelectorAll("[data-below]")].map((button) => [button, below(button).length]);
  for (const [button, n] of counts) {
    const words = n === 1 ? button.dataset.one : worded(button.dataset.many, { n });
    if (button.textContent !== words) button.textContent = words;
    button.hidden = !n;
  }
}

const later = () => { soon ||= requestAnimationFrame(count); };
board.addEventListener("scroll", later, { capture: true, passive: true });
addEventListener("resize", later);
for (const name of ["shown", "sifted"]) document.addEventListener(name, count);
document.fonts.ready.then(count);

board.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-below]");
  if (!button) return;
  const ideas = below(button), first = ideas.find((idea) => idea.matches("[data-idea]"));
  ideas[0]?.scrollIntoView({ block: "start" });
  stand(first);
});
count();

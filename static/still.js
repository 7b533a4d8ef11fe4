// What others do changes the board around what somebody looks at, and that stays where it is: what is near the pointer, else near
// what the arrows stand on, else what is uppermost in a box that was scrolled.  A browser holds one element of a box, and not that one.
import { board } from "./board.js";

let looks = null;                // where the pointer is on the board, unless a key was pressed since
let before = [];                 // for each box that scrolls, what may hold it: the nearest first, and the place where it was seen

for (const name of ["pointermove", "pointerdown"]) {
  document.addEventListener(name, ({ target, clientX: x, clientY: y }) => { looks = board.contains(target) ? { x, y } : null; }, true);
}
document.addEventListener("keydown", () => { looks = null; }, true);

const placeOf = (line) => [line.closest("[data-shelf]")?.dataset.shelf, line.closest(".theme")?.id].join();
const inside = ({ x, y }, { left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom;

/** The ideas and themes of *box* that are seen in the column that is looked at. */
function near(box) {
  const edges = box.getBoundingClientRect(), stood = document.activeElement.closest("[data-idea]")?.getBoundingClientRect();
  const uppermost = box.scrollTop && { x: box.querySelector("[data-shelf]")?.getBoundingClientRect().left + 1, y: edges.top };
  const at = [looks, stood, uppermost].find((one) => one && inside(one, edges));
  if (!at) return [];
  const lines = [...box.querySelectorAll("[data-idea], .theme")].map((line) => [line, line.getBoundingClientRect()]);
  const far = (line, { top, bottom }) => Math.max(top - at.y, at.y - (line.matches(".theme") ? top : bottom), 0);
  return lines.filter(([, { left, right, top, bottom }]) => at.x >= left && at.x <= right && bottom > edges.top && top < edges.bottom)
    .map(([line, edge]) => ({ id: line.id, place: placeOf(line), top: edge.top, far: far(line, edge) })).sort((a, b) => a.far - b.far);
}

document.addEventListener("showing", () => {
  before = [...board.querySelectorAll(".tray, .shelves")].filter((box) => box.checkVisibility()).map((box) => [box, near(box)]);
});

document.addEventListener("shown", () => {
  for (const [box, lines] of before) {
    for (const { id, place, top } of lines) {
      const line = document.getElementById(id);
      if (!line?.checkVisibility() || placeOf(line) !== place) continue;
      box.scrollTop += line.getBoundingClientRect().top - top;
      break;
    }
  }
  before = [];
});

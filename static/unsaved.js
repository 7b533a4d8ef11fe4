// What the console has not saved yet: the line in the head says so.
const waiting = new Set();

/** *what* is typed and not saved yet, or (*is* false) it is. */
export function unsaved(what, is) {
  waiting[is ? "add" : "delete"](what);
  for (const line of document.querySelectorAll("#sum [data-when]")) line.hidden = line.dataset.when !== (waiting.size ? "waiting" : "saved");
}

// What works where no socket does: commands as plain posts, and the page fetched anew.
import { repaint } from "./shown.js";

const { code, seat, root } = document.body.dataset;
const PATIENCE = 8000;

/** Post a command.  Resolves to the answer, as over a socket; rejects where none came. */
export async function post(command, args, id) {
  const answer = await fetch(`${root}/${code}/do/${command}`, {
    method: "POST", body: fields({ ...args, seat, entry: id ?? "" }), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
  });
  return answer.json();
}

function fields(args) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value)) value.forEach((one) => body.append(name, one));
    else if (value && typeof value === "object") Object.entries(value).forEach(([key, n]) => body.append(`${name}.${key}`, n));
    else if (value !== null && value !== undefined) body.append(name, value);
  }
  return body;
}

/** Fetch this page and take its regions.  Resolves to the server's time, to within half a second; rejects where it does not come. */
export async function fetched() {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  repaint(new DOMParser().parseFromString(await answer.text(), "text/html"));
  return Date.parse(answer.headers.get("Date")) + 500;
}

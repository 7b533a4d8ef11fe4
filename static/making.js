// The page that waits for a file: looks every second how far it is, and fetches it once when it is there.
const more = document.getElementById("more"), EVERY = 1000;   // ms

function take(page) {
  const fresh = page.getElementById("more"), same = fresh.dataset.state === more.dataset.state;
  more.dataset.state = fresh.dataset.state;
  for (const part of page.querySelectorAll("main [id]:not(#more)")) {
    const shown = document.getElementById(part.id);
    if (shown && shown.textContent !== part.textContent) shown.textContent = part.textContent;
    if (shown && part.localName === "progress") shown.value = part.value;
  }
  if (!same) more.replaceChildren(...fresh.childNodes);
}

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // No line, or the server restarts: the next look says more.
  }
  go();
}

function go() {
  if (more.dataset.state === "making") setTimeout(look, EVERY);
  if (more.dataset.state === "ready") location.assign(document.getElementById("file").href);
}

go();

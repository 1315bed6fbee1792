// Shows new traces above the others as they come. Without this, loading the page again does.
import { localise } from "./time.js";

const pause = 400;       // Several that come together are fetched together.
const restPause = 10000; // Imports tell nobody; they are looked for now and then.
const types = "activation.answered,activation.silent,activation.failed,activation.cancelled";

let waiting = 0;
let paused = false;

async function fetchRows(list) {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) {
    return [];
  }

  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(list.id);
  const known = new Set([...list.querySelectorAll("tr[data-id]")].map((row) => row.dataset.id));
  const body = list.querySelector("tbody");
  if (!fresh) {
    return [];
  }

  // The first traces of all, or more than a page of them: everything is new.
  const rows = [...fresh.querySelectorAll("tr[data-id]")];
  const added = rows.filter((row) => !known.has(row.dataset.id));
  if (added.length > 0 && (!body || added.length === rows.length)) {
    list.replaceChildren(...fresh.childNodes);
    localise(list);
    return added;
  }

  for (const row of added.reverse()) {
    row.classList.add("fresh");
    localise(row);
    body.prepend(row);
  }

  return added;
}

async function renew(list, state) {
  waiting = 0;
  if (document.hidden || paused) {
    return;
  }

  const added = await fetchRows(list);
  if (added.length > 0) {
    state.said.textContent = added.length === 1 ? "1 new" : `${added.length} new`;
  }
}

function soon(list, state) {
  if (waiting === 0) {
    waiting = setTimeout(() => renew(list, state).catch(() => {}), pause);
  }
}

function show(place) {
  const text = document.createElement("span");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "visually-hidden";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet-button";
  place.append(text, said, button);
  place.hidden = false;
  return { text, said, button };
}

function describe(state, connected) {
  state.text.textContent = paused ? "Paused." : connected ? "Live." : "Checking every 10 s.";
  state.button.textContent = paused ? "Resume" : "Pause";
}

export function followTraces() {
  const list = document.querySelector('[data-tail="traces"]');
  const place = document.querySelector("[data-tail-state]");
  if (!list || !place) {
    return;
  }

  const state = show(place);
  const source = new EventSource(`/api/v1/events?types=${types}`);
  const say = () => describe(state, source.readyState === EventSource.OPEN);
  for (const type of types.split(",")) {
    source.addEventListener(type, () => soon(list, state));
  }

  source.onopen = say;
  source.onerror = say;
  state.button.addEventListener("click", () => {
    paused = !paused;
    say();
    soon(list, state);
  });
  document.addEventListener("visibilitychange", () => soon(list, state));
  setInterval(() => soon(list, state), restPause);
  say();
}

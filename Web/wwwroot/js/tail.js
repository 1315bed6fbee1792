// Live trace list: adds new traces at the top. Without script, reload the page.
import { localise } from "./time.js";

const batchDelayMs = 400;     // Events close together cause one request.
const pollIntervalMs = 10000; // Imports send no events, so the list is polled too.
const eventTypes = "activation.answered,activation.silent,activation.failed,activation.cancelled";

let refreshTimer = 0;
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

  // An empty list, or more new traces than one page: replace all rows.
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

async function refresh(list, state) {
  refreshTimer = 0;
  if (document.hidden || paused) {
    return;
  }

  const added = await fetchRows(list);
  if (added.length > 0) {
    state.announcement.textContent = added.length === 1 ? "1 new trace" : `${added.length} new traces`;
  }
}

function scheduleRefresh(list, state) {
  if (refreshTimer === 0) {
    refreshTimer = setTimeout(() => refresh(list, state).catch(() => {}), batchDelayMs);
  }
}

function createStatus(container) {
  const text = document.createElement("span");
  const announcement = document.createElement("span");
  announcement.setAttribute("role", "status");
  announcement.className = "visually-hidden";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet-button";
  container.append(text, announcement, button);
  container.hidden = false;
  return { text, announcement, button };
}

function updateStatus(state, connected) {
  state.text.textContent = paused ? "Paused" : connected ? "Live" : "Updates every 10 s";
  state.button.textContent = paused ? "Resume" : "Pause";
}

export function enableLiveTraces() {
  const list = document.querySelector('[data-tail="traces"]');
  const container = document.querySelector("[data-tail-state]");
  if (!list || !container) {
    return;
  }

  const state = createStatus(container);
  const source = new EventSource(`/api/v1/events?types=${eventTypes}`);
  const update = () => updateStatus(state, source.readyState === EventSource.OPEN);
  for (const type of eventTypes.split(",")) {
    source.addEventListener(type, () => scheduleRefresh(list, state));
  }

  source.onopen = update;
  source.onerror = update;
  state.button.addEventListener("click", () => {
    paused = !paused;
    update();
    scheduleRefresh(list, state);
  });
  document.addEventListener("visibilitychange", () => scheduleRefresh(list, state));
  setInterval(() => scheduleRefresh(list, state), pollIntervalMs);
  update();
}

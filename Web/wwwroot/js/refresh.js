// Refreshes the changing part of a page while it is visible. Without script, reload the page.
import { localise } from "./time.js";

const defaultIntervalMs = 5000;

// Replacing the content would lose focus and open elements.
function isInUse(target) {
  return target.contains(document.activeElement) || target.querySelector("details[open]") !== null;
}

async function refresh(marker) {
  const target = document.getElementById(marker.dataset.refresh);
  if (document.hidden || !target || isInUse(target)) {
    return;
  }

  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) {
    return;
  }

  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = page.getElementById(target.id);
  const updatedMarker = page.querySelector("[data-refresh]");
  if (part && updatedMarker && !isInUse(target)) {
    target.replaceChildren(...part.childNodes);
    marker.replaceChildren(...updatedMarker.childNodes);
    marker.dataset.refreshEvery = updatedMarker.dataset.refreshEvery ?? "";
    localise(target);
    localise(marker);
  }
}

// The server sets the next interval.
async function run(marker) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, Number(marker.dataset.refreshEvery) || defaultIntervalMs));
    await refresh(marker).catch(() => {});
  }
}

export function startAutoRefresh() {
  const marker = document.querySelector("[data-refresh]");
  if (marker) {
    run(marker);
  }
}

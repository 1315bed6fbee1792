// Keeps a page's changing part current while somebody looks at it. Without this, loading the page again does.
import { localise } from "./time.js";

const pause = 5000;

// Whatever has the keyboard, or was opened, would be lost.
function isInUse(target) {
  return target.contains(document.activeElement) || target.querySelector("details[open]") !== null;
}

async function renew(marker) {
  const target = document.getElementById(marker.dataset.refresh);
  if (document.hidden || !target || isInUse(target)) {
    return;
  }

  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) {
    return;
  }

  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = fresh.getElementById(target.id);
  const stamp = fresh.querySelector("[data-refresh]");
  if (part && stamp && !isInUse(target)) {
    target.replaceChildren(...part.childNodes);
    marker.replaceChildren(...stamp.childNodes);
    marker.dataset.refreshEvery = stamp.dataset.refreshEvery ?? "";
    localise(target);
    localise(marker);
  }
}

// How soon the next look comes may change with what the last one showed.
async function follow(marker) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, Number(marker.dataset.refreshEvery) || pause));
    await renew(marker).catch(() => {});
  }
}

export function refreshRegularly() {
  const marker = document.querySelector("[data-refresh]");
  if (marker) {
    follow(marker);
  }
}

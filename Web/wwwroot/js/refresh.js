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
    localise(target);
    localise(marker);
  }
}

export function refreshRegularly() {
  const marker = document.querySelector("[data-refresh]");
  if (marker) {
    setInterval(() => renew(marker).catch(() => {}), pause);
  }
}

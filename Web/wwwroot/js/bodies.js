// Shows request and response bodies inline. Without script, links lead to their own pages.
async function load(details, address) {
  const target = details.querySelector("[data-body-text]");
  details.dataset.loaded = "";
  target.textContent = "…";
  try {
    const response = await fetch(address, { headers: { accept: "text/html" } });
    if (!response.ok) {
      throw new Error(response.status === 404 ? "Raw request or response not found." : `Loading failed (status ${response.status}). Reload the page to try again.`);
    }

    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const tabs = page.querySelector("nav.tabs");
    const view = page.querySelector("[data-body-view]");
    if (!view) {
      location.href = address;
      return;
    }

    view.querySelector("#body-text")?.removeAttribute("id");
    target.replaceChildren(tabs, ...view.childNodes);
    for (const link of tabs.querySelectorAll("a")) {
      link.addEventListener("click", (event) => {
        if (isPlainClick(event)) {
          event.preventDefault();
          load(details, link.getAttribute("href"));
        }
      });
    }
  } catch (error) {
    target.textContent = error.message;
  }
}

function isPlainClick(event) {
  return !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
}

export function loadBodiesOnDemand() {
  for (const details of document.querySelectorAll("details[data-body]")) {
    details.addEventListener("toggle", () => {
      if (details.open && !("loaded" in details.dataset)) {
        load(details, details.dataset.body);
      }
    });
  }
}

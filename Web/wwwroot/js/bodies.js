// Shows raw bodies in place, as their own pages do. Without this, the links in their places lead to those pages.
async function load(details, address) {
  const target = details.querySelector("[data-body-text]");
  details.dataset.asked = "";
  target.textContent = "…";
  try {
    const response = await fetch(address, { headers: { accept: "text/html" } });
    if (!response.ok) {
      throw new Error(response.status === 404 ? "This body is gone." : `The page answered ${response.status}.`);
    }

    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const forms = page.querySelector("nav.tabs");
    const view = page.querySelector("[data-body-view]");
    if (!view) {
      location.href = address;
      return;
    }

    view.querySelector("#body-text")?.removeAttribute("id");
    target.replaceChildren(forms, ...view.childNodes);
    for (const link of forms.querySelectorAll("a")) {
      link.addEventListener("click", (event) => {
        if (isPlain(event)) {
          event.preventDefault();
          load(details, link.getAttribute("href"));
        }
      });
    }
  } catch (error) {
    target.textContent = error.message;
  }
}

function isPlain(event) {
  return !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
}

export function loadBodiesOnDemand() {
  for (const details of document.querySelectorAll("details[data-body]")) {
    details.addEventListener("toggle", () => {
      if (details.open && !("asked" in details.dataset)) {
        load(details, details.dataset.body);
      }
    });
  }
}

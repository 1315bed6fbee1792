// Opens raw bodies in place. Without this, their links lead to a page of their own.
const limit = 400_000;

function format(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function load(details) {
  const target = details.querySelector("[data-body-text]");
  if (target.textContent !== "") {
    return;
  }

  target.textContent = "…";
  try {
    const response = await fetch(details.dataset.body);
    if (!response.ok) {
      throw new Error(response.status === 404 ? "This body is gone." : `The Api answered ${response.status}.`);
    }

    const text = format(await response.text());
    target.textContent = text.length > limit ? `${text.slice(0, limit)}\n… open the page of this body to see all of it` : text;
  } catch (error) {
    target.textContent = "";
    target.append(error.message);
  }
}

export function loadBodiesOnDemand() {
  for (const details of document.querySelectorAll("details[data-body]")) {
    details.addEventListener("toggle", () => details.open && load(details));
    details.querySelector("summary a").addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        details.open = !details.open;
      }
    });
  }
}

// Buttons that copy the page's address or a text. They are hidden where the clipboard is out of reach.
async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Could not copy";
  }

  setTimeout(() => { button.textContent = label; }, 1500);
}

export function offerCopies() {
  if (!navigator.clipboard) {
    return;
  }

  for (const button of document.querySelectorAll("[data-copy-link]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, location.href));
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, document.querySelector(button.dataset.copy).textContent));
  }
}

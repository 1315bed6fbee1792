// Buttons that copy the page's address or a text. They stay hidden when the clipboard is not available.
async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy failed";
  }

  setTimeout(() => { button.textContent = label; }, 1500);
}

export function enableCopyButtons() {
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

// Keyboard shortcuts: j and k move through rows, Enter opens, x selects, n and p change the page, / focuses the search, Escape closes a confirmation.
function rows() {
  return [...document.querySelectorAll("[data-rows] .row-link")];
}

function move(step) {
  const links = rows();
  if (links.length === 0) {
    return;
  }

  const current = links.indexOf(document.activeElement);
  const next = current < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, current + step));
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
}

function toggleSelection() {
  const row = document.activeElement?.closest("[data-rows] tr");
  row?.querySelector('input[type="checkbox"]')?.click();
}

function changePage(relation) {
  const link = document.querySelector(`a[rel="${relation}"]`);
  if (link) {
    link.click();
  } else if (relation === "prev" && new URL(location.href).searchParams.has("cursor")) {
    history.back();
  }
}

// Returns the focus to the button that opened the confirmation.
function closeConfirmation() {
  const confirmation = document.querySelector("details.confirm[open]");
  if (confirmation) {
    confirmation.open = false;
    confirmation.querySelector("summary").focus();
  }
}

export function enableShortcuts() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && !event.repeat && event.target.matches("[data-composer]")) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }

      return;
    }

    if (event.key === "Escape") {
      closeConfirmation();
      return;
    }

    if (typing || event.altKey) {
      return;
    }

    if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "x") {
      toggleSelection();
    } else if (event.key === "n") {
      changePage("next");
    } else if (event.key === "p") {
      changePage("prev");
    } else if (event.key === "/" && document.querySelector("[data-search]")) {
      event.preventDefault();
      document.querySelector("[data-search]").focus();
    }
  });
}

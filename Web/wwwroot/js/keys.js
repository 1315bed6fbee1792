// j and k walk through the rows of a list, Enter opens one, x marks it; n and p turn pages, / searches, Escape closes a question.
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

function mark() {
  const row = document.activeElement?.closest("[data-rows] tr");
  row?.querySelector('input[type="checkbox"]')?.click();
}

function turn(relation) {
  const link = document.querySelector(`a[rel="${relation}"]`);
  if (link) {
    link.click();
  } else if (relation === "prev" && new URL(location.href).searchParams.has("cursor")) {
    history.back();
  }
}

// A question that is not answered gives the keyboard back to the button that asked it.
function closeQuestion() {
  const question = document.querySelector("details.ask[open]");
  if (question) {
    question.open = false;
    question.querySelector("summary").focus();
  }
}

export function listenForKeys() {
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && event.target.matches("[data-composer]")) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }

      return;
    }

    if (event.key === "Escape") {
      closeQuestion();
      return;
    }

    if (writing || event.altKey) {
      return;
    }

    if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "x") {
      mark();
    } else if (event.key === "n") {
      turn("next");
    } else if (event.key === "p") {
      turn("prev");
    } else if (event.key === "/" && document.querySelector("[data-search]")) {
      event.preventDefault();
      document.querySelector("[data-search]").focus();
    }
  });
}

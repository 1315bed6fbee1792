// The parts of a trace: arrow keys move through the tree, and an address of an earlier version, such as #logs, opens its part.
function open(address) {
  const target = new URL(address, location.href);
  if (target.href !== location.href) {
    location.replace(target);
  }
}

function openFragment(tree) {
  const address = new URL(location.href);
  if (address.search || address.hash.length < 2) {
    return;
  }

  const fragment = address.hash.slice(1);
  const [, kind, id] = /^(ctx|raw|call)-(.+)$/.exec(fragment) ?? [];
  const row = document.getElementById(fragment)?.closest("li");
  if (row && tree.contains(row)) {
    open(row.querySelector(".row-link").href);
  } else if (kind === "ctx") {
    open(`${address.pathname}?part=context/${id}#${fragment}`);
  } else if (kind === "raw") {
    open(`${address.pathname}?part=messages&from=0#${fragment}`);
  } else if (kind === "call") {
    open(`${address.pathname}?part=call/${Number(id) + 1}`);
  }
}

function move(event, tree) {
  const links = [...tree.querySelectorAll(".row-link")];
  const current = links.indexOf(document.activeElement);
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: links.length - 1 }[event.key];
  if (next === undefined || current < 0 || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }

  event.preventDefault();
  const link = links[Math.min(links.length - 1, Math.max(0, next))];
  link.focus();
  link.scrollIntoView({ block: "nearest" });
}

export function enableParts() {
  const tree = document.querySelector("[data-parts]");
  if (tree) {
    openFragment(tree);
    tree.addEventListener("keydown", (event) => move(event, tree));
  }
}

// Streams answers and sends messages without a page load. Stored messages are always the server's HTML:
// after each stored message the thread is fetched again and replaced.
import { localise } from "./time.js";

const thread = document.querySelector("[data-thread]");
const live = document.querySelector("[data-live]");
const form = document.querySelector("[data-send]");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const answers = new Map();
const finished = new Set();
let refreshes = 0;
let isStale = false;
let lastSequence = Number(live.dataset.after);

function isAtEnd() {
  const page = document.scrollingElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 160;
}

function scrollToEnd() {
  document.scrollingElement.scrollTo({ top: document.scrollingElement.scrollHeight, behavior: reducedMotion.matches ? "auto" : "smooth" });
}

function keepScrolledToEnd(change) {
  const follow = isAtEnd();
  change();
  if (follow) {
    scrollToEnd();
  }
}

function replaceThread(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-thread]");
  if (!fresh) {
    return null;
  }

  localise(fresh);
  keepScrolledToEnd(() => thread.replaceChildren(...fresh.childNodes));
  return page;
}

// Fetches the thread again. What cannot be fetched now is fetched at the next heartbeat; a typed text is never lost to a page load.
async function refresh() {
  const number = ++refreshes;
  isStale = true;
  const response = await fetch(location.pathname + location.search);
  if (response.redirected && form.querySelector("[data-composer]").value === "") {
    location.reload(); // signed out
  }

  const html = response.ok && !response.redirected ? await response.text() : null;
  if (html === null || number !== refreshes) {
    return null; // A newer one is on its way.
  }

  isStale = false;
  return replaceThread(html);
}

async function refreshWithStatus() {
  showWaiting(await refresh());
}

function statusDot(state) {
  const element = document.createElement("span");
  element.className = `status-dot ${state}`;
  return element;
}

function showStatus(text) {
  const shown = live.querySelector("[data-waiting]");
  if (shown && text === shown.textContent.trim()) {
    return; // Unchanged: a screen reader need not read it again.
  }

  shown?.remove();
  if (text === null) {
    return;
  }

  const line = document.createElement("p");
  line.className = "waiting";
  line.dataset.waiting = "";
  line.append(statusDot("running"), ` ${text}`);
  keepScrolledToEnd(() => live.append(line));
}

// Shows in the open page what a loaded page says about an answer that is due; its thread is in this page by now.
function showWaiting(page) {
  if (page && answers.size === 0) {
    const text = thread.querySelector("[data-no-worker]") ? "Waiting for a worker …" : `${live.dataset.bot} is answering …`;
    showStatus(page.querySelector("[data-waiting]") ? text : null);
  }
}

function answerOf(activation) {
  let answer = answers.get(activation);
  if (!answer) {
    const bubble = document.createElement("article");
    bubble.className = "message assistant streaming";
    const name = document.createElement("header");
    const strong = document.createElement("strong");
    strong.textContent = live.dataset.bot;
    name.append(statusDot("running"), " ", strong);
    const text = document.createElement("div");
    text.className = "prose partial";
    bubble.append(name, text);
    answer = { bubble, text, content: "" };
    answers.set(activation, answer);
    showStatus(null);
    live.append(bubble);
  }

  return answer;
}

function removeAnswer(activation) {
  answers.get(activation)?.bubble.remove();
  answers.delete(activation);
}

async function finish(activation) {
  if (finished.has(activation)) {
    return;
  }

  finished.add(activation);
  try {
    await refresh();
  } finally {
    showStatus(null);
    removeAnswer(activation);
  }
}

// A worker has just answered: one that was held or restarted reports itself some seconds later, and until then the page says that there is none.
async function finishAnswer(activation) {
  await finish(activation);
  thread.querySelector("[data-no-worker]")?.remove();
}

const handlers = {
  message: ({ sequence }) => {
    lastSequence = Math.max(lastSequence, sequence);
    return thread.querySelector(`[data-sequence="${sequence}"]`) ? null : refreshWithStatus();
  },
  generation_started: ({ activation_id }) => {
    finished.delete(activation_id); // a parked activation that is retried
    showStatus(`${live.dataset.bot} is answering …`);
  },
  generation_restarted: ({ activation_id }) => {
    removeAnswer(activation_id);
    showStatus(`${live.dataset.bot} is answering again: the worker was lost …`);
  },
  token: ({ token, index, activation_id }) => keepScrolledToEnd(() => {
    const answer = answerOf(activation_id);
    answer.content = answer.content.slice(0, index) + token;
    answer.text.textContent = answer.content;
  }),
  message_complete: ({ message, sequence }) => {
    lastSequence = Math.max(lastSequence, sequence);
    return finishAnswer(message.activation_id);
  },
  // Nothing happens although an answer is due or begun: the page says if no worker is running. When it says so already, one may be back.
  heartbeat: () => isStale || answers.size > 0 || live.querySelector("[data-waiting]") || thread.querySelector("[data-no-worker]") ? refreshWithStatus() : null,
  silent: ({ activation_id }) => finishAnswer(activation_id),
  cancelled: ({ activation_id }) => finish(activation_id),
  // Without an activation it is the stream that failed, which reconnects.
  error: ({ activation_id }) => activation_id ? finish(activation_id) : null,
  done: ({ activation_id }) => finish(activation_id),
};

function connect(delay = 1000) {
  const source = new EventSource(`${live.dataset.live}?after_sequence=${lastSequence}`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      // Connection errors are also "error" events, but without data.
      if (event.data !== undefined) {
        Promise.resolve(handle(JSON.parse(event.data))).catch(() => { isStale = true; });
      }
    });
  }

  source.onopen = () => { delay = 1000; };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => connect(Math.min(delay * 2, 30_000)), delay);
    }
  };
  addEventListener("pagehide", () => source.close(), { once: true });
}

function showProblem(text) {
  const problem = document.createElement("p");
  problem.className = "notice failed";
  problem.role = "alert";
  problem.dataset.problem = "";
  problem.textContent = text;
  form.prepend(problem);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const text = form.querySelector("[data-composer]");
  if (button.disabled) {
    return; // Being sent.
  }

  const sent = text.value;
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = replaceThread(await response.text());
    form.querySelector("[data-problem]")?.remove();
    const problem = page?.querySelector("[data-problem]");
    if (problem) {
      form.prepend(document.adoptNode(problem));
    } else if (page) {
      text.value = text.value === sent ? "" : text.value;
      scrollToEnd();
      showWaiting(page);
    } else {
      showProblem(response.redirected ? "You are signed out. Copy the message, reload the page and sign in." : `The message was not sent (status ${response.status}). Try again; if that does not help, copy the message and reload the page.`);
    }
  } catch {
    form.querySelector("[data-problem]")?.remove();
    showProblem("The connection failed. The message may have been sent anyway: check whether it appears above before you send it again.");
  } finally {
    button.disabled = false;
    text.focus();
  }
});

document.addEventListener("DOMContentLoaded", scrollToEnd);
scrollToEnd();
connect();

// The growing answer, and sending without leaving the page. The stored conversation is always the server's HTML:
// whenever something was stored, the thread is fetched anew and put in place of the old one.
import { localise } from "./time.js";

const thread = document.querySelector("[data-thread]");
const live = document.querySelector("[data-live]");
const form = document.querySelector("[data-say]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const answers = new Map();
const settled = new Set();
let lastSequence = Number(live.dataset.after);

function isAtEnd() {
  const page = document.scrollingElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 160;
}

function toEnd() {
  document.scrollingElement.scrollTo({ top: document.scrollingElement.scrollHeight, behavior: calm.matches ? "auto" : "smooth" });
}

function keepingTheEnd(change) {
  const follow = isAtEnd();
  change();
  if (follow) {
    toEnd();
  }
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-thread]");
  if (!fresh) {
    location.reload();
    return null;
  }

  localise(fresh);
  keepingTheEnd(() => thread.replaceChildren(...fresh.childNodes));
  return page;
}

async function refresh() {
  const response = await fetch(location.pathname + location.search);
  if (response.redirected || !response.ok) {
    location.reload();
    return;
  }

  show(await response.text());
}

function lamp(state) {
  const element = document.createElement("span");
  element.className = `lamp ${state}`;
  return element;
}

function waiting(text) {
  live.querySelector("[data-waiting]")?.remove();
  if (text === null) {
    return;
  }

  const line = document.createElement("p");
  line.className = "waiting";
  line.dataset.waiting = "";
  line.append(lamp("running"), ` ${text}`);
  keepingTheEnd(() => live.append(line));
}

function answerOf(activation) {
  let answer = answers.get(activation);
  if (!answer) {
    const bubble = document.createElement("article");
    bubble.className = "message assistant growing";
    const name = document.createElement("header");
    const strong = document.createElement("strong");
    strong.textContent = live.dataset.bot;
    name.append(lamp("running"), " ", strong);
    const text = document.createElement("div");
    text.className = "prose partial";
    bubble.append(name, text);
    answer = { bubble, text, content: "" };
    answers.set(activation, answer);
    waiting(null);
    live.append(bubble);
  }

  return answer;
}

function drop(activation) {
  answers.get(activation)?.bubble.remove();
  answers.delete(activation);
}

async function settle(activation) {
  if (settled.has(activation)) {
    return;
  }

  settled.add(activation);
  await refresh();
  waiting(null);
  drop(activation);
}

const handlers = {
  message: ({ sequence }) => {
    lastSequence = Math.max(lastSequence, sequence);
    return thread.querySelector(`[data-sequence="${sequence}"]`) ? null : refresh();
  },
  generation_started: ({ activation_id }) => {
    settled.delete(activation_id); // a parked one that is run again
    waiting(`${live.dataset.bot} is thinking …`);
  },
  generation_restarted: ({ activation_id }) => {
    drop(activation_id);
    waiting(`${live.dataset.bot} begins anew: its worker was lost …`);
  },
  token: ({ token, index, activation_id }) => keepingTheEnd(() => {
    const answer = answerOf(activation_id);
    answer.content = answer.content.slice(0, index) + token;
    answer.text.textContent = answer.content;
  }),
  message_complete: ({ message, sequence }) => {
    lastSequence = Math.max(lastSequence, sequence);
    return settle(message.activation_id);
  },
  silent: ({ activation_id }) => settle(activation_id),
  cancelled: ({ activation_id }) => settle(activation_id),
  error: ({ activation_id }) => settle(activation_id),
  done: ({ activation_id }) => settle(activation_id),
};

function follow(delay = 1000) {
  const source = new EventSource(`${live.dataset.live}?after_sequence=${lastSequence}`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      // The connection's own trouble is called "error" too, but carries no data.
      if (event.data !== undefined) {
        handle(JSON.parse(event.data));
      }
    });
  }

  source.onopen = () => { delay = 1000; };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(Math.min(delay * 2, 30_000)), delay);
    }
  };
  addEventListener("pagehide", () => source.close(), { once: true });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const text = form.querySelector("[data-composer]");
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = show(await response.text());
    form.querySelector("[data-problem]")?.remove();
    const problem = page?.querySelector("[data-problem]");
    if (problem) {
      form.prepend(document.adoptNode(problem));
    } else if (page) {
      text.value = "";
      toEnd();
      if (page.querySelector("[data-waiting]") && answers.size === 0) {
        waiting(`${live.dataset.bot} is thinking …`);
      }
    }
  } catch {
    form.submit(); // the browser shows what is wrong
  } finally {
    button.disabled = false;
    text.focus();
  }
});

document.addEventListener("DOMContentLoaded", toEnd);
toEnd();
follow();

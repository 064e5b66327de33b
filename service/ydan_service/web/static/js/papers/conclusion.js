// Lines of the conclusion save themselves; keys move them. Without this script every line is a form with its button.
import { register } from "../shell/keys.js";
import { Saving } from "./saving.js";

const root = document.getElementById("lists");
const words = root.dataset;
const sections = () => [...root.querySelectorAll(".list")];
const lines = () => [...root.querySelectorAll(".line")];
const lineOf = (key) => document.getElementById(`y-${key}`);
const here = () => root.querySelector(".line.here") ?? lines()[0];

const saving = new Saving(words, { put, lost: (line) => line.classList.add("failed") });

/** Put the answer of a save into the page: the line, the checks, the places of all lines. */
function put(key, answer) {
  const old = lineOf(key);
  const chosen = old.classList.contains("here");
  const open = old.querySelector("details[open]") !== null;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const name = focus?.name || focus?.closest("button")?.name;
  const caret = focus && "selectionStart" in focus && focus.type !== "date" ? focus.selectionStart : null;
  const line = element(answer.line);
  saving.keepTyped(old, line);
  old.replaceWith(line);
  if (chosen) line.classList.add("here");
  if (open) line.querySelector("details")?.setAttribute("open", "");
  arrange(answer.order, line, words);
  document.getElementById("checks").replaceWith(element(answer.checks));
  if (!focus) return;
  const again = name && name !== "do" && name !== "back" ? line.querySelector(`[name="${name}"]:not([type="hidden"])`) : null;
  (again ?? line).focus({ preventScroll: true });
  if (again && caret !== null) again.setSelectionRange?.(caret, caret);
}

function element(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content.firstElementChild;
}

function arrange(order, moved, said) {
  for (const section of sections()) {
    const keys = order[section.dataset.list] ?? [];
    const box = section.querySelector(".lines");
    const before = [...box.children].map((each) => each.dataset.line);
    if (before.join() !== keys.join()) {
      const focus = document.activeElement;
      keys.forEach((key, at) => {
        const line = lineOf(key);
        if (line && box.children[at] !== line) box.insertBefore(line, box.children[at] ?? null);
      });
      focus?.isConnected && focus !== document.body && focus.focus({ preventScroll: true });
      if (keys.includes(moved.dataset.line) && !before.includes(moved.dataset.line)) {
        saving.say(moved, said.moved.replace("{list}", section.dataset.title));
        moved.scrollIntoView({ block: "nearest" });
      }
    }
    section.querySelector(".none").hidden = keys.length > 0;
    section.querySelector("h2 .figure").textContent = `(${keys.length})`;
    document.querySelector(`[data-count="${section.dataset.list}"]`).textContent = keys.length;
  }
}

function choose(line) {
  if (!line || line.classList.contains("here")) return;
  for (const each of root.querySelectorAll(".line.here")) each.classList.remove("here");
  line.classList.add("here");
}

function step(by) {
  const all = lines();
  const at = all.indexOf(root.querySelector(".line.here"));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  choose(next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

root.addEventListener("focusin", (event) => choose(event.target.closest(".line")));
root.addEventListener("input", (event) => saving.touch(event.target));
root.addEventListener("change", (event) => saving.now(event.target.closest(".line")));
root.addEventListener("click", (event) => {
  if (!event.target.closest("[data-reload]")) return;
  event.preventDefault();
  location.reload();
});
root.addEventListener("submit", (event) => {
  const line = event.target.closest(".line");
  if (!line) return;
  event.preventDefault();
  saving.now(line, event.submitter ?? undefined, true);
});

// What goes on to another page waits for the lines that are being saved.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.closest(".line") || event.defaultPrevented) return;
  const go = () => {
    delete form.dataset.sent;
    form.requestSubmit(event.submitter ?? undefined);
  };
  if (!saving.idle(go)) event.preventDefault();
});

const press = (line, value) => saving.now(line, { name: "do", value }, true);
const shortcuts = [
  { keys: "j", label: words.next, run: () => step(1) },
  { keys: "k", label: words.previous, run: () => step(-1) },
  { keys: "Alt+ArrowUp", label: words.up, run: () => press(here(), "up") },
  { keys: "Alt+ArrowDown", label: words.down, run: () => press(here(), "down") },
  { keys: "a", label: words.confirm, run: () => press(here(), "confirm") },
  { keys: "e", label: words.edit, run: () => here()?.querySelector("textarea")?.focus() },
];
sections().forEach((section, at) =>
  shortcuts.push({
    keys: String(at + 1),
    label: words.to.replace("{list}", section.dataset.title),
    run: () => {
      const line = here();
      const status = line?.querySelector("select[name='status']");
      if (!status || line.dataset.list === section.dataset.list) return;
      status.value = section.dataset.first;
      saving.now(line);
    },
  }),
);
register(shortcuts);

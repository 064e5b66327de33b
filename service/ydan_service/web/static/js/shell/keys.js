// Keyboard shortcuts, and the dialog that lists them (?). A page registers its own:
//   import { register } from "../shell/keys.js";
//   register([{ keys: "j", label: words.next, run: () => next() }]);
// Two strokes are written with a blank ("g h"); "Ctrl+Enter" works inside entries too. Without script: data-key and
// data-key-label on a link or button.

const known = [];
let first = "";
let waiting = 0;

/** Add shortcuts; returns a function that takes them away again. Later ones win over earlier ones. */
export function register(shortcuts, { everywhere = false } = {}) {
  const added = shortcuts.map((each) => ({ everywhere, ...each }));
  known.push(...added);
  return () => added.forEach((each) => known.splice(known.indexOf(each), 1));
}

/** What is registered now, as a list for the help. */
export function shortcuts() {
  return [...known];
}

/** The name of a stroke: "j", "?", "Ctrl+Enter", "Shift+ArrowDown". */
export function stroke(event) {
  const plain = event.key.length === 1;
  const held = [];
  if (event.ctrlKey || event.metaKey) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  if (event.shiftKey && !plain) held.push("Shift");
  return [...held, plain && !event.shiftKey ? event.key.toLowerCase() : event.key].join("+");
}

function typing(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("[contenteditable='true'], textarea, select")) return true;
  const entry = target.closest("input");
  return entry !== null && !["checkbox", "radio", "button", "submit", "file"].includes(entry.type);
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.key === "Process") return;
  const said = stroke(event);
  if (typing(event.target) && !said.includes("Ctrl+")) return;
  if (document.querySelector("dialog[open]")) return;
  clearTimeout(waiting);
  const whole = first ? `${first} ${said}` : said;
  const found = known.findLast((each) => each.keys === whole) ?? known.findLast((each) => each.keys === said);
  first = "";
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (known.some((each) => each.keys.startsWith(`${said} `))) {
    first = said;
    waiting = setTimeout(() => (first = ""), 1200);
  }
}

function fill(list) {
  const words = list.dataset;
  list.replaceChildren();
  for (const everywhere of [false, true]) {
    const shown = known.filter((each) => each.everywhere === everywhere && each.label);
    if (!shown.length) continue;
    const title = document.createElement("h3");
    title.textContent = everywhere ? words.everywhere : words.page;
    const rows = document.createElement("dl");
    for (const { keys, label } of shown) {
      const strokes = document.createElement("dt");
      keys.split(" ").forEach((each, at) => {
        if (at) strokes.append(` ${words.then} `);
        const key = document.createElement("kbd");
        key.textContent = each;
        strokes.append(key);
      });
      const meaning = document.createElement("dd");
      meaning.textContent = label;
      rows.append(strokes, meaning);
    }
    list.append(title, rows);
  }
}

/** Begin to listen: called once, by the shell. */
export function listen() {
  const dialog = document.getElementById("keys");
  const list = dialog.querySelector(".keys");
  const show = () => {
    fill(list);
    dialog.showModal();
  };
  for (const element of document.querySelectorAll("[data-key]")) {
    const run = () => (element.matches("input:not([type='submit']), textarea, select") ? element.focus() : element.click());
    const { key, keyLabel } = element.dataset;
    register([{ keys: key, label: keyLabel || element.textContent.trim(), run }], {
      everywhere: "keyEverywhere" in element.dataset,
    });
  }
  register([{ keys: "?", label: list.dataset.help, run: show }], { everywhere: true });
  for (const button of document.querySelectorAll("[data-opens='keys']")) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
  document.addEventListener("keydown", onKey);
}

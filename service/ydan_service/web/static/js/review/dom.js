// Making elements without strings of HTML: nothing that was said in a meeting is ever parsed as markup.

/** `h("button", { class: "button", onclick: run, "aria-pressed": "true" }, "Words")`; false and null are left out. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const drawings = document.getElementById("review-icons");

/** One of the drawings that the template brought along. */
export function icon(name) {
  const found = drawings?.content.querySelector(`[data-icon="${name}"] svg`);
  return found ? found.cloneNode(true) : "";
}

const SVG = "http://www.w3.org/2000/svg";

/** A part of one as a bar; decoration, the words stand beside it. */
export function bar(value, kind = "") {
  const drawing = document.createElementNS(SVG, "svg");
  set(drawing, { class: `bar ${kind}`, viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const [name, width] of [["track", 100], ["fill", Math.max(0, Math.min(1, value)) * 100]]) {
    const part = document.createElementNS(SVG, "rect");
    set(part, { class: name, width: width.toFixed(1), height: "6" });
    drawing.append(part);
  }
  return drawing;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** A key as it is printed on keyboards. */
export const key = (name) => h("kbd", { "aria-hidden": "true" }, name);

/** Put children in the place of others, and the focus back on what carried the same `data-focus`. */
export function renew(parent, ...children) {
  const held = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  parent.replaceChildren(...children.flat().filter(Boolean));
  if (held) parent.querySelector(`[data-focus="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

const voice = document.getElementById("said");
let speaking = 0;

/** Say something to who cannot see it; the last sentence wins. */
export function announce(sentence) {
  if (!voice) return;
  clearTimeout(speaking);
  voice.textContent = "";
  speaking = setTimeout(() => (voice.textContent = sentence), 60);
}

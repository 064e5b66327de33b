// Choosing a label: type a few letters without diacritics, Enter. A combobox over a list, in a small window.
import { h } from "./dom.js";
import { open } from "./dialog.js";
import { asked, fold, holds } from "./text.js";
import { t } from "./words.js";

/**
 * `options` are `{ id, label, group?, note? }` in the order in which they are shown while nothing is typed; `value`
 * is what stands (an array with `many`). Resolves with the id chosen (`{ id }`), the ids of `many`, or null.
 */
export function pick(title, options, value, { many = false } = {}) {
  const chosen = new Set(many ? value : [value]);
  return open(title, (close) => new Picker(options, chosen, many, close).elements, { kind: "picker", focus: "input" });
}

class Picker {
  constructor(options, chosen, many, close) {
    Object.assign(this, { chosen, many, close, at: 0 });
    this.options = options.map((one) => ({ ...one, folded: fold(`${one.label} ${one.group ?? ""}`), element: null }));
    this.list = h("div", { class: "options", role: "listbox", id: "picker-list", "aria-label": t("Các lựa chọn"), "aria-multiselectable": many && "true" });
    this.entry = h("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "picker-list", "aria-autocomplete": "list",
      "aria-label": t("Tìm trong danh sách"), placeholder: t("Gõ để tìm, không cần dấu"), autocomplete: "off", spellcheck: "false" });
    this.none = h("p", { class: "muted none", role: "status" });
    this.entry.addEventListener("input", () => this.#filter());
    this.entry.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("click", (event) => {
      const found = this.shown.findIndex((one) => one.element.contains(event.target));
      if (found >= 0) this.#take(found);
    });
    this.#filter();
    const start = this.shown.findIndex((one) => chosen.has(one.id));
    this.#point(many || start < 0 ? 0 : start);
  }

  get elements() {
    const done = this.many && h("div", { class: "cluster" }, h("button", { class: "button primary", type: "button", onclick: () => this.close([...this.chosen]) }, t("Xong"), h("kbd", { "aria-hidden": "true" }, "Ctrl+Enter")));
    return [this.entry, this.none, this.list, done].filter(Boolean);
  }

  #filter() {
    const words = asked(this.entry.value);
    this.shown = this.options.filter((one) => holds(one.folded, words));
    if (words.length) this.shown.sort((a, b) => Number(b.folded.startsWith(words[0])) - Number(a.folded.startsWith(words[0])));
    const parts = [];
    let group = "";
    for (const one of this.shown) {
      if (!words.length && one.group && one.group !== group) parts.push(h("p", { class: "group", role: "presentation" }, one.group));
      group = one.group;
      one.element ??= this.#option(one);
      parts.push(one.element);
    }
    this.list.replaceChildren(...parts);
    this.none.textContent = this.shown.length ? "" : t("Không có lựa chọn nào khớp. Hãy gõ chữ khác.");
    this.#point(0);
  }

  #option(one) {
    const sign = h("span", { class: "sign", "aria-hidden": "true" }, this.chosen.has(one.id) ? "✓" : "");
    return h("div", { class: "option", role: "option", id: `option-${this.options.indexOf(one)}`, "aria-selected": String(this.chosen.has(one.id)) }, sign, h("span", {}, one.label), one.note && h("span", { class: "muted figure" }, one.note));
  }

  #point(at) {
    this.shown[this.at]?.element?.classList.remove("active");
    this.at = Math.max(0, Math.min(at, this.shown.length - 1));
    const active = this.shown[this.at]?.element;
    if (!active) return this.entry.removeAttribute("aria-activedescendant");
    active.classList.add("active");
    this.entry.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.isComposing) return;
    if (steps[event.key]) this.#point(this.at + steps[event.key]);
    else if (event.key === "Enter" && this.many && (event.ctrlKey || event.metaKey)) this.close([...this.chosen]);
    else if (event.key === "Enter") this.#take(this.at);
    else return;
    event.preventDefault();
  }

  #take(at) {
    const one = this.shown[at];
    if (!one) return;
    if (!this.many) return this.close({ id: one.id });
    if (!this.chosen.delete(one.id)) this.chosen.add(one.id);
    one.element.setAttribute("aria-selected", String(this.chosen.has(one.id)));
    one.element.firstChild.textContent = this.chosen.has(one.id) ? "✓" : "";
    this.#point(at);
  }
}

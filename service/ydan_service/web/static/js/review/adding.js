// A new opinion from the minutes: from what is selected with the mouse, or sentence by sentence with the keys.
import { announce, h } from "./dom.js";
import { sentences } from "./text.js";
import { t } from "./words.js";

export class Adding {
  constructor(bar, page, app) {
    Object.assign(this, { bar, app, page, units: null });
    document.addEventListener("selectionchange", () => this.#offer());
    page.box.addEventListener("keydown", (event) => this.units && this.#key(event));
  }

  /** Add what is selected, else begin to choose sentences. */
  start() {
    const span = this.page.selected();
    if (span) return this.#add(span);
    this.app.showDocument();
    this.units = this.page.blocks.flatMap((block) => sentences(this.page.text.slice(block.start, block.end)).map(([a, b]) => [a + block.start, b + block.start]));
    if (!this.units.length) return this.#end();
    const here = this.app.cursor.opinion?.source.end ?? 0;
    const after = this.units.findIndex(([start]) => start >= this.app.store.offsets.unit(here));
    this.first = this.last = Math.max(0, after);
    this.#say();
    this.page.box.focus({ preventScroll: true });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (event.key === "Escape") this.#end();
    else if (event.key === "Enter") this.#add([this.units[this.first][0], this.units[this.last][1]]);
    else if (step && event.shiftKey) this.#to(this.first, this.last + step);
    else if (step) this.#to(this.last + step, this.last + step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #to(first, last) {
    const bound = (at) => Math.max(0, Math.min(this.units.length - 1, at));
    this.last = bound(last);
    this.first = Math.min(bound(first), this.last);
    this.#say();
  }

  #say() {
    const span = [this.units[this.first][0], this.units[this.last][1]];
    this.page.pick(span);
    announce(this.page.text.slice(...span));
    this.bar.replaceChildren(h("p", {}, t("Chọn câu cho ý kiến mới: ↑ ↓ chuyển câu, Shift+↓ lấy thêm câu, Enter thêm, Esc thôi.")));
    this.bar.hidden = false;
  }

  #offer() {
    if (this.units) return;
    const span = this.app.may && this.page.selected();
    if (!span) return void (this.bar.hidden = true);
    if (!this.bar.hidden) return;
    const add = h("button", { class: "button primary small", type: "button", onclick: () => this.start() }, t("Thêm đoạn đã chọn thành ý kiến"), h("kbd", { "aria-hidden": "true" }, "+"));
    add.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    this.bar.replaceChildren(add);
    this.bar.hidden = false;
  }

  #add([start, end]) {
    const { offsets } = this.app.store;
    this.#end();
    getSelection().removeAllRanges();
    const [made] = this.app.acts.add(offsets.point(start), offsets.point(end));
    this.app.go(made, { open: true });
  }

  #end() {
    this.units = null;
    this.bar.hidden = true;
    this.page.pick(null);
    this.app.focusList();
  }
}

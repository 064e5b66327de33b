// Where to cut an opinion: ← → word by word, ↑ ↓ sentence by sentence, Enter cuts. The parts are shown as they will be.
import { h } from "./dom.js";
import { open } from "./dialog.js";
import { Offsets, sentences, words } from "./text.js";
import { t } from "./words.js";

/** Resolves with the offsets at which to cut (as the server counts), or null. `start` are UTF-16 offsets to begin with. */
export async function askCuts(opinion, start = []) {
  const found = words(opinion.text);
  if (found.length < 2) return null;
  const cutter = new Cutter(opinion.text, found, start);
  const title = t("Tách ý kiến");
  const cuts = await open(title, (close) => cutter.elements(close), { kind: "wide cutter", focus: ".cuts" });
  const offsets = new Offsets(opinion.text);
  return cuts && cuts.map((unit) => offsets.point(unit));
}

class Cutter {
  constructor(text, found, start) {
    Object.assign(this, { text, found });
    this.sentences = this.#marks(sentences(text).map(([from]) => from));
    if (!this.sentences.length) this.sentences = this.#marks(Array.from(text.matchAll(/[,:–-]\s+/g), (one) => one.index + one[0].length));
    const given = this.#marks(start);
    this.cuts = new Set(given.slice(1));
    this.at = given[0] ?? this.#middle();
  }

  /** Numbers of the words that begin at or after offsets, without the first word. */
  #marks(units) {
    const numbers = units.map((unit) => this.found.findIndex(([from, to]) => from >= unit || to > unit));
    return [...new Set(numbers)].filter((number) => number > 0);
  }

  #middle() {
    const middle = this.text.length / 2;
    const near = (number) => Math.abs(this.found[number][0] - middle);
    return [...this.sentences].sort((a, b) => near(a) - near(b))[0] ?? Math.ceil(this.found.length / 2);
  }

  elements(close) {
    const done = () => close(this.#offsets());
    this.box = h("div", { class: "cuts", tabindex: "0", role: "slider", lang: "vi", "aria-label": t("Chỗ tách"), "aria-describedby": "cuts-hint", "aria-valuemin": "1" });
    this.box.setAttribute("aria-valuemax", String(this.found.length - 1));
    this.box.addEventListener("keydown", (event) => this.#key(event, done));
    this.box.addEventListener("click", (event) => {
      const number = Number(event.target.closest("[data-word]")?.dataset.word ?? 0);
      if (number > 0) this.#move(number);
    });
    this.#show();
    const hint = h("p", { class: "hint", id: "cuts-hint" }, t("Bấm vào chữ đầu của phần sau, hoặc dùng phím: ← → từng chữ, ↑ ↓ từng câu, dấu cách giữ thêm một chỗ tách, Enter để tách."));
    const keep = h("button", { class: "button", type: "button", onclick: () => this.#keep() }, t("Thêm chỗ tách"));
    const cut = h("button", { class: "button primary", type: "button", onclick: done }, t("Tách"), h("kbd", { "aria-hidden": "true" }, "Enter"));
    return [hint, this.box, h("div", { class: "cluster" }, cut, keep)];
  }

  #offsets() {
    return [...new Set([...this.cuts, this.at])].sort((a, b) => a - b).map((number) => this.found[number][0]);
  }

  #key(event, done) {
    const next = this.sentences.find((number) => number > this.at);
    const last = this.sentences.findLast((number) => number < this.at);
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, ArrowDown: next, ArrowUp: last, Home: 1, End: this.found.length - 1 };
    if (event.key in to) this.#move(to[event.key] ?? this.at);
    else if (event.key === "Enter") done();
    else if (event.key === " ") this.#keep();
    else return;
    event.preventDefault();
  }

  #move(number) {
    this.at = Math.max(1, Math.min(this.found.length - 1, number));
    this.#show();
  }

  /** Hold this cut and go on to the next. */
  #keep() {
    this.cuts.add(this.at);
    this.#move(this.sentences.find((number) => number > this.at) ?? this.at + 1);
  }

  #show() {
    const cuts = [0, ...new Set([...this.cuts, this.at])].sort((a, b) => a - b);
    this.box.replaceChildren(...cuts.map((from, part) => this.#part(from, cuts[part + 1] ?? this.found.length, part + 1)));
    this.box.setAttribute("aria-valuenow", String(this.at));
    const [before, after] = [this.found[this.at - 1], this.found[this.at]].map(([from, to]) => this.text.slice(from, to));
    this.box.setAttribute("aria-valuetext", t("tách giữa “{a}” và “{b}”", { a: before, b: after }));
  }

  #part(from, to, number) {
    const inside = this.found.slice(from, to).flatMap(([start, end], n) => {
      const word = h("span", { class: from + n === this.at ? "word here" : "word", "data-word": String(from + n) }, this.text.slice(start, end));
      return n ? [" ", word] : [word];
    });
    return h("p", { class: "part" }, h("span", { class: "figure", "aria-hidden": "true" }, String(number)), h("span", {}, inside));
  }
}

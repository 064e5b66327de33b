// Where one is: which opinions the list shows, in which order, the current one, the marked ones.
import { leastSure } from "./fields.js";
import { asked, fold, holds } from "./text.js";

/** Filters by name; each says whether an opinion belongs. */
export const FILTERS = {
  all: () => true,
  open: (one) => !one.reviewed,
  up: (one) => one.labels.escalate || one.labels.transfer,
  silent: (one) => !one.answered,
};

export class Cursor {
  constructor(store) {
    Object.assign(this, { store, filter: "all", topic: "", words: "", doubtful: true, marked: new Set() });
    this.ranks = new Map();
    this.folded = new WeakMap();
    this.key = null;
    this.choose();
    this.key = this.shown.find((key) => !store.get(key).reviewed) ?? this.key;
    this.place = Math.max(0, this.shown.indexOf(this.key));
  }

  get opinion() {
    return this.key === null ? null : this.store.get(this.key);
  }

  /** Apply filter, words and order anew; what was reviewed in between falls out only now. */
  choose() {
    this.kept = new Set();
    this.follow();
  }

  /** Keep up with the store: what was shown stays shown, heirs stand where their parents stood. */
  follow() {
    const { store } = this;
    if (this.key !== null && !store.get(this.key)) this.key = store.follow(this.key) ?? this.#near();
    const fits = store.opinions.filter((one) => this.kept.has(one.key) || this.#fits(one));
    this.kept = new Set(fits.map((one) => one.key));
    for (const one of store.opinions) this.#rank(one);
    const order = (a, b) => this.ranks.get(a.key) - this.ranks.get(b.key) || store.numberOf(a.key) - store.numberOf(b.key);
    this.shown = (this.doubtful ? [...fits].sort(order) : fits).map((one) => one.key);
    if (this.key === null || !store.get(this.key)) this.key = this.shown[0] ?? null;
    for (const key of this.marked) if (!store.get(key)) this.marked.delete(key);
    this.place = Math.max(0, this.shown.indexOf(this.key));
  }

  #near() {
    return this.shown.slice(this.place).concat(this.shown.slice(0, this.place).reverse()).find((key) => this.store.get(key)) ?? null;
  }

  /** Doubt as it was when first seen, so that nothing jumps under one's hands; heirs take their parent's. */
  #rank(one) {
    if (this.ranks.has(one.key)) return;
    const named = one.lineage.find((key) => this.ranks.has(key));
    const doubts = one.model?.review?.reasons?.length ?? 1;
    this.ranks.set(one.key, named === undefined ? leastSure(one) - (doubts ? 1 : 0) : this.ranks.get(named));
  }

  #fits(one) {
    const { filter, topic, words } = this;
    return FILTERS[filter](one) && (!topic || one.labels.topic === topic) && (!words || holds(this.#fold(one), asked(words)));
  }

  #fold(one) {
    if (!this.folded.has(one)) {
      this.folded.set(one, fold(`${this.store.numberOf(one.key)} ${one.speaker ?? ""} ${one.address ?? ""} ${one.text}`));
    }
    return this.folded.get(one);
  }

  /** How many a filter would show. */
  count(name) {
    return this.store.opinions.reduce((sum, one) => sum + (FILTERS[name](one) ? 1 : 0), 0);
  }

  go(key) {
    if (key === null || key === undefined || !this.store.get(key)) return false;
    if (!this.shown.includes(key)) {
      Object.assign(this, { filter: "all", topic: "", words: "" });
      this.choose();
    }
    this.key = key;
    this.place = this.shown.indexOf(key);
    return true;
  }

  step(by) {
    const to = Math.max(0, Math.min(this.shown.length - 1, this.place + by));
    return this.go(this.shown[to]);
  }

  /** The next one not looked at yet, going round; null if there is none. */
  nextOpen(by = 1) {
    const { shown, store, place } = this;
    for (let n = 1; n <= shown.length; n += 1) {
      const key = shown[(place + by * n + shown.length * n) % shown.length];
      if (!store.get(key).reviewed) return key;
    }
    return null;
  }

  /** Move the current one's mark. */
  mark(key = this.key) {
    if (!this.marked.delete(key)) this.marked.add(key);
  }

  /** The marked ones in the order of the minutes. */
  get markedKeys() {
    return this.store.opinions.map((one) => one.key).filter((key) => this.marked.has(key));
  }
}

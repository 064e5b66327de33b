// Above the list: filters with their counts, the search, the order.
import { h } from "./dom.js";
import { nameOf, options } from "./fields.js";
import { number, t } from "./words.js";

const NAMES = { all: t("Tất cả"), open: t("Chưa soát"), up: t("Lên trên"), silent: t("Chưa trả lời") };

export class FilterBar {
  constructor(box, app) {
    Object.assign(this, { box, app, counts: new Map() });
    const filters = Object.entries(NAMES).map(([name, label]) => this.#filter(name, label));
    this.search = h("input", { type: "search", id: "find", placeholder: t("Tìm trong ý kiến"), "aria-label": t("Tìm trong ý kiến, không cần dấu"), autocomplete: "off" });
    this.topic = h("select", { "aria-label": t("Lĩnh vực"), id: "filter-topic" });
    this.sort = h("button", { class: "button small", type: "button", onclick: () => this.turn() });
    this.search.addEventListener("input", () => this.#set({ words: this.search.value.trim() }));
    this.search.addEventListener("keydown", (event) => this.#key(event));
    this.topic.addEventListener("change", () => this.#set({ topic: this.topic.value }));
    box.append(h("div", { class: "filters-row", role: "group", "aria-label": t("Lọc") }, filters), h("div", { class: "find-row" }, this.search, this.topic), h("div", { class: "sort-row" }, this.sort));
    this.said = h("span", { class: "muted small", role: "status" });
    this.sort.after(this.said);
  }

  #filter(name, label) {
    const count = h("span", { class: "figure count" });
    this.counts.set(name, count);
    return h("button", { class: "filter", type: "button", "data-filter": name, onclick: () => this.#set({ filter: name }) }, label, count);
  }

  #set(changed) {
    const { cursor } = this.app;
    Object.assign(cursor, changed);
    cursor.choose();
    if (cursor.shown.length && !cursor.shown.includes(cursor.key)) cursor.go(cursor.shown[0]);
    this.app.show();
  }

  /** The next filter, for the key. */
  next() {
    const names = Object.keys(NAMES);
    const filter = names[(names.indexOf(this.app.cursor.filter) + 1) % names.length];
    this.#set({ filter });
    return NAMES[filter];
  }

  turn() {
    this.#set({ doubtful: !this.app.cursor.doubtful });
  }

  #key(event) {
    if (event.key !== "Enter" && event.key !== "Escape" && event.key !== "ArrowDown") return;
    event.preventDefault();
    if (event.key === "Escape") this.search.value = "";
    if (event.key === "Escape") this.#set({ words: "" });
    this.app.focusList();
  }

  show() {
    const { cursor, store } = this.app;
    for (const [name, count] of this.counts) {
      count.textContent = number(cursor.count(name));
      count.parentElement.setAttribute("aria-pressed", String(cursor.filter === name));
    }
    if (this.search.value.trim() !== cursor.words) this.search.value = cursor.words;
    this.#topics(store, cursor.topic);
    this.sort.textContent = cursor.doubtful ? t("Chưa chắc trước") : t("Theo biên bản");
    this.sort.title = t("Đổi thứ tự (Shift+S)");
    this.said.textContent = cursor.shown.length < store.opinions.length ? t("{n} ý kiến khớp", { n: number(cursor.shown.length) }) : "";
  }

  #topics(store, chosen) {
    const counts = new Map();
    for (const { labels } of store.opinions) counts.set(labels.topic, (counts.get(labels.topic) ?? 0) + 1);
    const found = options("topic").filter((one) => counts.has(one.id) || one.id === chosen);
    const state = found.map((one) => `${one.id}:${counts.get(one.id)}`).join() + chosen;
    if (state === this.state) return;
    this.state = state;
    this.topic.replaceChildren(h("option", { value: "" }, t("Mọi lĩnh vực")), ...found.map((one) => h("option", { value: one.id, selected: one.id === chosen }, `${nameOf("topic", one.id)} (${counts.get(one.id) ?? 0})`)));
  }
}

// The current opinion: its words, what to doubt, its labels, and what one may do to it.
import { h, icon, key, renew } from "./dom.js";
import { alike, answers, before } from "./beside.js";
import { conflicts } from "./conflicts.js";
import { nameOf } from "./fields.js";
import { markedText, spansOf } from "./marked.js";
import { tags } from "./tags.js";
import { upward } from "./upward.js";
import { hour, t } from "./words.js";

export class Detail {
  constructor(box, app) {
    Object.assign(this, { box, app, state: null, scrolled: false });
    // asked of the box itself, it would have to be laid out for the answer
    box.addEventListener("scroll", () => (this.scrolled = box.scrollTop > 0), { passive: true });
  }

  /** Show the current opinion; nothing is made anew while nothing changed. */
  show() {
    const { store, cursor } = this.app;
    const opinion = cursor.opinion;
    const group = opinion && store.groupOf(opinion.key);
    const others = store.present.filter((one) => one.opinion === cursor.key).map((one) => one.name);
    const state = [opinion, group, store.answers, store.numberOf(cursor.key), store.opinions.length, others.join(), store.conflicts.get(cursor.key)];
    if (this.state && state.every((each, at) => each === this.state[at])) return;
    const moved = this.state?.[0]?.key !== opinion?.key;
    this.state = state;
    if (!opinion) return void renew(this.box, h("p", { class: "empty" }, t("Không có ý kiến nào trong danh sách này.")));
    renew(this.box, ...this.#parts(opinion, others));
    if (moved && this.scrolled) this.box.scrollTop = 0;
  }

  #parts(opinion, others) {
    const { app } = this;
    return [
      head(opinion, app, others),
      app.may && tools(opinion, app),
      ...conflicts(opinion, app),
      h("p", { class: "speaker" }, icon("person"), who(opinion)),
      h("div", { class: "said-words", id: "words", lang: "vi" }, markedText(opinion.text, spansOf(opinion))),
      doubts(opinion),
      h("div", { class: "tags" }, tags(opinion, app)),
      upward(opinion, app),
      alike(opinion, app),
      before(opinion),
      answers(opinion, app),
    ].filter(Boolean);
  }
}

function who(opinion) {
  const parts = [opinion.speaker ?? t("Không ghi người nêu"), opinion.address, opinion.heading].filter(Boolean);
  return parts.join(" · ");
}

function head(opinion, app, others) {
  const { store } = app;
  const place = [opinion.source.cell, opinion.source.page && t("trang {n}", { n: opinion.source.page })].filter(Boolean)[0];
  return h(
    "header",
    { class: "opinion-head" },
    h("h2", {}, t("Ý kiến {n}", { n: store.numberOf(opinion.key) }), h("span", { class: "muted" }, ` / ${store.opinions.length}`)),
    opinion.reviewed && h("span", { class: "chip ok" }, icon("ok"), t("{who} đã soát", { who: opinion.reviewed.by }), ` ${hour(opinion.reviewed.at)}`),
    opinion.confidential && h("span", { class: "chip danger" }, icon("lock"), t("Giữ kín")),
    opinion.labels.escalate && h("span", { class: "chip danger" }, icon("up"), t("Lên cấp trên"), opinion.labels.urgency && ` · ${nameOf("urgency", opinion.labels.urgency)}`),
    !opinion.answered && h("span", { class: "chip" }, t("Chưa trả lời")),
    others.map((name) => h("span", { class: "chip warn" }, t("{who} cũng đang xem", { who: name }))),
    place && h("button", { class: "link small place-link", type: "button", "data-focus": "place", onclick: () => app.showDocument() }, place),
  );
}

function tools(opinion, app) {
  const all = [
    ["split", t("Tách"), "s", () => app.split()],
    ["merge", mergeWord(opinion, app), "d", () => app.merge()],
    ["edit", t("Sửa chữ"), "F2", () => app.edit()],
    ["remove", t("Xóa"), "x", () => app.remove()],
    ["secret", opinion.confidential ? t("Thôi giữ kín") : t("Giữ kín"), "⇧K", () => app.secret()],
    ["undo", t("Hoàn tác"), "z", () => app.undo()],
  ];
  return h(
    "div",
    { class: "opinion-tools", role: "toolbar", "aria-label": t("Việc với ý kiến này") },
    all.map(([name, label, stroke, run]) => h("button", { class: "button small quiet", type: "button", "data-focus": name, onclick: run }, label, key(stroke))),
  );
}

function mergeWord(opinion, app) {
  if (app.cursor.marked.size > 1) return t("Gộp {n} đã đánh dấu", { n: app.cursor.marked.size });
  const place = app.store.numberOf(opinion.key) - 1;
  return place > 0 ? t("Gộp với {n}", { n: place }) : t("Gộp");
}

function doubts(opinion) {
  if (!opinion.model && opinion.waiting) return h("p", { class: "muted small" }, t("Nhãn tạm của ý kiến cũ; chữ mới được xét lại ngay khi gửi được."));
  if (!opinion.review.length || opinion.reviewed) return null;
  return h("div", { class: "doubts" }, icon("warn"), h("p", {}, h("strong", {}, t("Nên xem kỹ:")), " ", opinion.review.map((one) => one.label).join("; ")));
}

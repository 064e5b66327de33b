// The list: a row an opinion, made once and made anew only when it changed; the whole is one listbox.
import { bar, h, icon } from "./dom.js";
import { leastSure, nameOf } from "./fields.js";
import { initials } from "./presence.js";
import { beginning } from "./text.js";
import { number, sureness, t } from "./words.js";

export class List {
  constructor(box, app) {
    Object.assign(this, { box, app, rows: new Map(), current: null });
    box.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (!row) return;
      if (event.ctrlKey || event.metaKey) app.mark(row.dataset.key);
      else app.go(row.dataset.key, { open: true });
    });
  }

  /** Bring rows and their order up to date. */
  show() {
    const { store, cursor } = this.app;
    const wanted = cursor.shown.map((key) => this.#row(store.get(key)));
    const stands = this.box.children;
    if (wanted.length !== stands.length || wanted.some((row, at) => stands[at] !== row)) this.box.replaceChildren(...wanted);
    for (const key of this.rows.keys()) if (!store.get(key)) this.rows.delete(key);
    this.box.classList.toggle("none", wanted.length === 0);
  }

  /** Move the cursor to where it is now; its row comes back. */
  point() {
    const { cursor } = this.app;
    const row = this.rows.get(cursor.key)?.element ?? null;
    if (row !== this.current) {
      this.current?.setAttribute("aria-selected", "false");
      this.current = row;
    }
    if (!row) this.box.removeAttribute("aria-activedescendant");
    else {
      row.setAttribute("aria-selected", "true");
      this.box.setAttribute("aria-activedescendant", row.id);
    }
    return row;
  }

  /** Scroll the box alone, and only as far as needed, with a row's height to see what comes. */
  keepInView(row) {
    const { box } = this;
    if (!row) return;
    if (box.scrollHeight <= box.clientHeight) return void row.scrollIntoView({ block: "nearest" });
    const room = row.offsetHeight;
    const [top, bottom] = [row.offsetTop, row.offsetTop + room];
    if (top < box.scrollTop + room) box.scrollTop = Math.max(0, top - room);
    else if (bottom > box.scrollTop + box.clientHeight - room) box.scrollTop = bottom - box.clientHeight + room;
  }

  #row(opinion) {
    const { app } = this;
    const marked = app.cursor.marked.has(opinion.key);
    const others = app.store.present.filter((one) => one.opinion === opinion.key);
    const group = app.store.groupOf(opinion.key)?.members.length ?? 0;
    const conflict = app.store.conflicts.has(opinion.key);
    const state = [app.store.numberOf(opinion.key), marked, others.map((one) => one.id).join(), group, conflict].join("|");
    const known = this.rows.get(opinion.key);
    if (known?.opinion === opinion && known.state === state) return known.element;
    const made = row(opinion, { number: app.store.numberOf(opinion.key), marked, others, group, conflict });
    if (known) {
      made.setAttribute("aria-selected", known.element.getAttribute("aria-selected"));
      if (known.element.parentNode) known.element.replaceWith(made);
      if (this.current === known.element) this.current = made;
    }
    this.rows.set(opinion.key, { opinion, state, element: made });
    return made;
  }
}

function row(opinion, { number: place, marked, others, group, conflict }) {
  const { labels, reviewed, confidential, waiting } = opinion;
  const doubt = !reviewed && opinion.review.length > 0;
  const kind = ["row", reviewed && "done", doubt && "doubt", marked && "marked", conflict && "contested", waiting && "waiting"];
  return h(
    "div",
    { class: kind.filter(Boolean).join(" "), role: "option", id: `row-${opinion.key}`, "data-key": opinion.key, "aria-selected": "false" },
    h("span", { class: "place figure" }, String(place), h("span", { class: "visually-hidden" }, ". ")),
    h("span", { class: "words" }, confidential && icon("lock"), beginning(opinion.text)),
    h("span", { class: "about" }, ...flags(labels, group), h("span", { class: "topic" }, labels.topic ? nameOf("topic", labels.topic) : t("Đang xét…"))),
    h("span", { class: "state" }, ...stateOf(opinion, marked, conflict), others.map((one) => h("span", { class: "who-here", title: one.name }, initials(one.name)))),
  );
}

function flags(labels, group) {
  return [
    labels.escalate && sign("up", "up", t("Lên cấp trên")),
    !labels.escalate && labels.transfer && sign("", "next", t("Chuyển cơ quan khác")),
    group > 1 && h("span", { class: "flag same", title: t("{n} ý kiến giống nhau", { n: number(group) }) }, "≈", number(group)),
  ];
}

const sign = (kind, drawing, word) => h("span", { class: `flag ${kind}`, title: word }, icon(drawing), h("span", { class: "visually-hidden" }, word));

function stateOf(opinion, marked, conflict) {
  const mark = marked && h("span", { class: "chip info" }, t("đánh dấu"));
  if (conflict) return [mark, h("span", { class: "chip danger" }, t("chọn khác nhau"))];
  if (opinion.reviewed) return [mark, h("span", { class: "tick", title: t("{who} đã soát", { who: opinion.reviewed.by }) }, icon("ok"), h("span", { class: "visually-hidden" }, t("đã soát")))];
  if (!opinion.model?.topic) return [mark];
  const sure = sureness(leastSure(opinion));
  return [mark, h("span", { class: `sure ${sure.name}` }, bar(leastSure(opinion)), h("span", {}, sure.word))];
}

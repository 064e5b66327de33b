// Quietly: whether everything is kept, how far the review is, what waits for a choice.
import { announce, bar, h, renew } from "./dom.js";
import { number, t } from "./words.js";

const SIGN_IN = "/sign-in?next=";

export class Status {
  constructor({ save, progress, notices }, app) {
    Object.assign(this, { save, progress, notices, app, state: "", later: 0 });
  }

  /** The state of saving; a save that takes no time is not shown at all. */
  hear(state, waiting) {
    clearTimeout(this.later);
    this.save.dataset.waiting = String(waiting);
    if (state === "saving" && this.state === "saved") this.later = setTimeout(() => this.#tell(state, waiting), 250);
    else this.#tell(state, waiting);
  }

  #tell(state, waiting) {
    const lost = state === "lost";
    const words = {
      saved: t("Đã lưu"),
      saving: t("Đang lưu…"),
      lost: waiting ? t("Mất kết nối – sẽ gửi lại ({n} việc)", { n: number(waiting) }) : t("Mất kết nối – đang thử lại"),
      ended: t("Đã hết phiên đăng nhập ({n} việc chưa gửi).", { n: number(waiting) }),
      stale: t("Máy chủ từ chối – hãy tải lại trang ({n} việc chưa gửi)", { n: number(waiting) }),
    };
    if (lost !== (this.state === "lost")) announce(words[state]);
    this.state = state;
    this.save.dataset.state = state;
    this.save.replaceChildren(h("span", { class: "dot", "aria-hidden": "true" }), h("span", {}, words[state]));
    if (state !== "ended") return;
    const leave = () => (this.app.sync.leaving = true);
    const back = SIGN_IN + encodeURIComponent(location.pathname);
    this.save.append(h("a", { href: back, onclick: leave }, t("Đăng nhập lại")));
  }

  show() {
    const { store } = this.app;
    const [done, all] = [store.reviewed, store.opinions.length];
    const now = `${done}/${all}/${store.hidden}/${store.conflicts.size}`;
    if (now === this.shown) return;
    const finished = all > 0 && done === all;
    if (finished && this.shown) announce(t("Đã soát hết {n} ý kiến", { n: number(all) }));
    this.shown = now;
    this.progress.replaceChildren(bar(all ? done / all : 0), h("span", { class: "figure" }, t("Đã soát {a}/{b}", { a: number(done), b: number(all) })));
    const next = document.getElementById("next-step");
    next?.classList.toggle("primary", finished);
    next?.toggleAttribute("data-ready", finished);
    renew(this.notices, ...this.#notices(finished, all));
  }

  #notices(finished, all) {
    const { app } = this;
    const { store } = app;
    const first = [...store.conflicts.keys()].find((key) => store.get(key));
    return [
      first && h("div", { class: "notice warn slim", role: "alert" }, h("p", {}, t("Có {n} ý kiến hai người chọn khác nhau.", { n: number(store.conflicts.size) })), h("button", { class: "button small", type: "button", "data-focus": "conflict", onclick: () => app.toConflict() }, t("Xem và chọn"), h("kbd", { "aria-hidden": "true" }, "!"))),
      store.hidden > 0 && h("div", { class: "notice slim" }, h("p", {}, t("Ngoài ra có {n} ý kiến giữ kín mà anh/chị không được xem.", { n: number(store.hidden) }))),
      finished && app.may && h("div", { class: "notice ok slim" }, h("p", {}, t("Đã soát hết {n} ý kiến. Bước sau: lập kết luận.", { n: number(all) }))),
    ].filter(Boolean);
  }
}

/** A sentence that comes up at the edge and goes away; what went wrong stays until it is closed. */
export function toast(sentence, { wrong = false, words = null } = {}) {
  if (!sentence) return;
  const box = document.getElementById("toasts");
  const close = h("button", { class: "button small quiet", type: "button", onclick: () => note.remove() }, t("Đóng"));
  const note = h("div", { class: wrong ? "toast wrong" : "toast" }, h("p", {}, sentence), words && h("blockquote", { class: "quote" }, words), wrong && close);
  while (box.children.length > 2) box.firstChild.remove();
  box.append(note);
  announce(sentence);
  if (!wrong) setTimeout(() => note.remove(), 2500);
}

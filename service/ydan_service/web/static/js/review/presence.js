// Who else has this meeting open, and where.
import { h, renew } from "./dom.js";
import { t } from "./words.js";

/** `Trần Thị Hòa` → `TH`: the first and the last syllable. */
export function initials(name) {
  const parts = name.trim().split(/\s+/);
  return (parts.length > 1 ? parts[0][0] + parts.at(-1)[0] : (parts[0] ?? "?").slice(0, 2)).toUpperCase();
}

export class Presence {
  constructor(box, app) {
    Object.assign(this, { box, app, state: "" });
  }

  show() {
    const { store } = this.app;
    const state = JSON.stringify([store.present, store.present.map((one) => store.numberOf(one.opinion))]);
    if (state === this.state) return;
    this.state = state;
    renew(this.box, store.present.map((one) => this.#one(one)));
    this.box.hidden = !store.present.length;
  }

  #one({ name, opinion }) {
    const place = this.app.store.numberOf(opinion);
    const where = place ? t("{who} đang ở ý kiến {n}", { who: name, n: place }) : t("{who} đang mở biên bản này", { who: name });
    const label = [h("span", { class: "who-here", "aria-hidden": "true" }, initials(name)), h("span", {}, place ? t("{who}: ý kiến {n}", { who: name, n: place }) : name)];
    if (!place) return h("span", { class: "other", title: where }, label);
    return h("button", { class: "other", type: "button", title: where, "data-focus": `other-${name}`, onclick: () => this.app.go(opinion, { open: true }) }, label);
  }
}

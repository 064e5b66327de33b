// Taking many opinions at once: those of which the model is so sure that its measured error is small, and said.
import { h } from "./dom.js";
import { open } from "./dialog.js";
import { surenessOfUp } from "./fields.js";
import { beginning } from "./text.js";
import { number, share, t } from "./words.js";

const HEADS = [["topic", t("lĩnh vực")], ["type", t("loại ý kiến")], ["level", t("cấp giải quyết")], ["matter", t("việc cụ thể")], ["escalation", t("có báo lên hay không")]];
const FIRST = 0.9;

/** Keys of those that nobody reviewed, that nothing speaks against, and of whose labels the model is this sure. */
export function sureOf(opinions, confidence) {
  return opinions.filter((one) => isPlain(one) && HEADS.every(([head]) => said(one, head) >= confidence)).map((one) => one.key);
}

/** One that may be taken unread at all: it does not go up, is not confidential, and nothing in it is doubtful. */
export function isPlain(one) {
  const { labels } = one;
  return !one.reviewed && !one.confidential && !one.waiting && Boolean(one.model?.topic) && !labels.escalate && !one.review.length;
}

function said({ model }, head) {
  if (head === "escalation") return surenessOfUp(model.escalation);
  return (head === "level" ? model.jurisdiction.level : model[head])?.confidence ?? 0;
}

/** The measured step that a confidence reaches; null where nothing was measured. */
export function stepOf(measured, head, confidence) {
  return measured[head]?.findLast((step) => step.confidence <= confidence) ?? null;
}

/** Ask for how sure; resolves with the keys to take, or null. */
export function askMany(store) {
  const steps = [...new Set((store.measured.topic ?? []).map((step) => step.confidence))].filter((one) => one >= 0.5);
  return open(t("Nhận nhiều ý kiến một lần"), (close) => (steps.length ? window_(store, steps, close) : unknown()), { kind: "wide accept", focus: "input" });
}

function unknown() {
  return h("p", {}, t("Mô hình đang dùng chưa được đo sai số, nên không nhận nhiều ý kiến một lần được. Hãy soát từng ý kiến."));
}

function window_(store, steps, close) {
  const first = Math.max(0, steps.findIndex((one) => one >= FIRST));
  const range = h("input", { type: "range", id: "sure-range", min: "0", max: String(steps.length - 1), step: "1", value: String(first) });
  const value = h("output", { for: "sure-range", class: "figure" });
  const told = h("div", { class: "stack tight", role: "status" });
  const give = h("button", { class: "button primary", type: "submit" });
  let keys = [];
  const show = () => {
    const confidence = steps[Number(range.value)];
    keys = sureOf(store.opinions, confidence);
    value.textContent = t("từ {share} trở lên", { share: share(confidence) });
    range.setAttribute("aria-valuetext", value.textContent);
    told.replaceChildren(...report(store, keys, confidence));
    give.replaceChildren(t("Nhận {n} ý kiến", { n: number(keys.length) }), h("kbd", { "aria-hidden": "true" }, "Enter"));
    give.disabled = !keys.length;
  };
  range.addEventListener("input", show);
  show();
  const field = h("div", { class: "field" }, h("label", { for: "sure-range" }, t("Mô hình chắc về mọi nhãn"), " ", value), range);
  return h("form", { class: "form", onsubmit: (event) => { event.preventDefault(); if (keys.length) close(keys); } }, field, told, h("div", { class: "cluster" }, give));
}

function report(store, keys, confidence) {
  const left = store.opinions.filter((one) => !one.reviewed);
  const held = left.filter((one) => !isPlain(one)).length;
  return [
    h("p", {}, h("strong", { class: "figure" }, t("{n} trên {all} ý kiến chưa soát đạt mức này.", { n: number(keys.length), all: number(left.length) }))),
    h("table", { class: "errors" },
      h("caption", {}, t("Đo trên {n} ý kiến mà mô hình chưa từng học:", { n: number(store.measured.topic[0].n) })),
      h("tbody", {}, HEADS.map(([head, label]) => line(store.measured, head, label, confidence)))),
    h("p", { class: "small muted" }, t("Không bao giờ nhận theo cách này: ý kiến phải báo lên cấp trên, ý kiến giữ kín, ý kiến có điều nên xem kỹ ({n} ý kiến). Bấm z để lấy lại.", { n: number(held) })),
    keys.length > 0 && h("details", { class: "more" }, h("summary", {}, t("Xem các ý kiến sẽ nhận")), h("ul", {}, keys.map((key) => h("li", {}, `${store.numberOf(key)}. ${beginning(store.get(key).text, 80)}`)))),
  ].filter(Boolean);
}

function line(measured, head, label, confidence) {
  const step = stepOf(measured, head, confidence);
  const words = step && t("sai khoảng {error} ({low}–{high})", { error: share(step.error), low: share(step.low), high: share(step.high) });
  return h("tr", {}, h("th", { scope: "row" }, label), h("td", { class: "figure" }, words ?? t("chưa đo")));
}

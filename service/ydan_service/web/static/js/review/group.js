// Opinions that ask for the same, confirmed together: which belong, whose labels they take, whether that reviews them.
import { h } from "./dom.js";
import { open } from "./dialog.js";
import { differing } from "./acts.js";
import { nameOf } from "./fields.js";
import { beginning } from "./text.js";
import { t } from "./words.js";

/** Labels that a group has in common; reasons for going up stay each opinion's own. */
const SHARED = ["topic", "matter", "type", "level"];

/** Resolves with what `acts.alike` takes, or null. `keys` are offered, all chosen; the current opinion is the pattern. */
export function askGroup(pattern, keys, store) {
  const members = keys.map((key) => store.get(key)).filter((one) => one && !one.confidential);
  const boxes = new Map(members.map((one) => [one.key, h("input", { type: "checkbox", checked: true, id: `alike-${one.key}` })]));
  const labels = h("input", { type: "checkbox", checked: true, id: "alike-labels" });
  const looked = h("input", { type: "checkbox", checked: true, id: "alike-looked" });
  const error = h("p", { class: "error", role: "alert", hidden: true }, t("Một nhóm cần ít nhất hai ý kiến."));
  return open(t("Các ý kiến cùng một việc"), (close) => {
    const give = () => {
      const chosen = members.filter((one) => boxes.get(one.key).checked);
      if (chosen.length < 2) return void (error.hidden = false);
      const changes = labels.checked ? chosen.map((one) => [one, differing(pattern, one, SHARED)]).filter(([, fields]) => Object.keys(fields).length) : [];
      const accepted = looked.checked ? chosen.filter((one) => !one.reviewed).map((one) => one.key) : [];
      close({ members: chosen.map((one) => one.key), changes, accepted });
    };
    return h(
      "form",
      { class: "form", onsubmit: (event) => { event.preventDefault(); give(); } },
      h("p", { class: "hint" }, t("Bỏ dấu ở ý kiến là việc khác. Một câu trả lời dùng cho cả nhóm.")),
      h("ul", { class: "members" }, members.map((one) => member(one, pattern, store, boxes.get(one.key)))),
      h("div", { class: "field check" }, h("label", { for: "alike-labels" }, labels, h("span", {}, t("Cả nhóm dùng lĩnh vực, việc, loại, cấp của ý kiến {n}", { n: store.numberOf(pattern.key) })))),
      h("div", { class: "field check" }, h("label", { for: "alike-looked" }, looked, h("span", {}, t("Đánh dấu cả nhóm là đã soát")))),
      error,
      h("div", { class: "cluster" }, h("button", { class: "button primary", autofocus: true }, t("Xác nhận nhóm"), h("kbd", { "aria-hidden": "true" }, "Enter"))),
    );
  }, { kind: "wide", focus: "[autofocus]" });
}

function member(one, pattern, store, box) {
  const other = one.labels.topic !== pattern.labels.topic;
  return h(
    "li",
    {},
    h("label", { for: box.id }, box, h("span", {}, h("strong", { class: "figure" }, `${store.numberOf(one.key)}. `), beginning(one.text, 160),
      other && h("span", { class: "chip warn" }, nameOf("topic", one.labels.topic)), one.labels.escalate && h("span", { class: "chip danger" }, t("Lên cấp trên")))),
  );
}

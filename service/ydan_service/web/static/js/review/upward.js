// Whether the current opinion goes up: yes or no, to whom, until when, and each reason with its words and its rule.
import { h, icon, key } from "./dom.js";
import { field, modelSays, nameOf, same } from "./fields.js";
import { Offsets } from "./text.js";
import { from, instead, tag } from "./tags.js";
import { t } from "./words.js";

export function upward(opinion, app) {
  const { labels } = opinion;
  return h(
    "section",
    { class: `upward ${labels.escalate ? "yes" : ""}`, "aria-label": t("Báo lên cấp trên") },
    answer(opinion, app),
    labels.escalate && h("ul", { class: "reasons" }, labels.codes.map((code) => reason(opinion, code, app))),
    labels.escalate && tag(opinion, field("urgency"), app, "whole"),
    app.may && labels.escalate && h("button", { class: "button small quiet", type: "button", "data-focus": "codes", onclick: () => app.pick("codes") }, t("Sửa lý do"), key("r")),
  );
}

function answer(opinion, app) {
  const { labels } = opinion;
  const word = labels.escalate ? t("Có") : labels.transfer ? t("Không – chuyển cơ quan khác") : t("Không");
  const inside = [
    h("span", { class: "name" }, t("Báo lên cấp trên")),
    h("span", { class: "value" }, labels.escalate && icon("up"), word, to(opinion)),
    h("span", { class: "from" }, ...from(opinion, "escalate", labels.escalate)),
    instead(opinion, "escalate", labels.escalate),
  ];
  if (!app.may) return h("div", { class: "tag whole" }, inside);
  const turn = () => app.turnUp();
  return h("button", { class: "tag whole", type: "button", "data-focus": "escalate", onclick: turn }, inside, key("b"));
}

/** Whether who decides is still whom the model named: addressee and rule follow from it and are not reckoned here. */
function standsAsSaid(opinion) {
  return ["topic", "matter", "level", "body", "codes"].every((name) => same(modelSays(opinion, name)?.id ?? null, opinion.labels[name] ?? null));
}

function to(opinion) {
  const target = opinion.model?.escalation?.to;
  const { labels } = opinion;
  if (!target?.body || !(labels.escalate || labels.transfer) || !standsAsSaid(opinion)) return null;
  return h("span", { class: "to" }, ` → ${target.body.label}`);
}

function reason(opinion, code, app) {
  const said = opinion.model?.escalation?.reasons.find((one) => one.code === code);
  const grave = ["danger", "security", "crime", "hotspot"].includes(code);
  const label = nameOf("codes", code);
  return h(
    "li",
    {},
    h("p", { class: "cluster" }, h("strong", { class: grave ? "grave" : "" }, label), quote(opinion, said), app.may && away(label, code, app)),
    said?.basis && (code !== "beyond_competence" || standsAsSaid(opinion)) && h("p", { class: "basis" }, said.basis),
  );
}

function quote(opinion, said) {
  if (!said?.span || (said.span[0] === 0 && said.span[1] >= opinion.text.length)) return null;
  const offsets = new Offsets(opinion.text);
  return h("q", {}, opinion.text.slice(offsets.unit(said.span[0]), offsets.unit(said.span[1])));
}

function away(label, code, app) {
  const name = t("Bỏ lý do {name}", { name: label });
  return h("button", { class: "button small quiet away", type: "button", "aria-label": name, title: name, "data-focus": `code-${code}`, onclick: () => app.dropCode(code) }, t("Bỏ"));
}

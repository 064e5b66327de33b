// The labels of the current opinion: what stands, who said so and how surely, and the first three topics a key away.
import { bar, h, key } from "./dom.js";
import { field, firstTopics, modelSays, nameOf, same } from "./fields.js";
import { share, sureness, t } from "./words.js";

/** What follows from topic, matter and level by the competence table. */
const FOLLOW = ["level", "body", "urgency", "escalate"];
const PAIRS = ["type", "level", "body", "status"];

/** All labels but those of going up: the topic with its candidates, the matter, the others side by side. */
export function tags(opinion, app) {
  return [topic(opinion, app), tag(opinion, field("matter"), app, "whole"), ...PAIRS.map((name) => tag(opinion, field(name), app)), tag(opinion, field("village"), app, "whole")];
}

/** One label; a button that opens its choices where the person may choose. */
export function tag(opinion, label, app, kind = "") {
  const value = opinion.labels[label.name] ?? null;
  const inside = [
    h("span", { class: "name" }, label.label),
    h("span", { class: "value" }, nameOf(label.name, value, opinion.labels.level)),
    h("span", { class: "from" }, ...from(opinion, label.name, value)),
    instead(opinion, label.name, value),
  ];
  if (!app.may) return h("div", { class: `tag ${kind}` }, inside);
  const open = () => app.pick(label.name);
  return h("button", { class: `tag ${kind}`, type: "button", "data-focus": label.name, "aria-haspopup": "dialog", onclick: open }, inside, key(label.key));
}

/** Who says so: a person, the table, or the model and how surely. */
export function from(opinion, name, value) {
  const by = opinion.decided[name];
  const said = modelSays(opinion, name);
  if (by) {
    return [h("span", { class: "by" }, t("{who} chọn", { who: by.by }))];
  }
  if (!said) return [];
  if (!same(said.id, value)) return FOLLOW.includes(name) ? [h("span", { class: "muted" }, t("theo bảng thẩm quyền"))] : [];
  return said.confidence === undefined ? [] : [sure(said.confidence)];
}

/** What the model had said, where a person chose otherwise. */
export function instead(opinion, name, value) {
  const said = modelSays(opinion, name);
  if (!opinion.decided[name] || !said || same(said.id, value) || name === "codes" || name === "body") return null;
  const what = name === "escalate" ? (said.id ? t("có") : t("không")) : nameOf(name, said.id, opinion.labels.level);
  return h("span", { class: "instead" }, t("mô hình: {what}", { what }));
}

/** How sure: a bar, a word, the figure. */
export function sure(confidence) {
  const { name, word } = sureness(confidence);
  return h("span", { class: `sure ${name}` }, bar(confidence), h("span", {}, `${word} ${share(confidence)}`));
}

/** The topic and the model's first three; what a person chose besides them stands above. */
function topic(opinion, app) {
  const found = firstTopics(opinion);
  const value = opinion.labels.topic;
  const name = h("span", { class: "name" }, field("topic").label);
  const open = () => app.pick("topic");
  const head = app.may
    ? h("button", { class: "topic-name", type: "button", "data-focus": "topic", "aria-haspopup": "dialog", title: t("Chọn lĩnh vực khác"), onclick: open }, name, key("l"))
    : h("div", { class: "topic-name" }, name);
  const other = !found.some((each) => each.id === value);
  const inside = [
    other && h("div", { class: "candidate chosen other" }, h("strong", {}, nameOf("topic", value)), h("span", { class: "from" }, ...from(opinion, "topic", value))),
    ...found.map((each, at) => candidate(opinion, each, at, app)),
  ];
  return h("div", { class: "topic-tag" }, head, h("div", { class: "candidates", role: "group", "aria-label": t("Ba lĩnh vực mô hình cho là gần nhất") }, inside.filter(Boolean)));
}

function candidate(opinion, each, at, app) {
  const chosen = each.id === opinion.labels.topic;
  const by = chosen && opinion.decided.topic;
  const figure = chosen ? sure(each.confidence) : h("span", { class: "figure muted" }, each.confidence < 0.01 ? "<1%" : share(each.confidence));
  const inside = [app.may && key(String(at + 1)), h("span", { class: "value" }, nameOf("topic", each.id)), by && h("span", { class: "by" }, t("{who} chọn", { who: by.by })), figure];
  if (!app.may) return h("div", { class: `candidate ${chosen ? "chosen" : ""}` }, inside.filter(Boolean));
  const choose = () => app.chooseTopic(at);
  return h("button", { class: "candidate", type: "button", "data-focus": `topic-${at}`, "aria-pressed": String(chosen), onclick: choose }, inside);
}

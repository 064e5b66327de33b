// Two people chose otherwise at the same time: both choices are shown, one of the two people decides.
import { h, icon } from "./dom.js";
import { FIELDS, nameOf, same } from "./fields.js";
import { hour, t } from "./words.js";

/** Remember a refused decision with what stands there now; false if there is nothing left to choose. */
export function remember(store, task, theirs) {
  if (!theirs) return false;
  const fields = Object.entries(task.op.fields).filter(([name, value]) => !same(theirs.labels[name], value));
  if (!fields.length) return false;
  const known = store.conflicts.get(theirs.key) ?? [];
  const names = fields.map(([name]) => name);
  const others = known.filter((one) => !names.includes(one.name));
  const found = fields.map(([name, mine]) => ({ name, mine, reason: task.op.reason ?? null }));
  store.conflicts.set(theirs.key, [...others, ...found]);
  return true;
}

/** A card for each field in question. */
export function conflicts(opinion, app) {
  return (app.store.conflicts.get(opinion.key) ?? []).map((one, at) => card(opinion, one, at, app));
}

function card(opinion, one, at, app) {
  const by = opinion.decided[one.name];
  const label = FIELDS.find((each) => each.name === one.name)?.label ?? t("Báo lên cấp trên");
  const show = (value) => words(one.name, value, opinion);
  const end = (mine) => () => {
    settle(app.store, opinion.key, one);
    if (mine) app.acts.decide(opinion, { [one.name]: one.mine }, `${label}: ${show(one.mine)}`, one.reason);
    else app.store.tell();
    app.focusList();
  };
  return h(
    "div",
    { class: "conflict", role: "group", "aria-label": t("Hai người chọn khác nhau: {name}", { name: label }) },
    h("p", {}, icon("warn"), h("strong", {}, t("Hai người chọn khác nhau: {name}", { name: label }))),
    h("div", { class: "cluster" },
      h("button", { class: "button", type: "button", "data-focus": `theirs-${at}`, onclick: end(false) }, t("Giữ của {who}", { who: by?.by ?? t("người kia") }), h("span", { class: "picked" }, `${show(opinion.labels[one.name])} ${by ? hour(by.at) : ""}`)),
      h("button", { class: "button", type: "button", "data-focus": `mine-${at}`, onclick: end(true) }, t("Dùng của tôi"), h("span", { class: "picked" }, show(one.mine))),
    ),
  );
}

function words(name, value, opinion) {
  if (name === "escalate" || name === "transfer") return value ? t("Có") : t("Không");
  if (Array.isArray(value)) return value.map((each) => nameOf(name, each)).join(", ") || t("Không có");
  return nameOf(name, value, opinion.labels.level);
}

function settle(store, key, one) {
  const left = store.conflicts.get(key).filter((other) => other !== one);
  if (left.length) store.conflicts.set(key, left);
  else store.conflicts.delete(key);
}

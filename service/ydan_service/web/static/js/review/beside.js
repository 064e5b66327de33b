// What belongs to the current opinion besides its labels: others like it, what was raised before, the answers.
import { h, key } from "./dom.js";
import { beginning } from "./text.js";
import { day, number, share, t } from "./words.js";

export function alike(opinion, app) {
  const group = app.store.groupOf(opinion.key);
  if (!group) return null;
  const others = group.members.filter((one) => one !== opinion.key).map((one) => app.store.get(one)).filter(Boolean);
  const shown = others.slice(0, 5);
  const title = group.confirmed ? t("Cùng một việc với {n} ý kiến khác", { n: number(others.length) }) : t("Có vẻ giống {n} ý kiến khác", { n: number(others.length) });
  const people = group.people > 1 && t("{n} người, {m} nơi", { n: number(group.people), m: number(group.places) });
  return part(
    "alike",
    [title, people && h("span", { class: "muted" }, people)],
    h("ul", { class: "others" }, shown.map((one) => h("li", {}, go(one, app))), others.length > 5 && h("li", { class: "muted" }, t("và {n} ý kiến nữa", { n: number(others.length - 5) }))),
    app.may && h(
      "div",
      { class: "cluster" },
      h("button", { class: "button small", type: "button", "data-focus": "alike", onclick: () => app.alike() }, group.confirmed ? t("Sửa nhóm") : t("Xác nhận cả nhóm"), key("n")),
      h("button", { class: "button small quiet", type: "button", "data-focus": "apart", onclick: () => app.acts.separate(group, opinion) }, t("Không giống, tách khỏi nhóm")),
    ),
  );
}

function go(one, app) {
  const place = app.store.numberOf(one.key);
  const name = h("button", { class: "link", type: "button", "data-focus": `go-${one.key}`, onclick: () => app.go(one.key) }, `${place}. ${beginning(one.text, 90)}`);
  return [name, one.reviewed && h("span", { class: "muted small" }, ` ${t("đã soát")}`)];
}

export function before(opinion) {
  if (!opinion.before.length) return null;
  return part(
    "before",
    [t("Đã nêu ở cuộc họp trước")],
    h("ul", { class: "others" }, opinion.before.slice(0, 3).map((one) =>
      h("li", {}, h("a", { href: `/opinions/${one.opinion_id}` }, day(one.held_on) || t("Chưa rõ ngày")), ` · ${t("giống {share}", { share: share(one.probability) })}`, h("p", { class: "muted" }, beginning(one.text, 140))),
    )),
  );
}

export function answers(opinion, app) {
  const found = app.store.answers.filter((answer) => answer.opinions.includes(opinion.key));
  if (!found.length) return null;
  return part(
    "answers",
    [t("Trả lời tại hội nghị")],
    found.map((one) => h("blockquote", { class: one.kind }, one.kind === "conclusion" && h("span", { class: "chip info" }, t("Kết luận")), one.speaker && h("strong", {}, `${one.speaker}: `), beginning(one.text, 600))),
  );
}

function part(name, title, ...children) {
  return h("section", { class: `beside ${name}` }, h("h3", {}, title), ...children);
}

// What the keys and buttons of the current opinion do: ask what is needed, then act.
import { saidOf } from "./acts.js";
import { askMany } from "./accept.js";
import { askWords } from "./dialog.js";
import { field, firstTopics, GRAVE, nameOf, options, same, topicOf } from "./fields.js";
import { askGroup } from "./group.js";
import { pick } from "./picker.js";
import { askCuts } from "./split.js";
import { toast } from "./status.js";
import { number, share, t } from "./words.js";

/** Deeds for an app; they are mixed into it. */
export const deeds = {
  /** Right as it stands; on to the next. */
  accept() {
    const one = this.cursor.opinion;
    if (!one) return;
    if (!one.reviewed) this.acts.accept([one.key], t("soát ý kiến {n}", { n: this.store.numberOf(one.key) }), true);
    const next = this.cursor.nextOpen();
    if (next !== null) this.go(next);
    else this.nextOpen();
  },

  chooseTopic(at) {
    const one = this.cursor.opinion;
    const topic = one && firstTopics(one)[at];
    if (!topic) return;
    if (topic.id !== one.labels.topic) this.acts.decide(one, { topic: topic.id }, saidOf(field("topic").label, one, "topic", topic.id));
    else if (!one.reviewed) this.acts.accept([one.key], t("Đã nhận: {what}", { what: nameOf("topic", topic.id) }));
  },

  async pick(name) {
    const one = this.cursor.opinion;
    if (!one) return;
    const kind = field(name);
    const value = one.labels[name] ?? (kind.many ? [] : null);
    const found = await pick(kind.label, choicesOf(name, one), value, { many: kind.many });
    if (found === null) return;
    const chosen = kind.many ? found : found.id;
    if (same([chosen].flat().sort(), [value].flat().sort())) return;
    await this.decide(one, { [name]: chosen }, saidOf(kind.label, one, name, chosen));
  },

  /** Yes or no; a yes without reasons asks for them. */
  async turnUp() {
    const one = this.cursor.opinion;
    if (!one) return;
    if (one.labels.escalate) return this.decide(one, { escalate: false }, t("Không báo lên cấp trên"));
    const codes = await pick(t("Vì sao báo lên cấp trên?"), choicesOf("codes", one), one.labels.codes, { many: true });
    if (codes === null) return;
    await this.decide(one, codes.length ? { codes, escalate: true } : { escalate: true }, t("Báo lên cấp trên"));
  },

  dropCode(code) {
    const one = this.cursor.opinion;
    const codes = one.labels.codes.filter((other) => other !== code);
    return this.decide(one, { codes }, t("Bỏ lý do {name}", { name: nameOf("codes", code) }));
  },

  /** A decision; taking away what is grave wants a reason. */
  async decide(one, fields, said) {
    const gone = one.labels.codes.filter((code) => GRAVE.includes(code) && (fields.escalate === false || (fields.codes && !fields.codes.includes(code))));
    let reason = null;
    if (gone.length) {
      const names = gone.map((code) => nameOf("codes", code)).join(", ");
      const hint = t("Dấu hiệu này thuộc loại phải báo lên, nên bỏ đi phải ghi lý do. Lý do được lưu cùng tên anh/chị.");
      reason = await askWords(t("Bỏ “{name}”", { name: names }), { hint, label: t("Lý do"), rows: 3, send: t("Bỏ dấu hiệu") });
      if (reason === null) return;
    }
    this.acts.decide(this.store.get(one.key) ?? one, fields, said, reason);
  },

  async split() {
    const one = this.cursor.opinion;
    if (!one) return;
    const cuts = await askCuts(one, selectedIn(this.root.querySelector("#words"), one));
    if (cuts === null) return;
    const [first] = this.acts.split(one, cuts);
    this.go(first);
  },

  merge() {
    const { cursor, store } = this;
    const marked = cursor.markedKeys;
    const at = store.numberOf(cursor.key) - 1;
    const keys = marked.length > 1 ? marked : at > 0 ? [store.opinions[at - 1].key, cursor.key] : [];
    if (!keys.length) return toast(t("Đây là ý kiến đầu tiên, không có ý kiến nào ở trên để gộp."));
    cursor.marked.clear();
    const [made] = this.acts.merge(keys);
    this.go(made);
  },

  async edit() {
    const one = this.cursor.opinion;
    if (!one) return;
    const hint = one.text.includes("▇") ? t("Chỗ bị che (▇) phải gõ lại đủ chữ.") : t("Sửa lỗi gõ, bỏ lời thừa. Ý kiến sẽ được xét lại theo chữ mới.");
    const text = await askWords(t("Sửa chữ của ý kiến {n}", { n: this.store.numberOf(one.key) }), { hint, label: t("Nội dung ý kiến"), value: one.text, rows: 9, send: t("Lưu chữ") });
    if (text === null || text === one.text) return;
    const [made] = this.acts.retext(this.store.get(one.key) ?? one, text);
    this.go(made);
  },

  remove() {
    if (this.cursor.opinion) this.acts.remove(this.cursor.opinion);
  },

  /** To the place above or below in the minutes' order. */
  shift(by) {
    const { cursor, store } = this;
    const to = store.numberOf(cursor.key) - 1 + by;
    if (!cursor.opinion || to < 0 || to >= store.opinions.length) return;
    this.acts.move(cursor.opinion, to);
  },

  async secret() {
    const one = this.cursor.opinion;
    if (!one) return;
    const title = one.confidential ? t("Thôi giữ kín ý kiến này") : t("Giữ kín ý kiến này");
    const hint = one.confidential ? t("Mọi người có quyền xem cuộc họp sẽ đọc được.") : t("Chỉ anh/chị và người nhập biên bản đọc được; không vào danh mục nào.");
    const reason = await askWords(title, { hint, label: t("Lý do"), rows: 3, send: one.confidential ? t("Thôi giữ kín") : t("Giữ kín") });
    if (reason !== null) this.acts.secret(one, !one.confidential, reason);
  },

  async alike() {
    const { cursor, store } = this;
    const group = store.groupOf(cursor.key);
    const marked = cursor.markedKeys;
    const keys = marked.length > 1 ? [...new Set([...(group?.members ?? []), ...marked])] : (group?.members ?? []);
    if (keys.length < 2) return toast(t("Ý kiến này không giống ý kiến nào. Muốn lập nhóm, bấm m ở hai ý kiến trở lên rồi bấm n."));
    const found = await askGroup(cursor.opinion, keys, store);
    if (!found) return;
    cursor.marked.clear();
    if (group && found.members.length < 2) return;
    this.acts.alike(group?.id ?? null, found.members, found.changes, found.accepted);
  },

  async acceptMany() {
    const keys = await askMany(this.store);
    if (keys) this.acts.accept(keys, t("Đã nhận {n} ý kiến", { n: number(keys.length) }));
  },

  add() {
    this.adding.start();
  },
};

/** What may be chosen, the likeliest first. */
function choicesOf(name, one) {
  const { empty } = field(name);
  const all = options(name).map((option) => ({ id: option.id, label: nameOf(name, option.id, one.labels.level) }));
  const none = empty ? [{ id: null, label: empty }] : [];
  if (name === "topic") {
    const likely = new Map(firstTopics(one).map((topic) => [topic.id, topic.confidence]));
    const noted = all.map((option) => ({ ...option, note: likely.has(option.id) ? share(likely.get(option.id)) : null }));
    return noted.sort((a, b) => (likely.get(b.id) ?? -1) - (likely.get(a.id) ?? -1));
  }
  if (name !== "matter") return [...all, ...none];
  const grouped = all.map((option) => ({ ...option, group: nameOf("topic", topicOf(option.id)) }));
  const own = ({ id }) => Number(topicOf(id) === one.labels.topic);
  return [...grouped.sort((a, b) => own(b) - own(a)), ...none];
}

/** Where in the opinion's words something is selected or the caret stands, as UTF-16 offsets. */
function selectedIn(box, one) {
  const selection = getSelection();
  if (!box || !selection.rangeCount) return [];
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return [];
  const offsets = [[range.startContainer, range.startOffset], [range.endContainer, range.endOffset]].map(([node, offset]) => {
    const before = document.createRange();
    before.setStart(box, 0);
    before.setEnd(node, offset);
    return before.toString().length;
  });
  return [...new Set(offsets)].filter((offset) => offset > 0 && offset < one.text.length);
}

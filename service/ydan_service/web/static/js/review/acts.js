// What a person does to opinions: each act becomes operations that are shown, queued and may be taken back together.
import { nameOf, same } from "./fields.js";
import { newId } from "./queue.js";
import { t } from "./words.js";

export class Acts {
  /** `tell(sentence)` says what was done. */
  constructor(store, sync, tell) {
    Object.assign(this, { store, sync, tell });
    this.history = []; // [{ tasks, said, restore }], the last one last
  }

  /** Queue operations as one act; the provisional keys of what they make come back. */
  do(operations, said, { makes = 0, quiet = false } = {}) {
    const keys = operations.flatMap((op) => [op.key, ...(op.keys ?? [])]).filter(Boolean);
    const restore = [...new Set(keys)].map((key) => this.store.get(key)).filter(Boolean);
    const tasks = operations.map((op) => ({ op: { id: newId(), ...op }, made: [] }));
    const last = tasks[tasks.length - 1];
    for (let n = 0; n < makes; n += 1) last.made.push(`new-${last.op.id}-${n}`);
    this.history.push({ tasks, said, restore: makes ? [] : restore });
    this.sync.push(tasks);
    if (!quiet) this.tell(said);
    return last.made;
  }

  decision(opinion, fields, reason = null) {
    return { kind: "decide", key: opinion.key, fields, reason, version: opinion.version };
  }

  decide(opinion, fields, said, reason = null) {
    this.do([this.decision(opinion, fields, reason)], said);
  }

  accept(keys, said, quiet = false) {
    this.do([{ kind: "accept", keys }], said, { quiet });
  }

  split(opinion, at) {
    return this.do([{ kind: "split", key: opinion.key, at }], t("Đã tách thành {n} ý kiến", { n: at.length + 1 }), { makes: at.length + 1 });
  }

  merge(keys) {
    return this.do([{ kind: "merge", keys }], t("Đã gộp {n} ý kiến", { n: keys.length }), { makes: 1 });
  }

  retext(opinion, text) {
    return this.do([{ kind: "retext", key: opinion.key, text }], t("Đã sửa chữ"), { makes: 1 });
  }

  add(start, end) {
    return this.do([{ kind: "add", start, end }], t("Đã thêm ý kiến"), { makes: 1 });
  }

  remove(opinion) {
    this.do([{ kind: "remove", key: opinion.key }], t("Đã xóa ý kiến. Bấm z để lấy lại."));
  }

  move(opinion, to) {
    this.do([{ kind: "move", key: opinion.key, to }], t("Đã chuyển đến vị trí {n}", { n: to + 1 }));
  }

  secret(opinion, value, reason) {
    this.do([{ kind: "mark_confidential", key: opinion.key, value, reason }], value ? t("Đã giữ kín ý kiến") : t("Đã thôi giữ kín"));
  }

  /** One group is one matter; `changes` are [opinion, fields] that take over labels, `accepted` are looked at. */
  alike(group, members, changes, accepted) {
    const operations = [{ kind: "confirm_alike", group, members }];
    for (const [opinion, fields] of changes) operations.push(this.decision(opinion, fields));
    if (accepted.length) operations.push({ kind: "accept", keys: accepted });
    this.do(operations, t("Đã xác nhận {n} ý kiến là một việc", { n: members.length }));
  }

  separate(group, opinion) {
    this.do([{ kind: "separate_alike", group: group.id, key: opinion.key }], t("Đã tách khỏi nhóm"));
  }

  get canUndo() {
    return this.history.length > 0 || this.store.canUndo;
  }

  /** Take back the last act; the keys that it was about come back. */
  undo() {
    const act = this.history.pop();
    if (!act) {
      if (!this.store.canUndo) return this.#nothing();
      this.sync.push([{ op: { id: newId(), kind: "undo" }, made: [] }]);
      this.tell(t("Đã hoàn tác thao tác trước"));
      return [];
    }
    const { tasks, restore, said } = act;
    if (tasks.every((task) => !task.sent && this.store.tasks.includes(task))) this.sync.drop(tasks);
    else {
      const back = [...tasks].reverse().map((task) => ({ op: { id: newId(), kind: "undo", of: task.op.id }, made: [] }));
      if (restore.length) back[back.length - 1].restore = restore;
      this.sync.push(back);
    }
    this.tell(t("Đã hoàn tác: {what}", { what: said }));
    return tasks.flatMap((task) => [task.op.key, ...(task.op.keys ?? [])]).filter(Boolean);
  }

  #nothing() {
    this.tell(t("Không còn thao tác nào để hoàn tác"));
    return [];
  }
}

/** “Lĩnh vực: Giao thông”, for the voice and for the way back. */
export function saidOf(label, opinion, name, value) {
  const level = opinion.labels.level;
  const shown = Array.isArray(value) ? value.map((each) => nameOf(name, each)).join(", ") || "–" : nameOf(name, value, level);
  return `${label}: ${shown}`;
}

/** The labels of a pattern that another opinion has not. */
export function differing(pattern, opinion, names) {
  const found = names.filter((name) => !same(pattern.labels[name], opinion.labels[name]));
  return Object.fromEntries(found.map((name) => [name, pattern.labels[name]]));
}

// The review as this tab knows it: what the server said last, and over it what was done here and is not there yet.
import { apply } from "./apply.js";
import { Offsets } from "./text.js";

/** Kinds that make new opinions; `made` of their tasks are provisional keys. */
export const MAKES = ["split", "merge", "retext", "add"];

export class Store {
  constructor(state) {
    this.listeners = new Set();
    this.tasks = [];
    this.names = new Map(); // provisional key → the server's
    this.conflicts = new Map(); // key → [{ fields, theirs, seen }]
    this.load(state);
  }

  /** Take a whole state. */
  load(state) {
    Object.assign(this, { meeting: state.meeting, me: state.me, measured: state.measured ?? {}, extract: state.extract });
    this.offsets = new Offsets(state.extract.text);
    this.known = new Map();
    this.order = [];
    this.revision = -1;
    this.receive({ ...state, revision: state.meeting.revision, stage: state.meeting.stage, order: state.opinions.map((one) => one.key) });
  }

  /** Take what changed on the server; an answer older than what is known already is left out. */
  receive(changes) {
    if (changes.revision < this.revision) return;
    for (const opinion of changes.opinions) this.known.set(opinion.key, kept(this.known.get(opinion.key), opinion));
    const alive = new Set(changes.order);
    for (const key of this.known.keys()) if (!alive.has(key)) this.known.delete(key);
    this.order = changes.order.filter((key) => this.known.has(key));
    const { revision, present, hidden, stage, can_undo: canUndo } = changes;
    Object.assign(this, { revision, present, hidden, stage, canUndo });
    this.answers = kept(this.answers, changes.answers);
    this.groups = kept(this.groups, changes.alike);
    this.refresh();
  }

  /** Lay the waiting tasks over what the server said. */
  refresh() {
    const context = { me: this.me, extract: this.offsets };
    let view = { opinions: this.order.map((key) => this.known.get(key)), alike: this.groups };
    for (const task of this.tasks) view = apply(view, task, context);
    this.opinions = view.opinions;
    this.alike = view.alike;
    this.byKey = new Map(view.opinions.map((one, at) => [one.key, { opinion: one, at }]));
  }

  get(key) {
    return this.byKey.get(key)?.opinion ?? null;
  }

  /** The place among all, from 1. */
  numberOf(key) {
    return (this.byKey.get(key)?.at ?? -1) + 1;
  }

  groupOf(key) {
    return this.alike.find((group) => group.members.includes(key)) ?? null;
  }

  get reviewed() {
    return this.opinions.reduce((count, one) => count + (one.reviewed ? 1 : 0), 0);
  }

  /** Where an opinion went that is no more: its real key, or what came of it; null if nothing did. */
  follow(key) {
    const named = this.names.get(key) ?? key;
    if (this.byKey.has(named)) return named;
    return this.opinions.find((one) => one.lineage.includes(named))?.key ?? null;
  }

  listen(listener) {
    this.listeners.add(listener);
  }

  /** Tell everybody to show what is now. */
  tell() {
    this.refresh();
    for (const listener of this.listeners) listener();
  }
}

/** The old object where the new one says the same: what did not change is not shown anew. */
function kept(old, fresh) {
  return old && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}

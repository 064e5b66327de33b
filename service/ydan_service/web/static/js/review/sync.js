// To the server and back: operations are sent in order, again until they are answered; what others did is asked for.
import { token } from "../shell/send.js";
import { outcome } from "./outcome.js";
import { renamed, wire } from "./wire.js";

const EVERY = 3_000;
const PATIENCE = 20_000;
const LONGEST_WAIT = 30_000;
const MOST = 50;

export class Sync {
  /** `hear(state)` is told "saved", "saving", "lost", "ended" or "stale"; `where()` says which opinion is looked at. */
  constructor(store, shelf, { hear, where, reject, reload }) {
    Object.assign(this, { store, shelf, hear, where, reject, reload });
    this.base = `/meetings/${store.meeting.id}/review`;
    this.failures = 0;
    this.sending = false;
    this.stopped = null;
  }

  start() {
    addEventListener("online", () => this.#now());
    addEventListener("visibilitychange", () => document.hidden || this.#now());
    addEventListener("beforeunload", (event) => this.store.tasks.length && !this.leaving && event.preventDefault());
    this.#told();
    this.#wait(this.store.tasks.length ? 0 : EVERY);
  }

  /** Put tasks in the queue and send them as soon as can be. */
  push(tasks) {
    this.store.tasks.push(...tasks);
    this.shelf.keep(this.store.tasks);
    this.store.tell();
    this.#told();
    if (!this.sending && !this.failures) this.#wait(0);
  }

  /** Take tasks back that were never sent. */
  drop(tasks) {
    this.store.tasks = this.store.tasks.filter((task) => !tasks.includes(task));
    tasks.forEach((task) => this.shelf.forget(task));
    this.shelf.keep(this.store.tasks);
    this.store.tell();
    this.#told();
  }

  #now() {
    this.failures = 0;
    if (!this.sending) this.#wait(0);
  }

  #wait(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#turn(), pause);
  }

  #told() {
    const waiting = this.store.tasks.length;
    this.hear(this.stopped ?? (this.failures ? "lost" : waiting ? "saving" : "saved"), waiting);
  }

  async #turn() {
    if (this.sending || this.stopped === "ended") return;
    this.sending = true;
    try {
      const batch = ready(this.store.tasks, this.alone ? 1 : MOST);
      if (batch.length) await this.#post(batch);
      else if (!document.hidden) await this.#ask();
      this.failures = 0;
      this.stopped = null;
    } catch (problem) {
      this.#stumble(problem);
    }
    this.sending = false;
    this.#told();
    const more = !this.failures && ready(this.store.tasks, 1).length;
    const back = Math.min(LONGEST_WAIT, 1000 * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 2);
    if (this.stopped !== "ended") this.#wait(this.failures ? back : more ? 0 : EVERY);
  }

  async #ask() {
    const at = this.where();
    const query = new URLSearchParams({ since: this.store.revision, ...(at ? { at } : {}) });
    this.#take(await this.#fetch(`${this.base}/changes?${query}`));
  }

  async #post(batch) {
    batch.forEach((task) => (task.sent = true));
    const body = { operations: batch.map((task) => wire(task, this.store)), since: this.store.revision };
    let answer;
    try {
      answer = await this.#fetch(`${this.base}/operations`, body);
    } catch (problem) {
      if (![400, 413, 422].includes(problem.status)) throw problem;
      if (batch.length > 1) return void (this.alone = true); // one of them spoils the post: one by one
      const error = { code: problem.code ?? "invalid", message: problem.message };
      answer = { results: [{ id: batch[0].op.id, ok: false, error, conflict: null }] };
    }
    this.alone = false;
    this.#settle(batch, answer);
  }

  #settle(batch, answer) {
    const { store, shelf } = this;
    const gone = store.hidden;
    const done = new Map(answer.results.map((result) => [result.id, result]));
    const settled = batch.filter((task) => done.has(task.op.id));
    store.tasks = store.tasks.filter((task) => !settled.includes(task));
    if (answer.revision !== undefined) store.receive(answer);
    const refused = settled.filter((task) => !done.get(task.op.id).ok);
    const given = settled.filter((task) => done.get(task.op.id).ok);
    const { names, orphans } = outcome(given, refused, store);
    for (const [made, real] of names) store.names.set(made, real);
    store.tasks = renamed(store.tasks.filter((task) => !orphans.includes(task)), names);
    [...settled, ...orphans].forEach((task) => shelf.forget(task));
    shelf.keep(store.tasks);
    store.tell();
    for (const task of refused) this.reject(task, done.get(task.op.id));
    for (const task of orphans) this.reject(task, null);
    if (store.hidden !== gone) this.reload();
  }

  #take(changes) {
    const before = this.store.revision;
    const gone = this.store.hidden;
    this.store.receive(changes);
    if (changes.revision !== before || this.#others(changes)) this.store.tell();
    if (this.store.hidden !== gone) this.reload();
  }

  #others(changes) {
    const now = JSON.stringify(changes.present);
    const other = now !== this.seen;
    this.seen = now;
    return other;
  }

  async #fetch(url, body) {
    const headers = { Accept: "application/json" };
    if (body) Object.assign(headers, { "Content-Type": "application/json", "X-CSRF-Token": token() });
    const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const response = await fetch(url, { ...sent, headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return response.json();
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail ?? ""), { status: response.status, code: problem.code });
  }

  #stumble(problem) {
    if (problem.status === 401) this.stopped = "ended";
    else if ([403, 404, 409].includes(problem.status)) this.stopped = "stale";
    else this.stopped = null;
    this.failures += 1;
  }
}

/** The first tasks that may be sent now: those that speak of something not yet made wait for it. */
function ready(tasks, most) {
  const unborn = new Set(tasks.flatMap((task) => task.made));
  const free = [];
  for (const task of tasks) {
    if (free.length === most || wire.keysOf(task.op).some((key) => unborn.has(key))) break;
    free.push(task);
  }
  return free;
}

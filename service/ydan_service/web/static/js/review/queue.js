// What waits to be sent, kept where a reload finds it. Lasting storage gets ids and labels only; words (a corrected
// text, a reason) go to this tab's own storage, which ends with the tab.

const WORDS = ["text", "reason"];

export class Shelf {
  /** `prefix` is of one meeting and one person; every opening of the page has a shelf of its own. */
  constructor(meeting, person, { lasting = safe("localStorage"), own = safe("sessionStorage") } = {}) {
    this.prefix = `ydan.review.${meeting}.${person}.`;
    this.name = this.prefix + newId();
    this.lasting = lasting;
    this.own = own;
  }

  /** Keep the tasks as they now are. */
  keep(tasks) {
    try {
      if (tasks.length) this.lasting?.setItem(this.name, JSON.stringify(tasks.map((task) => this.#strip(task))));
      else this.lasting?.removeItem(this.name);
    } catch {
      // full or forbidden: they are in memory still
    }
  }

  /** Let go of the words of a task that is done. */
  forget(task) {
    this.own?.removeItem(this.#place(task.op.id));
  }

  /** Tasks that earlier openings left behind, oldest first, and how many of them lost their words with their tab. */
  adopt() {
    const tasks = [];
    let lost = 0;
    for (const name of this.#left()) {
      for (const task of parse(this.lasting.getItem(name))) {
        const whole = this.#restore(task);
        if (whole) tasks.push(whole);
        else lost += 1;
      }
      this.lasting.removeItem(name);
    }
    return { tasks, lost };
  }

  #left() {
    if (!this.lasting) return [];
    const names = Array.from({ length: this.lasting.length }, (_, at) => this.lasting.key(at));
    return names.filter((name) => name.startsWith(this.prefix) && name !== this.name).sort();
  }

  #strip({ op, made }) {
    const given = WORDS.filter((name) => typeof op[name] === "string");
    if (!given.length) return { op, made };
    const words = Object.fromEntries(given.map((name) => [name, op[name]]));
    this.own?.setItem(this.#place(op.id), JSON.stringify(words));
    return { op: { ...op, ...Object.fromEntries(given.map((name) => [name, null])) }, made, worded: true };
  }

  #restore({ op, made = [], worded = false }) {
    if (!worded) return { op, made };
    const words = this.own?.getItem(this.#place(op.id));
    return words ? { op: { ...op, ...JSON.parse(words) }, made } : null;
  }

  #place(id) {
    return `ydan.words.${id}`;
  }
}

function parse(text) {
  try {
    return JSON.parse(text).filter((task) => typeof task?.op?.id === "string");
  } catch {
    return [];
  }
}

function safe(name) {
  try {
    return globalThis[name];
  } catch {
    return null; // forbidden by the browser's settings
  }
}

/** An id that sorts by time; pages over plain http have no randomUUID. */
export function newId() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return Date.now().toString(36).padStart(9, "0") + Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One line after the other to the server; what is typed meanwhile stays, what was refused is tried again.
import { token } from "../shell/send.js";

const WAIT = 1500;
const AGAIN = [2000, 5000, 15000, 30000];

const entries = (line) => [...line.querySelectorAll("textarea, select, input:not([type='hidden'])")].filter((each) => each.name);
const shown = (entry) => (entry.tagName === "SELECT" ? [...entry.options].find((each) => each.defaultSelected)?.value : entry.defaultValue);
const dirty = (entry) => entry.value !== (entry.dataset.sent ?? shown(entry));

export class Saving {
  #busy = new Map(); // key → whether another save waits behind the one under way
  #timers = new Map();
  #tries = new Map();

  constructor(words, { put, lost }) {
    this.words = words;
    this.put = put;
    this.lost = lost;
    addEventListener("beforeunload", (event) => {
      for (const line of document.querySelectorAll(".line")) this.now(line); // sent even as the page goes away
      if (document.querySelector(".line.failed")) event.preventDefault();
    });
    addEventListener("online", () => document.querySelectorAll(".line.failed").forEach((line) => this.now(line, undefined, true)));
  }

  /** Whether nothing is under way; with `then`, what to do as soon as that is so. */
  idle(then) {
    for (const line of document.querySelectorAll(".line")) this.now(line);
    if (this.#busy.size && then) setTimeout(() => this.idle(then) && then(), 100);
    return this.#busy.size === 0;
  }

  /** Something was typed: save when the person pauses. */
  touch(entry) {
    const line = entry.closest(".line");
    if (!line || !entry.name) return;
    this.say(line, this.words.unsaved);
    clearTimeout(this.#timers.get(line.dataset.line));
    this.#timers.set(line.dataset.line, setTimeout(() => this.now(document.getElementById(line.id)), WAIT));
  }

  /** Save a line now, if anything in it changed or a button asks. */
  async now(line, button, must = false) {
    if (!line?.querySelector("form")) return;
    const key = line.dataset.line;
    clearTimeout(this.#timers.get(key));
    if (this.#busy.has(key)) {
      this.#busy.set(key, button ?? this.#busy.get(key) ?? true);
      return;
    }
    const form = line.querySelector("form");
    if (!must && !entries(line).some(dirty)) {
      if (line.querySelector(".state")?.textContent === this.words.unsaved) this.say(line, "");
      return;
    }
    const body = new FormData(form);
    if (button?.name) body.set(button.name, button.value);
    for (const entry of entries(line)) entry.dataset.sent = entry.value;
    this.#busy.set(key, null);
    this.say(line, this.words.saving);
    try {
      await this.#send(form.action, key, body);
    } catch {
      this.#retry(key);
    } finally {
      const next = this.#busy.get(key);
      this.#busy.delete(key);
      if (next) this.now(document.getElementById(line.id), next === true ? undefined : next, next !== true);
    }
  }

  async #send(url, key, body) {
    const headers = { Accept: "application/json", "X-CSRF-Token": token() };
    const response = await fetch(url, { method: "POST", headers, body, credentials: "same-origin", keepalive: true });
    if (response.status === 401) {
      location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
      return;
    }
    const answer = await response.json();
    if (answer.line) {
      this.put(key, answer);
      this.#tries.delete(key);
      const line = document.getElementById(`y-${key}`);
      if (response.ok) this.say(line, line.querySelector(".state")?.textContent || this.words.saved);
      else this.say(line, answer.field || line.querySelector("[role=alert]") ? this.words.unsaved : answer.detail, true);
      return;
    }
    if (response.status >= 500 || response.status === 429) throw new Error(answer.detail);
    const line = document.getElementById(`y-${key}`);
    this.say(line, answer.detail ?? this.words.failed, true);
  }

  #retry(key) {
    const line = document.getElementById(`y-${key}`);
    if (!line) return;
    const tries = this.#tries.get(key) ?? 0;
    for (const entry of entries(line)) delete entry.dataset.sent;
    this.lost(line);
    this.say(line, this.words.failed, true);
    this.#tries.set(key, tries + 1);
    this.#timers.set(key, setTimeout(() => this.now(document.getElementById(line.id), undefined, true), AGAIN[Math.min(tries, AGAIN.length - 1)]));
  }

  /** What was typed after the save went off goes into the new line and is saved next. */
  keepTyped(old, line) {
    for (const entry of entries(old)) {
      if (entry.value === entry.dataset.sent || entry.dataset.sent === undefined) continue;
      const again = line.querySelector(`[name="${entry.name}"]:not([type="hidden"])`);
      if (!again) continue;
      again.value = entry.value;
      setTimeout(() => this.touch(again));
    }
  }

  /** Say how far a line is. */
  say(line, text, wrong = false) {
    const state = line?.querySelector(".state");
    if (!state) return;
    state.textContent = text;
    state.classList.toggle("wrong", wrong);
  }
}

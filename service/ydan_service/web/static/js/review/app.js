// The page as a whole: its parts, where one is, and what is shown when something changed.
import { Adding } from "./adding.js";
import { Acts } from "./acts.js";
import { FilterBar } from "./bar.js";
import { remember } from "./conflicts.js";
import { Cursor } from "./cursor.js";
import { Detail } from "./detail.js";
import { announce } from "./dom.js";
import { Document } from "./extract.js";
import { List } from "./list.js";
import { Presence } from "./presence.js";
import { Status, toast } from "./status.js";
import { Sync } from "./sync.js";
import { t } from "./words.js";

const PHONE = matchMedia("(max-width: 47.99rem)");

export class App {
  constructor(root, store, shelf, { may, reload }) {
    Object.assign(this, { root, store, may });
    const part = (id) => root.querySelector(`#${id}`);
    this.status = new Status({ save: part("save"), progress: part("progress"), notices: part("notices") }, this);
    this.sync = new Sync(store, shelf, {
      hear: (state, waiting) => this.status.hear(state, waiting),
      where: () => this.where(),
      reject: (task, result) => this.reject(task, result),
      reload,
    });
    this.acts = new Acts(store, this.sync, (said) => this.tell(said));
    this.cursor = new Cursor(store);
    this.list = new List(part("list"), this);
    this.detail = new Detail(part("opinion"), this);
    this.document = new Document(part("minutes"), this);
    this.adding = new Adding(part("adding"), this.document, this);
    this.bar = new FilterBar(part("bar"), this);
    this.presence = new Presence(part("present"), this);
    store.listen(() => this.show());
    addEventListener("popstate", () => this.#turn(history.state?.sheet ? "opinion" : "list"));
    if (history.state?.sheet) history.replaceState(null, "");
  }

  /** Everything that may have changed, shown; each part makes anew only what did. */
  show() {
    this.cursor.follow();
    const back = this.wanted?.find((key) => this.store.get(key));
    if (back) {
      this.wanted = null;
      this.cursor.go(back);
    }
    this.list.show();
    this.document.show();
    this.bar.show();
    this.status.show();
    this.presence.show();
    this.point();
  }

  /** Only what moves with the cursor: first all that is written, then what must be measured to scroll. */
  point() {
    this.detail.show();
    const row = this.list.point();
    const part = this.document.point();
    this.list.keepInView(row);
    this.document.reveal(part);
  }

  go(key, { open = false } = {}) {
    const filter = this.cursor.filter;
    if (!this.cursor.go(this.store.follow(key) ?? key)) return;
    if (this.cursor.filter !== filter) this.show();
    else this.point();
    if (open) this.view("opinion");
  }

  step(by) {
    if (this.cursor.step(by)) this.point();
  }

  /** On to the next one that nobody looked at. */
  nextOpen(by = 1) {
    const key = this.cursor.nextOpen(by);
    if (key !== null) return this.go(key);
    const left = this.store.opinions.filter((one) => !one.reviewed).length;
    toast(left ? t("Danh sách đang lọc đã soát hết; còn {n} ý kiến ngoài bộ lọc.", { n: left }) : t("Đã soát hết các ý kiến."));
  }

  mark(key = this.cursor.key) {
    this.cursor.mark(key);
    const count = this.cursor.marked.size;
    this.list.show();
    this.detail.state = null;
    this.detail.show();
    announce(t("Đang đánh dấu {n} ý kiến", { n: count }));
  }

  /** Which pane a narrow window shows: `list`, `opinion` or `document`; on a telephone “back” leads to the list. */
  view(name) {
    const before = this.root.dataset.view;
    if (before === name) return;
    if (name === "list" && history.state?.sheet) return void history.back();
    if (before === "list" && PHONE.matches) history.pushState({ sheet: true }, "");
    this.#turn(name);
  }

  #turn(name) {
    this.root.dataset.view = name;
    document.body.classList.toggle("sheet", name !== "list");
    if (name === "document") this.document.again();
    if (name === "list") this.list.keepInView(this.list.point());
    if (PHONE.matches) (name === "opinion" ? this.detail.box : name === "list" ? this.list.box : this.document.box).focus({ preventScroll: true });
  }

  showDocument() {
    this.view("document");
    this.document.again();
  }

  focusList() {
    this.list.box.focus({ preventScroll: true });
  }

  toConflict() {
    const key = [...this.store.conflicts.keys()].find((one) => this.store.get(one));
    if (!key) return;
    this.go(key, { open: true });
    this.root.querySelector(".conflict button")?.focus();
  }

  /** The key to tell the server; what it does not know yet is nowhere. */
  where() {
    return this.store.known.has(this.cursor.key) ? this.cursor.key : null;
  }

  tell(said) {
    toast(said);
  }

  undo() {
    const keys = this.acts.undo();
    this.wanted = keys;
    this.show();
  }

  /** The server refused: a choice to make, or a sentence to read. */
  reject(task, result) {
    for (const act of this.acts.history) act.tasks = act.tasks.filter((one) => one !== task);
    this.acts.history = this.acts.history.filter((act) => act.tasks.length);
    if (!result) return toast(t("Một thao tác dựa trên ý kiến không còn nữa nên không gửi được. Hãy xem lại danh sách."), { wrong: true });
    if (result.conflict && remember(this.store, task, result.conflict)) return this.show();
    if (result.conflict) return;
    toast(result.error.message || t("Máy chủ không nhận thao tác này."), { wrong: true, words: task.op.text });
  }
}

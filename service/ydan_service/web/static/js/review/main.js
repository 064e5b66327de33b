// The review of a meeting: asks for the state, builds the page, and keeps it true.
import { ask } from "../shell/send.js";
import { App } from "./app.js";
import { deeds } from "./deeds.js";
import { announce, h } from "./dom.js";
import { learn } from "./fields.js";
import { listen } from "./keys.js";
import { Shelf } from "./queue.js";
import { toast } from "./status.js";
import { Store } from "./store.js";
import { t } from "./words.js";

Object.assign(App.prototype, deeds, {
  /** The next filter, said aloud. */
  filter() {
    announce(this.bar.next());
    this.focusList();
  },
});

const root = document.querySelector(".review");
const where = `/meetings/${root.dataset.meeting}/review`;
const may = root.dataset.may === "yes";

async function start() {
  const state = await ask(`${where}/state`);
  learn(state.choices);
  const store = new Store(state);
  const shelf = new Shelf(state.meeting.id, state.me.id);
  const { tasks, lost } = may ? shelf.adopt() : { tasks: [], lost: 0 };
  store.tasks = tasks;
  shelf.keep(tasks);
  store.refresh();
  const reload = async () => {
    try {
      store.load(await ask(`${where}/state`));
      store.tell();
    } catch {
      store.hidden = null; // so that the next answer asks for it again
    }
  };
  const app = new App(root, store, shelf, { may, reload });
  wire(app);
  root.classList.add("ready");
  app.show();
  const named = new URLSearchParams(location.search).get("at");
  if (named) app.go(named, { open: true });
  app.sync.start();
  app.focusList();
  if (lost) toast(t("{n} lần sửa chữ chưa kịp gửi đã mất cùng cửa sổ cũ. Hãy xem lại các ý kiến vừa sửa.", { n: lost }), { wrong: true });
}

function wire(app) {
  listen(app);
  const deed = { accept: () => app.accept(), next: () => app.step(1), previous: () => app.step(-1), many: () => app.acceptMany(), list: () => app.view("list"), opinion: () => app.view("opinion"), document: () => app.showDocument(), add: () => app.add() };
  for (const button of root.querySelectorAll("[data-deed]")) button.addEventListener("click", deed[button.dataset.deed]);
  for (const link of root.querySelectorAll("[data-span]")) {
    link.addEventListener("click", () => {
      app.showDocument();
      app.document.showPlace(JSON.parse(link.dataset.span));
    });
  }
}

function fail(problem) {
  const again = h("button", { class: "button", type: "button", onclick: () => location.reload() }, t("Thử lại"));
  const back = h("a", { class: "button quiet", href: `/meetings/${root.dataset.meeting}` }, t("Về trang cuộc họp"));
  const words = problem.message || t("Không tới được máy chủ. Hãy kiểm tra mạng rồi thử lại.");
  root.querySelector("#loading").replaceChildren(h("p", { role: "alert" }, words), h("div", { class: "cluster" }, again, back));
}

start().catch((problem) => {
  if (!problem.status && !(problem instanceof TypeError && /fetch/i.test(problem.message))) console.error(problem);
  fail(problem.status ? problem : {});
});

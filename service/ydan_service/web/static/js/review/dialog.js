// Small windows: one at a time, closed with Escape, the focus goes back to where it was.
import { h } from "./dom.js";
import { t } from "./words.js";

/** Show a window; resolves with what `close(value)` was given, or null. `fill(close)` makes what is in it. */
export function open(title, fill, { kind = "", focus = "[autofocus]" } = {}) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const id = "window-title";
    let value = null;
    const close = (given = null) => {
      value = given;
      dialog.close();
    };
    const quit = h("button", { class: "button quiet", type: "button", onclick: () => close() }, t("Đóng"));
    const dialog = h("dialog", { class: `dialog ${kind}`, "aria-labelledby": id }, h("div", { class: "dialog-head" }, h("h2", { id }, title), quit), ...[fill(close)].flat());
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (back?.isConnected) back.focus({ preventScroll: true });
      resolve(value);
    });
    document.querySelector(".review").append(dialog);
    dialog.showModal();
    dialog.querySelector(focus)?.focus();
  });
}

/** Ask for words; resolves with them, or null. */
export function askWords(title, { hint, value = "", least = 3, label, rows = 4, send }) {
  return open(title, (close) => {
    const entry = h("textarea", { id: "asked", rows, maxlength: "20000", required: true, "aria-describedby": "asked-hint", spellcheck: "false", lang: "vi" });
    entry.value = value;
    const error = h("p", { class: "error", role: "alert", hidden: true }, t("Hãy ghi ít nhất {n} chữ cái.", { n: least }));
    const give = () => {
      if (entry.value.trim().length >= least) return close(entry.value.trim());
      error.hidden = false;
      entry.focus();
    };
    entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      give();
    });
    return h(
      "form",
      { class: "form", onsubmit: (event) => { event.preventDefault(); give(); } },
      h("div", { class: "field" }, h("label", { for: "asked" }, label), entry, h("p", { class: "hint", id: "asked-hint" }, hint), error),
      h("div", { class: "cluster" }, h("button", { class: "button primary" }, send, h("kbd", { "aria-hidden": "true" }, "Ctrl+Enter"))),
    );
  }, { focus: "#asked", kind: "wide" });
}

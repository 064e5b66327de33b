// The keys of the review. No letter among them is a vowel or w: an input method for Vietnamese that is switched on
// makes nothing of consonants alone, so that every key arrives as it was struck.
import { register } from "../shell/keys.js";
import { FIELDS } from "./fields.js";
import { t } from "./words.js";

const PRESSES = "button, a[href], summary, [role='option']";

/** Give the app its keys; who may only look gets those that move. */
export function listen(app) {
  app.root.addEventListener("keydown", (event) => {
    // Enter on a button is the button's
    if ((event.key === "Enter" || event.key === " ") && event.target.closest(PRESSES)) event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    // where words are typed, and in small windows, it is the browser's own
    if (!app.may || event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.closest?.("input, textarea, select, dialog")) return;
    event.preventDefault();
    app.undo();
  });
  register(moving(app));
  if (app.may) register([...choosing(app), ...changing(app)]);
}

/** `[stroke, label, run, other strokes]`; a stroke that is shown otherwise than the shell names it is `[shown, stroke]`. */
function rows(all) {
  return all.flatMap(([keys, label, run, ...others]) => {
    const [shown, stroke] = [keys].flat();
    const real = stroke ? [{ keys: stroke, run }] : [];
    return [{ keys: shown, label, run }, ...real, ...others.map((other) => ({ keys: other, run }))];
  });
}

function moving(app) {
  const edge = (name) => () => app.step(name === "first" ? -Infinity : Infinity);
  return rows([
    ["j", t("Ý kiến sau (hoặc ↓)"), () => app.step(1), "ArrowDown"],
    ["k", t("Ý kiến trước (hoặc ↑)"), () => app.step(-1), "ArrowUp"],
    ["]", t("Ý kiến chưa soát tiếp theo"), () => app.nextOpen(1)],
    ["[", t("Ý kiến chưa soát liền trước"), () => app.nextOpen(-1)],
    ["Home", t("Ý kiến đầu danh sách"), edge("first")],
    ["End", t("Ý kiến cuối danh sách"), edge("last")],
    ["/", t("Tìm trong ý kiến"), () => { app.view("list"); app.bar.search.select(); app.bar.search.focus(); }],
    [["Shift+F", "F"], t("Lọc: tất cả, chưa soát, lên trên, chưa trả lời"), () => app.filter()],
    [["Shift+S", "S"], t("Đổi thứ tự: chưa chắc trước, theo biên bản"), () => { app.bar.turn(); app.focusList(); }],
    [["Shift+B", "B"], t("Xem biên bản (màn hình hẹp)"), () => (app.root.dataset.view === "document" ? app.view("opinion") : app.showDocument())],
    ["Esc", t("Về danh sách"), () => { app.view("list"); app.focusList(); }, "Escape"],
  ]);
}

function choosing(app) {
  const labels = FIELDS.map(({ name, key, strokes, label }) => [strokes ? [`Shift+${strokes}`, strokes] : key, label, () => app.pick(name)]);
  return rows([
    ["Enter", t("Nhận nhãn, sang ý kiến chưa soát tiếp theo"), () => app.accept()],
    ["1", t("Chọn lĩnh vực thứ nhất của mô hình (2, 3: thứ hai, thứ ba)"), () => app.chooseTopic(0)],
    ...labels,
    ["b", t("Báo lên cấp trên: có hoặc không"), () => app.turnUp()],
    ["*", t("Nhận nhiều ý kiến mà mô hình chắc"), () => app.acceptMany()],
    ["!", t("Đến chỗ hai người chọn khác nhau"), () => app.toConflict()],
  ]).concat([2, 3].map((digit) => ({ keys: String(digit), run: () => app.chooseTopic(digit - 1) })));
}

function changing(app) {
  return rows([
    ["s", t("Tách ý kiến"), () => app.split()],
    ["d", t("Gộp với ý kiến ở trên, hoặc các ý kiến đã đánh dấu"), () => app.merge(), "đ"],
    ["m", t("Đánh dấu ý kiến để gộp hoặc lập nhóm"), () => app.mark()],
    ["n", t("Xác nhận nhóm ý kiến giống nhau"), () => app.alike()],
    ["F2", t("Sửa chữ của ý kiến"), () => app.edit(), "f"],
    ["+", t("Thêm ý kiến từ đoạn chọn trong biên bản"), () => app.add(), "="],
    [["Alt+↑", "Alt+ArrowUp"], t("Chuyển ý kiến lên trước"), () => app.shift(-1)],
    [["Alt+↓", "Alt+ArrowDown"], t("Chuyển ý kiến xuống sau"), () => app.shift(1)],
    [["Shift+K", "K"], t("Giữ kín hoặc thôi giữ kín"), () => app.secret()],
    ["x", t("Xóa ý kiến (hoặc Delete)"), () => app.remove(), "Delete"],
    ["z", t("Hoàn tác (hoặc Ctrl+Z)"), () => app.undo()],
  ]);
}

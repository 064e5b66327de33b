// What the page says. Sentences are Vietnamese; the template hands over what they are in another language.
import { data } from "../shell/send.js";

const spoken = data("review-words");
const language = document.documentElement.lang || "vi";
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
const parts = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

/** A sentence in the page's language, with `{name}` filled in. */
export function t(sentence, values = {}) {
  return (spoken[sentence] ?? sentence).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const number = (value) => numbers.format(value);

/** A part of one in percent, at most one digit after the comma: `1,8%`. */
export const share = (value) => `${parts.format(value * 100)}%`;

/** `2026-03-05` as `05/03/2026`. */
export const day = (iso) => (iso ? iso.slice(0, 10).split("-").reverse().join("/") : "");

export const hour = (iso) => (iso ? clock.format(new Date(iso)) : "");

/** How sure the model is, as a word; the same four steps colour the bar. */
export function sureness(confidence) {
  if (confidence >= 0.9) return { name: "sure", word: t("chắc") };
  if (confidence >= 0.75) return { name: "fair", word: t("khá chắc") };
  if (confidence >= 0.5) return { name: "weak", word: t("chưa chắc") };
  return { name: "guess", word: t("phỏng đoán") };
}

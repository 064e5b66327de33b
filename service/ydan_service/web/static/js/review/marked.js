// An opinion's words with those marked that decided: for a label, or for going up.
import { h } from "./dom.js";
import { nameOf } from "./fields.js";
import { Offsets } from "./text.js";
import { t } from "./words.js";

const FOR = { topic: t("căn cứ cho lĩnh vực"), matter: t("căn cứ cho việc cụ thể"), type: t("căn cứ cho loại"), level: t("căn cứ cho cấp") };

/** Spans of the model's answer as UTF-16 offsets: `{ start, end, kind, why }`. */
export function spansOf(opinion) {
  const said = opinion.model;
  if (!said?.topic) return [];
  const offsets = new Offsets(opinion.text);
  const spans = said.evidence.map((one) => ({ span: one.span, kind: "label", why: FOR[one.for] ?? "" }));
  for (const reason of said.escalation.reasons) {
    if (opinion.labels.codes.includes(reason.code) && !whole(reason.span, opinion.text)) {
      spans.push({ span: reason.span, kind: "up", why: nameOf("codes", reason.code) });
    }
  }
  return spans.map(({ span, kind, why }) => ({ start: offsets.unit(span[0]), end: offsets.unit(span[1]), kind, why }));
}

const whole = ([start, end], text) => start === 0 && end >= text.length;

/** Text nodes and marks; where two spans meet, both hold. */
export function markedText(text, spans) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap((one) => [one.start, one.end])])].sort((a, b) => a - b);
  const parts = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [start, end] = [cuts[at], cuts[at + 1]];
    const over = spans.filter((one) => one.start <= start && one.end >= end);
    const words = text.slice(start, end);
    if (!over.length) parts.push(words);
    else {
      const kinds = [...new Set(over.map((one) => one.kind))].join(" ");
      const why = [...new Set(over.map((one) => one.why).filter(Boolean))].join("; ");
      parts.push(h("mark", { class: `why ${kinds}`, title: why }, words));
    }
  }
  return parts;
}

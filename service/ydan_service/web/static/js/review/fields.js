// The labels of an opinion: which there are, their keys, what may be chosen, and what stands there now.
import { t } from "./words.js";

/** `key` opens the list of choices; `head` is the model's part whose error is measured. */
export const FIELDS = [
  { name: "topic", key: "l", head: "topic", label: t("Lĩnh vực"), list: "topics" },
  { name: "matter", key: "v", head: "matter", label: t("Việc cụ thể"), list: "matters", empty: t("Không thuộc việc nào") },
  { name: "type", key: "p", head: "type", label: t("Loại ý kiến"), list: "types" },
  { name: "level", key: "c", head: "level", label: t("Cấp giải quyết"), list: "levels" },
  { name: "body", key: "q", label: t("Cơ quan"), list: "bodies" },
  { name: "codes", key: "r", label: t("Lý do báo lên"), list: "codes", many: true },
  { name: "urgency", key: "h", label: t("Hạn báo"), list: "urgencies", empty: t("Không hạn") },
  { name: "status", key: "t", label: t("Tình trạng"), list: "statuses" },
  { name: "village", key: "⇧T", strokes: "T", label: t("Thôn"), list: "villages", empty: t("Chưa rõ thôn") },
];
export const field = (name) => FIELDS.find((each) => each.name === name);
/** Nobody takes one of these away without saying why. */
export const GRAVE = ["hotspot", "danger", "security", "crime"];

let choices = {};
let names = {};

/** Take the lists that came with the state. */
export function learn(found) {
  choices = found;
  names = {};
  for (const [list, options] of Object.entries(found)) {
    names[list] = new Map(options.map((option) => [option.id, option]));
  }
}

export const options = (name) => choices[field(name).list] ?? [];

const option = (list, id) => names[list]?.get(id);

/** The name of a label; an office is called by its name at that level. */
export function nameOf(name, id, level = null) {
  const { list, empty } = field(name);
  if (id === null || id === undefined || id === "") return empty ?? "–";
  const found = option(list, id);
  return found?.names?.[level] ?? found?.label ?? found?.name ?? String(id);
}

export const topicOf = (matter) => option("matters", matter)?.topic ?? null;

/** What the model said of a field: `{ id, confidence }`, or null where it says nothing of its own. */
export function modelSays(opinion, name) {
  const said = opinion.model;
  if (!said?.topic) return null;
  if (name === "level") return said.jurisdiction.level;
  if (name === "body") return { id: said.jurisdiction.body?.id ?? null };
  if (name === "escalate") return { id: said.escalation.required, confidence: surenessOfUp(said.escalation) };
  if (name === "codes") return { id: said.escalation.reasons.map((reason) => reason.code) };
  if (name === "urgency") return { id: said.escalation.urgency };
  return ["topic", "matter", "type"].includes(name) ? said[name] : null;
}

/** How sure the model is of its yes or no. */
export const surenessOfUp = ({ required, confidence }) => (required ? confidence : 1 - confidence);

/** The least sure of what decides where an opinion goes: what is low is looked at first. */
export function leastSure(opinion) {
  const said = opinion.model;
  if (!said?.topic) return 0;
  const all = [said.topic, said.type, said.jurisdiction.level].map((each) => each?.confidence ?? 1);
  return Math.min(...all, surenessOfUp(said.escalation));
}

/** The model's three first topics, itself first. */
export function firstTopics(opinion) {
  const said = opinion.model;
  return said?.topic ? [said.topic, ...said.alternatives].slice(0, 3) : [];
}

export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

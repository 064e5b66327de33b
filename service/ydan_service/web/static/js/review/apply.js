// What an operation does to the list as far as a browser can tell, shown at once; the server's answer takes its place.
import { field, topicOf } from "./fields.js";
import { Offsets } from "./text.js";

const DO = { decide, accept, split, merge, move, retext, remove, add, confirm_alike, separate_alike, mark_confidential, undo };

/**
 * `view` is `{ opinions, alike }`, `task` `{ op, made }` with `made` the provisional keys of what comes of it; a new
 * view comes back, with the same objects for what did not change. What no longer fits changes nothing.
 */
export function apply(view, task, context) {
  const run = DO[task.op.kind];
  return run ? run(view, task, context) : view;
}

function change(view, keys, make) {
  const wanted = new Set(keys);
  return { ...view, opinions: view.opinions.map((one) => (wanted.has(one.key) ? make(one) : one)) };
}

const spliced = (list, at, gone, come) => [...list.slice(0, at), ...come, ...list.slice(at + gone)];

const looked = (context) => ({ by: context.me.name, at: new Date().toISOString() });

function decide(view, { op }, context) {
  return change(view, [op.key], (one) => {
    const labels = { ...one.labels, ...op.fields };
    if (op.fields.matter && !op.fields.topic) labels.topic = topicOf(op.fields.matter) ?? labels.topic;
    if (op.fields.topic && !op.fields.matter && labels.matter && topicOf(labels.matter) !== labels.topic) labels.matter = null;
    if (op.fields.codes) labels.escalate = op.fields.codes.length > 0;
    const decided = { ...one.decided };
    for (const name of Object.keys(op.fields)) if (field(name) || name === "escalate") decided[name] = looked(context);
    return { ...one, labels, decided, reviewed: one.reviewed ?? looked(context), waiting: true };
  });
}

function accept(view, { op }, context) {
  return change(view, op.keys, (one) => ({ ...one, reviewed: one.reviewed ?? looked(context), waiting: true }));
}

function heir(parent, key, changed) {
  return { ...parent, lineage: [parent.key], reviewed: null, model: null, review: [], version: 0, waiting: true, ...changed, key };
}

function split(view, { op, made }) {
  const at = view.opinions.findIndex((one) => one.key === op.key);
  if (at < 0) return view;
  const parent = view.opinions[at];
  const offsets = new Offsets(parent.text);
  const cuts = [0, ...op.at.map((point) => offsets.unit(point)), parent.text.length];
  const parts = made.map((key, n) => heir(parent, key, { text: parent.text.slice(cuts[n], cuts[n + 1]).trim(), alike: null }));
  return { ...view, opinions: spliced(view.opinions, at, 1, parts) };
}

function merge(view, { op, made }) {
  const parents = view.opinions.filter((one) => op.keys.includes(one.key));
  if (parents.length !== op.keys.length) return view;
  const at = view.opinions.indexOf(parents[0]);
  const source = { ...parents[0].source, end: Math.max(...parents.map((one) => one.source.end)) };
  const merged = heir(parents[0], made[0], { text: parents.map((one) => one.text).join(" "), source, lineage: op.keys });
  const opinions = view.opinions.map((one, n) => (n === at ? merged : one)).filter((one) => !op.keys.includes(one.key));
  return { ...view, opinions };
}

function retext(view, { op, made }) {
  return change(view, [op.key], (one) => heir(one, made[0], { text: op.text, reviewed: one.reviewed }));
}

function remove(view, { op }) {
  return { ...view, opinions: view.opinions.filter((one) => one.key !== op.key) };
}

function move(view, { op }) {
  const moved = view.opinions.find((one) => one.key === op.key);
  if (!moved) return view;
  const others = view.opinions.filter((one) => one !== moved);
  return { ...view, opinions: spliced(others, op.to, 0, [moved]) };
}

function add(view, { op, made }, context) {
  const offsets = context.extract;
  const text = offsets.text.slice(offsets.unit(op.start), offsets.unit(op.end)).trim();
  const empty = { speaker: null, address: null, village: null, answered: false, confidential: false, alike: null };
  const labels = { topic: null, matter: null, type: null, level: null, body: null, codes: [], escalate: false, status: null };
  const source = { start: op.start, end: op.end };
  const one = { ...heir({ key: "" }, made[0], { text, source, labels, decided: {}, before: [] }), ...empty, lineage: [] };
  const at = view.opinions.findIndex((other) => other.source.start > op.start);
  return { ...view, opinions: spliced(view.opinions, at < 0 ? view.opinions.length : at, 0, [one]) };
}

function confirm_alike(view, { op }) {
  const alike = view.alike.map((group) => (group.id === op.group ? { ...group, members: op.members, confirmed: true } : group));
  return { ...view, alike };
}

function separate_alike(view, { op }) {
  const alike = view.alike.map((group) =>
    group.id === op.group ? { ...group, members: group.members.filter((key) => key !== op.key) } : group,
  );
  return { ...view, alike: alike.filter((group) => group.members.length > 1) };
}

function mark_confidential(view, { op }) {
  return change(view, [op.key], (one) => ({ ...one, confidential: op.value, waiting: true }));
}

/** Labels go back to what they were when the operation was done; a changed list waits for the server. */
function undo(view, { restore = [] }) {
  const before = new Map(restore.map((one) => [one.key, one]));
  return change(view, [...before.keys()], (one) => {
    const { labels, decided, reviewed } = before.get(one.key);
    return { ...one, labels, decided, reviewed, waiting: true };
  });
}

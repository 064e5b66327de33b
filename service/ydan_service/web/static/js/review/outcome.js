// What came of tasks that the server answered: which opinions it made, and which tasks lost what they stood on.
import { MAKES } from "./store.js";
import { wire } from "./wire.js";

/** `names`: provisional key → the server's. `orphans`: waiting tasks that speak of something that never came to be. */
export function outcome(given, refused, store) {
  const names = new Map();
  const never = new Set(refused.flatMap((task) => task.made));
  for (const task of given) {
    const heirs = heirsOf(task.op, store);
    task.made.forEach((made, at) => (heirs.length === task.made.length ? names.set(made, heirs[at]) : never.add(made)));
  }
  const orphans = [];
  for (const task of store.tasks) {
    if (!wire.keysOf(task.op).some((key) => never.has(key))) continue;
    orphans.push(task);
    task.made.forEach((made) => never.add(made));
  }
  return { names, orphans };
}

/** The opinions that an operation made, in order; none if somebody changed them already. */
function heirsOf(op, store) {
  if (!MAKES.includes(op.kind)) return [];
  const live = store.order.map((key) => store.known.get(key));
  if (op.kind === "add") {
    const inside = ({ key, source }) => /^e\d+$/.test(key) && source.start >= op.start && source.end <= op.end;
    const added = live.filter((one) => !one.lineage.length && inside(one)).map((one) => Number(one.key.slice(1)));
    return added.length ? [`e${Math.max(...added)}`] : [];
  }
  const parents = op.keys ?? [op.key];
  return live.filter((one) => parents.every((key) => one.lineage.includes(key))).map((one) => one.key);
}

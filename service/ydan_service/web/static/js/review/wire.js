// Operations as they are sent, and their keys.

const keysOf = (op) => [op.key, ...(op.keys ?? []), ...(op.members ?? [])].filter(Boolean);

/** What the server gets: a decision says which version of the opinion was seen. */
export function wire(task, store) {
  const op = { ...task.op };
  if (op.kind === "decide" && !op.version) op.version = store.known.get(op.key)?.version ?? store.revision;
  for (const [name, value] of Object.entries(op)) if (value === null && name !== "group") delete op[name];
  return op;
}
wire.keysOf = keysOf;

/** Tasks that spoke of provisional keys, speaking of the server's. */
export function renamed(tasks, names) {
  if (!names.size) return tasks;
  const real = (key) => names.get(key) ?? key;
  for (const task of tasks) {
    const { op } = task;
    if (op.key) op.key = real(op.key);
    if (op.keys) op.keys = op.keys.map(real);
    if (op.members) op.members = op.members.map(real);
  }
  return tasks;
}

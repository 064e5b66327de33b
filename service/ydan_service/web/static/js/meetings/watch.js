// A job asked how far it is, until it ends.
import { ask } from "../shell/send.js";

const EVERY = 700;
const PATIENCE = 20;

/** Resolves with the finished job; `onChange` hears every state. A job that failed rejects with its message. */
export async function watch(url, onChange) {
  for (let missed = 0; ; ) {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    let job;
    try {
      job = await ask(url);
      missed = 0;
    } catch (problem) {
      if (problem.status || ++missed > PATIENCE) throw problem; // a network that is away for a moment comes back
      continue;
    }
    if (job.state === "failed") throw new Error(job.message);
    onChange(job);
    if (job.state === "done") return job;
  }
}

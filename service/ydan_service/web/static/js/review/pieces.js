// One block of the minutes cut where opinions begin and end.
import { h } from "./dom.js";

/** Strings, and `{ element, keys }` where an opinion stands; `over` are spans that reach into the block. */
export function pieces(text, block, over) {
  const cuts = new Set([block.start, block.end]);
  for (const { start, end } of over) {
    cuts.add(Math.max(start, block.start));
    cuts.add(Math.min(end, block.end));
  }
  const at = [...cuts].sort((a, b) => a - b);
  const made = [];
  for (let n = 0; n + 1 < at.length; n += 1) {
    const here = over.filter((one) => one.start <= at[n] && one.end >= at[n + 1]);
    const words = text.slice(at[n], at[n + 1]);
    made.push(here.length ? piece(words, here, at[n]) : words);
  }
  return made;
}

function piece(words, here, start) {
  const named = here.filter((one) => one.key);
  const begins = named.find((one) => one.start === start);
  const kinds = ["op", named.length > 0 && named.every((one) => one.done) && "done", here.some((one) => one.picked) && "picked", !named.length && "plain"];
  const keys = named.map((one) => one.key);
  const element = h(
    "span",
    { class: kinds.filter(Boolean).join(" "), "data-keys": keys.length ? keys.join(" ") : null, "data-place": begins ? String(begins.place) : null },
    words,
  );
  return { element, keys };
}

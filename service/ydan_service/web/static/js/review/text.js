// Text as people type it and as the server counts it.

/** Small letters without diacritics, for searching: `Đường Lầy` → `duong lay`. One letter stays one letter. */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/đ/g, "d");
}

/** Whether every word asked for stands somewhere in what was folded. */
export function holds(folded, asked) {
  return asked.every((word) => folded.includes(word));
}

export const asked = (text) => fold(text).split(/\s+/).filter(Boolean);

/**
 * Offsets of a text: the server counts characters, a browser counts UTF-16 units. They differ only where there are
 * characters beyond the first plane (emoji), so nothing is built where there are none.
 */
export class Offsets {
  constructor(text) {
    this.text = text;
    this.starts = /[\ud800-\udfff]/.test(text) ? [...unitStarts(text)] : null;
  }

  /** UTF-16 offset of a character's offset. */
  unit(point) {
    if (!this.starts) return point;
    return point < this.starts.length ? this.starts[point] : this.text.length;
  }

  /** A character's offset of a UTF-16 offset. */
  point(unit) {
    if (!this.starts) return unit;
    let low = 0;
    for (let high = this.starts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function* unitStarts(text) {
  let at = 0;
  for (const character of text) {
    yield at;
    at += character.length;
  }
}

/** UTF-16 spans of the words of a text. */
export function words(text) {
  return Array.from(text.matchAll(/\S+/g), (found) => [found.index, found.index + found[0].length]);
}

/** UTF-16 spans of its sentences: what ends in a full stop, a semicolon, a line. */
export function sentences(text) {
  const found = text.matchAll(/\S(?:[^.!?;…\n]|[.!?;…](?!\s|$|["”»)]))*(?:[.!?;…]+["”»)]*|(?=\n)|$)/g);
  return Array.from(found, (one) => [one.index, one.index + one[0].trimEnd().length]).filter(([a, b]) => b > a);
}

/** The first characters of a text, cut at a word. */
export function beginning(text, most = 120) {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/\s+\S*$/, "")}…`;
}

// The minutes as they were read, with every opinion marked where it stands.
import { h } from "./dom.js";
import { pieces } from "./pieces.js";

/** Characters of a cell that stands beside others in one line, at most. */
const SHORT = 40;

export class Document {
  constructor(box, app) {
    Object.assign(this, { box, app, text: null, blocks: [], parts: new Map(), picked: null });
    box.addEventListener("click", (event) => {
      const key = event.target.closest("[data-keys]")?.dataset.keys.split(" ")[0];
      if (key && getSelection().isCollapsed) app.go(key);
    });
  }

  /** Show the text if it is another, and the marks where they moved. */
  show() {
    const { store } = this.app;
    if (this.text !== store.extract.text) this.#lay(store);
    this.#mark(store);
  }

  #lay({ extract, offsets }) {
    this.text = extract.text;
    this.blocks = extract.blocks.map(([kind, from, to, place, cell]) => {
      const [start, end] = [offsets.unit(from), offsets.unit(to)];
      const element = h("p", { class: cell && end - start <= SHORT ? `block ${kind} short` : `block ${kind}`, "data-at": String(start) }, this.text.slice(start, end));
      return { kind, start, end, place, cell, element, signature: "" };
    });
    this.box.replaceChildren(...grouped(this.blocks));
    this.parts.clear();
  }

  /** Cut blocks anew whose opinions are others, or stand elsewhere in them. */
  #mark({ opinions, offsets }) {
    const spans = opinions.map(({ key, source, reviewed }, at) => ({
      key, start: offsets.unit(source.start), end: offsets.unit(source.end), place: at + 1, done: Boolean(reviewed),
    }));
    if (this.picked) spans.push({ key: "", start: this.picked[0], end: this.picked[1], picked: true });
    spans.sort((a, b) => a.start - b.start);
    const live = new Set(opinions.map((one) => one.key));
    for (const key of this.parts.keys()) if (!live.has(key)) this.parts.delete(key);
    let first = 0;
    for (const block of this.blocks) {
      while (first < spans.length && spans[first].end <= block.start) first += 1;
      const over = [];
      for (let at = first; at < spans.length && spans[at].start < block.end; at += 1) {
        if (spans[at].end > block.start) over.push(spans[at]);
      }
      const signature = over.map((one) => Object.values(one).join(":")).join("|");
      if (signature !== block.signature) this.#cut(block, over, signature);
    }
  }

  #cut(block, over, signature) {
    block.signature = signature;
    const made = pieces(this.text, block, over);
    block.element.replaceChildren(...made.map((piece) => piece.element ?? piece));
    for (const { key } of over) {
      if (!key) continue;
      const others = (this.parts.get(key) ?? []).filter((part) => part.isConnected && !block.element.contains(part));
      this.parts.set(key, [...others, ...made.filter((piece) => piece.keys?.includes(key)).map((piece) => piece.element)]);
    }
    this.shownKey = null;
  }

  /** Light up the current opinion; where it begins comes back, if that is another place than before. */
  point() {
    const { key } = this.app.cursor;
    if (key === this.shownKey) return null;
    for (const part of this.lit ?? []) part.classList.remove("now");
    this.lit = this.parts.get(key) ?? [];
    for (const part of this.lit) part.classList.add("now");
    this.shownKey = key;
    return this.lit[0] ?? null;
  }

  /** Bring something of the document to a third of the height, unless it is well in view already. */
  reveal(element) {
    if (!element || !this.box.clientHeight) return;
    const [box, found] = [this.box.getBoundingClientRect(), element.getBoundingClientRect()];
    if (found.top >= box.top + 40 && found.bottom <= box.bottom - 60) return;
    this.box.scrollTop += found.top - box.top - box.height / 3;
  }

  /** Reveal again, when the document has just come into view. */
  again() {
    this.reveal(this.parts.get(this.app.cursor.key)?.[0]);
  }

  /** Bring the block that holds a server's offset into view and mark it for a moment. */
  showPlace([start, end]) {
    this.pick([this.app.store.offsets.unit(start), this.app.store.offsets.unit(end)]);
  }

  /** Mark a stretch that is about to become an opinion; null takes the mark away. */
  pick(span) {
    this.picked = span;
    this.#mark(this.app.store);
    this.point();
    this.reveal(this.box.querySelector(".picked"));
  }

  /** What is selected in the document, as UTF-16 offsets, or null. */
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const [start, end] = [offsetOf(range.startContainer, range.startOffset, this.box), offsetOf(range.endContainer, range.endOffset, this.box)];
    return start !== null && end !== null && end > start ? [start, end] : null;
  }
}

/** Where a point of the page is in the text; null outside. */
function offsetOf(node, offset, box) {
  if (!box.contains(node)) return null;
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".block");
  if (!block) {
    const next = node.childNodes[offset] ?? node;
    const found = next.matches?.(".block") ? next : next.querySelector?.(".block");
    return found ? Number(found.dataset.at) : null;
  }
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return Number(block.dataset.at) + before.toString().length;
}

/** Cells of one row of a table stand together. */
function grouped(blocks) {
  const found = [];
  let row = null;
  for (const { cell, element } of blocks) {
    if (!cell) row = null;
    else if (row?.name !== `${cell[0]}.${cell[1]}`) found.push((row = { name: `${cell[0]}.${cell[1]}`, element: h("div", { class: "block-row" }) }).element);
    if (row) row.element.append(element);
    else found.push(element);
  }
  return found;
}

// One page: its paper of the right size at once, its picture and text when it comes near the window.

import { fetched, make } from "./page.js";

let count = 0;

/** The address of the picture of a page that is sharp on this screen. */
export function addressOf(page, zoom) {
  const width = Math.ceil(page.width * zoom * (window.devicePixelRatio || 1) - 0.01);
  return `pages/${page.id}/${Math.min(width, 6000)}.png`;
}

/** A picture ready to be shown; null when the page has gone meanwhile or the server is lost, which new pages mend. */
export async function drawn(address) {
  const picture = make("img", { draggable: false });
  picture.src = address;
  try {
    await picture.decode();
    return picture;
  } catch {
    return null;
  }
}

export class Sheet {
  constructor(page) {
    const id = `sheet-${(count += 1)}`;
    this.heading = make("h2", { class: "visually-hidden", id });
    this.text = make("div", { class: "text" });
    this.paper = make("div", { class: "paper" }, this.text);
    this.folio = make("p", { class: "folio", "aria-hidden": "true" });
    this.element = make("section", { class: "sheet", tabIndex: -1, "aria-labelledby": id });
    this.element.append(this.heading, this.paper, this.folio);
    this.element.sheet = this;
    this.picture = null;
    this.near = false;
    this.zoom = 1;
    this.words = "";
    this.set(page);
  }

  /** Become another page, or the same one with another number. Gives true when it looks different. */
  set(page) {
    const changed = this.page?.id !== page.id;
    this.page = page;
    this.heading.textContent = `Page ${page.label}`;
    this.folio.textContent = page.label;
    this.name();
    return changed;
  }

  name() {
    if (!this.picture) return;
    const about = this.page.name || this.words;
    this.picture.alt = `Picture of page ${this.page.label}${about ? `: ${about}` : ""}`;
  }

  size(zoom) {
    this.zoom = zoom;
    this.paper.style.width = `${this.page.width * zoom}px`;
    this.paper.style.height = `${this.page.height * zoom}px`;
    this.layText();
  }

  address() {
    return addressOf(this.page, this.zoom);
  }

  /** Show the picture and the text; the former ones stay until the new ones are there, or at once when `ready` has it. */
  async load(ready = new Map()) {
    const address = this.address();
    if (this.picture?.getAttribute("src") === address) {
      this.wanted = ""; // what is being drawn of another page, or in another size, comes too late
    } else {
      if (this.wanted === address && !ready.has(address)) return; // it is on its way
      this.wanted = address;
      const picture = ready.get(address) ?? (await drawn(address));
      if (this.wanted !== address || !this.near) return;
      this.wanted = "";
      if (!picture) return;
      this.picture?.remove();
      this.picture = picture;
      this.paper.prepend(picture);
      this.name();
    }
    await this.loadText();
  }

  async loadText() {
    const id = this.page.id;
    if (this.textOf === id) return;
    const lines = await fetched(`pages/${id}/text`);
    if (!lines || this.page.id !== id) return;
    this.textOf = id;
    this.lines = lines;
    const first = lines.map((line) => line.text).find((text) => text.length > 12) ?? "";
    this.words = first.length > 60 ? `${first.slice(0, 60)}…` : first;
    this.name();
    this.text.replaceChildren(...lines.map((line) => make("span", {}, `${line.text}\n`)));
    this.layText();
  }

  /** Put each line of the text over its picture, so that it can be selected and found. */
  layText() {
    if (this.textOf !== this.page.id) return;
    const spans = [...this.text.children];
    this.lines.forEach((line, at) => {
      const { style } = spans[at];
      style.left = `${line.left * this.zoom}px`;
      style.top = `${line.top * this.zoom}px`;
      style.fontSize = `${(line.bottom - line.top) * this.zoom}px`;
      style.transform = "none";
    });
    const widths = spans.map((span) => span.getBoundingClientRect().width);
    this.lines.forEach((line, at) => {
      const wide = (line.right - line.left) * this.zoom;
      if (widths[at] > 0) spans[at].style.transform = `scaleX(${wide / widths[at]})`;
    });
  }

  /** Light what is new on the page for a moment. */
  async lightChanges() {
    const id = this.page.id;
    const boxes = await fetched(`pages/${id}/changes`);
    if (boxes && this.page.id === id) for (const box of boxes) this.light(box);
  }

  light(box, kind = "") {
    const lit = make("div", { class: `lit ${kind}` });
    const part = (value, whole) => `${(100 * value) / whole}%`;
    lit.style.left = part(box.left, this.page.width);
    lit.style.width = part(box.right - box.left, this.page.width);
    lit.style.top = part(box.top, this.page.height);
    lit.style.height = part(box.bottom - box.top, this.page.height);
    lit.addEventListener("animationend", () => lit.remove());
    this.paper.append(lit);
  }

  /** Come near the window, or leave it and let the picture go. */
  setNear(near) {
    if (near === this.near) return;
    this.near = near;
    if (near) this.load();
    else {
      this.picture?.remove();
      this.picture = null;
      this.wanted = "";
      this.textOf = "";
      this.text.replaceChildren();
    }
  }
}

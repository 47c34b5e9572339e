// The pages in order: which is read, how large they are, and staying where one was while they change.

import { byId, fetched, keepWish, wish } from "./page.js";
import { Sheet, addressOf, drawn } from "./sheet.js";

const POINT = 96 / 72;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const EYE = 0.3; // where in the window one is taken to read, as a part of its height
const SETTLE = 160; // milliseconds after which a new size counts as chosen and pages are drawn in it

export class Reader extends EventTarget {
  constructor() {
    super();
    this.room = byId("pages");
    this.holder = byId("sheets");
    this.sheets = [];
    this.current = 0;
    this.mode = wish("zoom", "width");
    this.spread = wish("spread", false);
    this.observer = new IntersectionObserver((entries) => this.onNear(entries), {
      root: this.room,
      rootMargin: "120% 0px",
    });
    new ResizeObserver(() => this.resize()).observe(this.room);
    this.room.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.holder.addEventListener("dblclick", (event) => this.onDoubleClick(event));
    this.holder.addEventListener("keydown", (event) => this.onEnter(event));
    this.showSpread();
  }

  // Pages

  /** Show these pages. Those that stay keep their elements and pictures, and the place that is read keeps its height. */
  async show(pages) {
    byId("empty").hidden = pages.length > 0;
    const same = pages.length === this.sheets.length && pages.every((page, at) => page.id === this.sheets[at].page.id);
    if (same) {
      pages.forEach((page, at) => this.sheets[at].set(page));
      this.load(); // what the server did not give the last time
      return;
    }
    const first = this.sheets.length === 0;
    const anchor = first ? null : this.anchor();
    const kept = this.kept(pages);
    const place = anchor && (await this.placeNow(anchor, pages, kept));
    const ready = place ? await this.ahead(pages, place.page) : new Map();
    const changed = this.reconcile(pages, kept);
    this.layOut();
    if (place) this.restore(place, anchor.height);
    else if (first) this.recall();
    this.onScroll();
    for (const sheet of changed) if (sheet.near) sheet.load(ready).then(() => first || sheet.lightChanges());
  }

  /** What is read now: a page, a height on it, and where in the window that is. */
  anchor() {
    const height = this.room.clientHeight * EYE;
    const at = this.at(this.room.scrollTop + height);
    const sheet = this.sheets[at];
    const y = (this.room.scrollTop + height - this.top(sheet)) / sheet.zoom;
    return { at, id: sheet.page.id, y, height };
  }

  /** How many pages at the head and at the tail are those of before. */
  kept(pages) {
    const old = this.sheets;
    const shorter = Math.min(old.length, pages.length);
    let head = 0;
    while (head < shorter && old[head].page.id === pages[head].id) head += 1;
    let tail = 0;
    while (tail < shorter - head && old.at(-1 - tail).page.id === pages.at(-1 - tail).id) tail += 1;
    return { head, tail };
  }

  /** Where the anchor is among the new pages. */
  async placeNow(anchor, pages, { head, tail }) {
    const fromEnd = this.sheets.length - anchor.at;
    if (anchor.at < head) return { page: anchor.at, y: anchor.y };
    if (fromEnd <= tail) return { page: pages.length - fromEnd, y: anchor.y };
    const place = await fetched(`pages/${anchor.id}/now?at=${anchor.at}&y=${anchor.y.toFixed(1)}`);
    return place ?? { page: anchor.at, y: anchor.y };
  }

  /** Pictures of the pages that will be seen, so that they change in one step with everything else. */
  async ahead(pages, at) {
    const seen = pages.slice(Math.max(0, at - 1), at + 2).map((page) => addressOf(page, this.scale(page)));
    const made = await Promise.all(seen.map(async (address) => [address, await drawn(address)]));
    return new Map(made.filter(([, picture]) => picture));
  }

  restore(place, height) {
    const sheet = this.sheets[Math.min(place.page, this.sheets.length - 1)];
    if (sheet) this.room.scrollTop = this.top(sheet) + place.y * sheet.zoom - height;
  }

  /** Make the sheets those of `pages`; gives the ones that look different now. */
  reconcile(pages, { head, tail }) {
    const old = this.sheets;
    const middle = old.slice(head, old.length - tail);
    const fresh = pages.slice(head, pages.length - tail);
    for (const sheet of middle.splice(fresh.length)) {
      this.observer.unobserve(sheet.element);
      sheet.element.remove();
    }
    const after = old[old.length - tail]?.element ?? null;
    const changed = [];
    const laid = fresh.map((page, at) => {
      const known = middle[at];
      if (known?.set(page)) changed.push(known);
      return known ?? this.add(page, tail ? after : null);
    });
    const kept = tail ? old.slice(-tail) : [];
    this.sheets = [...old.slice(0, head), ...laid, ...kept];
    this.sheets.forEach((sheet, at) => sheet.set(pages[at]));
    return changed;
  }

  add(page, before) {
    const sheet = new Sheet(page);
    this.holder.insertBefore(sheet.element, before);
    this.observer.observe(sheet.element);
    return sheet;
  }

  /** Bring the pages near the window up to date. */
  load() {
    for (const sheet of this.sheets) if (sheet.near) sheet.load();
  }

  onNear(entries) {
    for (const entry of entries) entry.target.sheet.setNear(entry.isIntersecting);
  }

  // Size

  /** Pixels of the window to a point of the page. */
  scale(page) {
    if (typeof this.mode === "number") return this.mode * POINT;
    const style = getComputedStyle(this.room);
    const across = this.room.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const widest = Math.max(...this.sheets.map((sheet) => sheet.page.width), 1);
    const width = (across - (this.spread ? 3 : 0)) / (widest * (this.spread ? 2 : 1));
    if (this.mode === "page") return Math.min(width, (this.room.clientHeight - 60) / page.height);
    return Math.min(width, 2.2 * POINT);
  }

  layOut() {
    const scales = new Map();
    for (const sheet of this.sheets) {
      const key = `${sheet.page.width}x${sheet.page.height}`;
      if (!scales.has(key)) scales.set(key, this.scale(sheet.page));
      if (sheet.zoom !== scales.get(key) || sheet.laid !== key) sheet.size(scales.get(key));
      sheet.laid = key;
    }
    const zoom = this.sheets[0] ? this.sheets[0].zoom / POINT : 1;
    const names = { width: "Width", page: "Page" };
    byId("fit").textContent = names[this.mode] ?? `${Math.round(zoom * 100)} %`;
  }

  /** Lay the pages out anew and draw them sharp when the size has come to rest. */
  resize() {
    if (!this.sheets.length) return;
    const anchor = this.anchor();
    this.layOut();
    this.restore({ page: anchor.at, y: anchor.y }, anchor.height);
    this.onScroll();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.load(), SETTLE);
  }

  setMode(mode) {
    this.mode = mode;
    keepWish("zoom", mode);
    this.resize();
  }

  zoom(direction) {
    if (!this.sheets.length) return;
    const now = this.sheets[this.current].zoom / POINT;
    const steps = direction > 0 ? STEPS.filter((step) => step > now * 1.01) : STEPS.filter((step) => step < now * 0.99);
    const next = direction > 0 ? steps[0] : steps.at(-1);
    if (next) this.setMode(next);
  }

  fit() {
    const at = this.current;
    this.setMode(this.mode === "width" ? "page" : "width");
    if (this.mode === "page") this.goTo(at);
  }

  toggleSpread() {
    this.spread = !this.spread;
    keepWish("spread", this.spread);
    const at = this.current;
    this.showSpread();
    if (!this.sheets.length) return;
    this.resize();
    this.goTo(at);
  }

  showSpread() {
    document.body.classList.toggle("spread", this.spread);
    byId("spread").setAttribute("aria-pressed", String(this.spread));
  }

  // Place

  top(sheet) {
    return sheet.paper.offsetTop;
  }

  /** The index of the sheet at a height of the holder. */
  at(height) {
    let low = 0;
    let high = this.sheets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.sheets[middle].element.offsetTop <= height) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  onScroll() {
    if (!this.sheets.length) return;
    const { at, y } = this.anchor();
    const { scrollTop, clientHeight, scrollHeight } = this.room;
    if (scrollTop <= 0) this.mark(0);
    else if (scrollTop + clientHeight >= scrollHeight - 2) this.mark(this.leaf(this.sheets.length - 1));
    else this.mark(this.leaf(at));
    try {
      sessionStorage.setItem("fascicle-place", JSON.stringify({ page: at, y }));
    } catch {
      // then a reload begins at the first page
    }
  }

  /** In a spread the left page stands for both. */
  leaf(at) {
    const before = this.sheets[at - 1];
    return this.spread && before?.element.offsetTop === this.sheets[at].element.offsetTop ? at - 1 : at;
  }

  mark(at) {
    const former = this.sheets[this.current]?.element;
    this.current = Math.min(at, this.sheets.length - 1);
    if (former) former.tabIndex = -1;
    const sheet = this.sheets[this.current];
    sheet.element.tabIndex = 0;
    byId("position").textContent = `${sheet.page.label} / ${this.sheets.at(-1).page.label}`;
  }

  recall() {
    try {
      const place = JSON.parse(sessionStorage.getItem("fascicle-place"));
      if (place) this.restore(place, this.room.clientHeight * EYE);
    } catch {
      // nothing kept
    }
  }

  goTo(at) {
    if (!this.sheets.length) return;
    const target = Math.max(0, Math.min(at, this.sheets.length - 1));
    const inside = this.holder.contains(document.activeElement);
    this.room.scrollTop = this.top(this.sheets[target]) - 12;
    this.mark(target);
    if (inside) this.sheets[target].element.focus({ preventScroll: true });
  }

  turn(direction) {
    if (!this.sheets.length) return;
    let next = this.current + direction;
    const row = this.sheets[this.current].element.offsetTop;
    while (this.spread && this.sheets[next]?.element.offsetTop === row) next += direction;
    this.goTo(this.spread && direction < 0 && next > 0 ? this.leaf(next) : next);
  }

  // From the page to the text, and back

  onDoubleClick(event) {
    const sheet = event.target.closest(".sheet")?.sheet;
    const paper = event.target.closest(".paper");
    if (!sheet || !paper) return;
    const box = paper.getBoundingClientRect();
    this.ask(sheet, (event.clientX - box.left) / sheet.zoom, (event.clientY - box.top) / sheet.zoom);
  }

  /** The line of the first text of the page that is in the window. */
  onEnter(event) {
    const sheet = event.target.sheet;
    if (event.key !== "Enter" || !sheet) return;
    const seen = Math.max(0, this.room.scrollTop - this.top(sheet)) / sheet.zoom;
    const line = (sheet.lines ?? []).find((one) => one.top >= seen && one.text.length > 20);
    if (line) this.ask(sheet, (line.left + line.right) / 2, (line.top + line.bottom) / 2);
  }

  async ask(sheet, x, y) {
    const place = await fetched(`pages/${sheet.page.id}/source?x=${x.toFixed(1)}&y=${y.toFixed(1)}`);
    this.dispatchEvent(new CustomEvent("place", { detail: place }));
  }

  /** Show where a line of the text stands. */
  async find(file, line) {
    const spot = await fetched(`spot?file=${encodeURIComponent(file)}&line=${line}`);
    const sheet = spot && this.sheets[spot.page];
    if (!sheet) return false;
    this.restore(spot, this.room.clientHeight * EYE);
    const height = Math.min(14, sheet.page.height);
    sheet.light({ left: 0, right: sheet.page.width, top: spot.y, bottom: spot.y + height }, "found");
    return true;
  }
}

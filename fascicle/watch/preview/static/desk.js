// What stands beside the pages: the state, what is wrong, words against targets, and a place in the text.

import { byId, keepWish, make, wish } from "./page.js";

const SMALL = window.matchMedia("(max-width: 46rem)");

export class Desk {
  constructor(reader) {
    this.reader = reader;
    this.open = wish("desk", !SMALL.matches) && !SMALL.matches;
    this.lost = "";
    this.old = false;
    this.errors = "";
    this.wrong = false;
    this.showDesk();
    reader.addEventListener("place", (event) => this.place(event.detail));
    byId("place-copy").addEventListener("click", () => this.copy());
    byId("place-close").addEventListener("click", () => this.closePlace());
  }

  show(model) {
    const errors = model.diagnostics.filter((found) => found.severity === "error");
    this.old = model.old;
    this.state(model, errors.length);
    this.notice();
    this.problems(model.diagnostics);
    this.words(model.words);
    this.comeForward(errors.length > 0);
    if (model.settled) this.say("empty", "This edition has no pages to show.");
    this.speak(errors);
    if (model.title) byId("title").textContent = model.title;
    const wrong = errors.length ? `(${errors.length}) ` : "";
    document.title = `${wrong}${byId("title").textContent} – preview`;
  }

  // State

  state(model, errors) {
    const { classList } = document.body;
    classList.toggle("working", Boolean(model.working));
    classList.toggle("settled", model.settled && !model.working);
    classList.toggle("failing", errors > 0 && !model.working);
    classList.toggle("old", model.old);
    let text = model.settled ? "settled" : "";
    if (errors) text = errors === 1 ? "1 error" : `${errors} errors`;
    if (model.working) text = `${model.working}…`;
    this.say("state-text", text);
  }

  /** Say something only when it is new, so that it is spoken once. */
  say(id, text) {
    const element = byId(id);
    if (element.textContent !== text) element.textContent = text;
  }

  connection(lost) {
    if (lost === this.lost) return;
    this.lost = lost;
    this.notice();
  }

  notice() {
    const told = [];
    if (this.lost === "lost") told.push("The connection is lost. Is fascicle watch still running? Trying again…");
    if (this.lost === "refused") told.push("This address is no longer valid: open the one that fascicle watch prints now.");
    if (this.old) told.push("These pages are older than the text, which has errors.");
    byId("notice").hidden = !told.length;
    this.say("notice", told.join(" "));
  }

  speak(errors) {
    const told = errors.map((found) => `${found.place ? `${found.place.text}: ` : ""}${found.message}`).join("; ");
    if (told === this.errors) return;
    if (told) this.say("spoken", `Error: ${told}`);
    else if (this.errors) this.say("spoken", "No errors any more");
    this.errors = told;
  }

  // Problems

  problems(found) {
    const worst = found[0]?.severity ?? "";
    const count = byId("count");
    this.say("count", String(found.length));
    this.say("noun", found.length === 1 ? "problem" : "problems");
    count.className = `count ${worst}`;
    byId("desk-button").setAttribute("aria-label", `Problems and words: ${found.length}`);
    byId("sound").hidden = found.length > 0;
    const told = JSON.stringify(found);
    if (told === this.told) return;
    this.told = told;
    byId("problems").replaceChildren(...found.map((one) => this.problem(one)));
  }

  problem(found) {
    return make(
      "li",
      { class: `problem ${found.severity}` },
      make("p", {}, make("span", { class: "severity" }, `${found.severity}: `), found.message),
      found.place && this.places(found.place),
      found.quote && this.quote(found.quote),
      ...found.causes.map((cause) => make("p", { class: "hint" }, `caused by: ${cause}`)),
      ...found.hints.map((hint) => make("p", { class: "hint" }, hint)),
    );
  }

  places(place) {
    const open = place.href
      ? make("a", { class: "link mono", href: place.href }, place.text)
      : make("button", { class: "link mono", type: "button" }, place.text);
    open.addEventListener("click", () => this.place(place, false));
    const show = make("button", { class: "link", type: "button", "aria-label": `Show ${place.text} on the page` }, "on the page");
    show.addEventListener("click", async () => {
      if (!(await this.reader.find(place.file, place.line))) this.tell(`${place.text} is on none of the pages`);
    });
    return make("div", { class: "places" }, open, show);
  }

  quote(quote) {
    return make("pre", { class: "quote" }, quote.before, make("mark", {}, quote.marked || " "), quote.after);
  }

  // Words

  words(sections) {
    byId("words-part").hidden = !sections.length;
    const table = byId("words");
    const rows = sections.map((one) => this.section(one));
    table.tBodies[0].replaceChildren(...rows);
    const sum = (key) => sections.reduce((total, one) => total + (one[key] ?? 0), 0);
    const head = make("th", { scope: "row" }, "All sections");
    const aim = sum("target");
    const cells = [make("td", {}, this.number(sum("words"))), make("td", {}, aim ? this.number(aim) : "")];
    table.tFoot.replaceChildren(make("tr", {}, head, ...cells));
  }

  section(one) {
    const head = make("th", { scope: "row" }, one.title);
    const aim = one.target ?? one.max;
    const over = one.max && one.words > one.max;
    if (aim) {
      const bar = make("span", { class: `filled ${over ? "over" : ""}` });
      bar.style.width = `${Math.min(100, (100 * one.words) / aim)}%`;
      head.append(make("span", { class: "measure", "aria-hidden": "true" }, bar));
    }
    const words = make("td", { class: over ? "over" : "" }, this.number(one.words));
    if (over) words.append(make("span", { class: "visually-hidden" }, " too long"));
    return make("tr", {}, head, words, make("td", {}, one.target ? this.number(one.target) : ""));
  }

  number(value) {
    return value.toLocaleString("en-GB");
  }

  /** On a small window errors come before the pages, and go with the last of them. */
  comeForward(wrong) {
    document.body.classList.toggle("wrong", wrong);
    if (SMALL.matches && wrong !== this.wrong) {
      this.open = wrong;
      this.showDesk();
    }
    this.wrong = wrong;
  }

  toggle() {
    this.open = !this.open;
    if (!SMALL.matches) keepWish("desk", this.open);
    this.showDesk();
  }

  showDesk() {
    document.body.classList.toggle("no-desk", !this.open);
    byId("desk-button").setAttribute("aria-expanded", String(this.open));
  }

  // A place in the text

  /** Show a place of the text and, when an editor is known, go there. */
  place(place, go = true) {
    if (!place) {
      this.tell("no line of yours: this is set by the template");
      return;
    }
    this.tell(place.text);
    byId("place-copy").hidden = false;
    byId("place-copy").textContent = "Copy";
    const open = byId("place-open");
    open.hidden = !place.href;
    open.href = place.href || "#";
    if (go && place.href) open.click();
  }

  /** Show a line of text below the pages, with nothing to do about it. */
  tell(text) {
    byId("place").hidden = false;
    byId("place-copy").hidden = true;
    byId("place-open").hidden = true;
    this.say("place-text", text);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(byId("place-text").textContent);
      byId("place-copy").textContent = "Copied";
    } catch {
      window.getSelection().selectAllChildren(byId("place-text"));
    }
  }

  closePlace() {
    byId("place").hidden = true;
  }
}

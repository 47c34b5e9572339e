// The preview's page: listens to the server, keeps the sheets up to date and the reader where they are.

import { Desk } from "./desk.js";
import { listen } from "./line.js";
import { Reader } from "./reader.js";
import { byId } from "./page.js";

const reader = new Reader();
const desk = new Desk(reader);
let waiting = null;
let busy = false;

/** Show the newest model; while one is being shown, only the last of those that come counts. */
async function show(model) {
  waiting = model;
  if (busy) return;
  busy = true;
  try {
    while (waiting) {
      const next = waiting;
      waiting = null;
      desk.show(next);
      await reader.show(next.pages);
    }
  } finally {
    busy = false;
  }
}

listen(show, (lost) => desk.connection(lost));

for (const [id, act] of Object.entries({
  previous: () => reader.turn(-1),
  next: () => reader.turn(1),
  smaller: () => reader.zoom(-1),
  larger: () => reader.zoom(1),
  fit: () => reader.fit(),
  spread: () => reader.toggleSpread(),
  "desk-button": () => desk.toggle(),
  "help-button": () => byId("help").showModal(),
  "help-close": () => byId("help").close(),
})) {
  byId(id).addEventListener("click", act);
}

const keys = {
  j: () => reader.turn(1),
  k: () => reader.turn(-1),
  PageDown: () => reader.turn(1),
  PageUp: () => reader.turn(-1),
  Home: () => reader.goTo(0),
  End: () => reader.goTo(Infinity),
  "+": () => reader.zoom(1),
  "=": () => reader.zoom(1),
  "-": () => reader.zoom(-1),
  0: () => reader.fit(),
  s: () => reader.toggleSpread(),
  d: () => desk.toggle(),
  "?": () => byId("help").showModal(),
  Escape: () => desk.closePlace(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

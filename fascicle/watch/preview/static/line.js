// The line to the server: events while it holds, new attempts when it breaks.

const SILENCE = 13000; // the server gives a sign of life every four seconds
const LONGEST = 4000;

/** Call `show` with each model and `told` with "", "lost" or "refused" as the connection comes and goes. */
export function listen(show, told) {
  let source = null;
  let heard = Date.now();
  let pause = 250;
  let timer = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    heard = Date.now();
    source = new EventSource("events");
    const alive = () => {
      heard = Date.now();
      pause = 250;
      told("");
    };
    source.addEventListener("message", (event) => {
      alive();
      show(JSON.parse(event.data));
    });
    source.addEventListener("beat", alive);
    source.addEventListener("error", broken);
  }

  async function broken() {
    source?.close();
    source = null;
    clearTimeout(timer);
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST);
    told((await refused()) ? "refused" : "lost");
  }

  const look = () => {
    if (source && Date.now() - heard > SILENCE) broken();
  };
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("online", open);
  open();
}

/** Whether the server is there and does not know this address. */
async function refused() {
  try {
    return (await fetch("icon.svg", { cache: "no-store" })).status === 403;
  } catch {
    return false;
  }
}

// The document view's keys: n and p step between hits, the arrows between pages. Each key presses a link of the page.

const KEYS = new Set(["n", "p", "ArrowLeft", "ArrowRight", "Escape", "+", "-"]);
const allowed = document.getElementById("kortkommandon-pa");

function isTyping(event) {
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  return Boolean(field || event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
}

/** A box that rolls sideways keeps its arrows while there is something to roll to. */
function rolls(event) {
  const box = event.target.closest?.("[tabindex='0']");
  return event.key.startsWith("Arrow") && box && box.scrollWidth > box.clientWidth;
}

document.addEventListener("keydown", (event) => {
  if (!KEYS.has(event.key) || isTyping(event) || rolls(event) || document.querySelector("dialog[open]")) return;
  if (event.key.length === 1 && !allowed?.checked) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// A page that waits for its picture asks now and then. It shows it at once where nobody has begun to read, else offers it.
const news = document.querySelector("[data-picture-news]");
let touched = false;
for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
  addEventListener(kind, () => { touched = true; }, { once: true, passive: true });
}

async function ask(times) {
  let state = "making";
  try {
    const answer = await fetch(news.dataset.pictureNews, { headers: { Accept: "application/json" } });
    state = answer.ok ? (await answer.json()).state : "failed";
  } catch {
    // The network is away for a moment; the next turn asks again.
  }
  if (state === "making") {
    if (times > 0) setTimeout(ask, 1500, times - 1);
    return;
  }
  const link = news.querySelector("[data-ready]");
  if (state === "ready" && !touched && scrollY < 80) {
    location.replace(link.href);
    return;
  }
  news.firstElementChild.hidden = true;
  (state === "ready" ? link : news.querySelector("[data-failed]")).hidden = false;
}

if (news) setTimeout(ask, 1000, 120);

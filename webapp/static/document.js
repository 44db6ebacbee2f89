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

// Shortcuts with one key: "/" goes to the search box, "?" lists them all. Letters do nothing while a field has focus,
// and nothing at all where the reader has turned them off in the list.

const OFF = "kortkommandon-av";
const list = document.getElementById("kortkommandon");
const choice = document.getElementById("kortkommandon-pa");

function turnedOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // storage is closed to us: the keys work, and the choice holds for this page only
  }
}

function remember(off) {
  try {
    off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF);
  } catch {
    /* as above */
  }
}

/** True where a key press is typing: in a field, or together with Ctrl, Alt or Cmd. */
export function isTyping(event) {
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  const typed = field && !["checkbox", "radio", "button", "submit"].includes(field.type);
  return Boolean(typed || event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
}

/** True where a shortcut with one key may act on this key press. */
export function mayAct(event) {
  return choice.checked && !isTyping(event) && !document.querySelector("dialog[open]");
}

choice.checked = !turnedOff();
choice.addEventListener("change", () => remember(!choice.checked));

document.addEventListener("keydown", (event) => {
  if (!mayAct(event)) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "?") {
    event.preventDefault();
    list.showModal();
  }
});

for (const opener of document.querySelectorAll('[data-opens="kortkommandon"]')) {
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    list.showModal();
  });
}

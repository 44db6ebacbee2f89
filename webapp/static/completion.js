// The search box proposes while somebody types: an editable combobox with a list (WAI-ARIA 1.2). Without this script it
// is an ordinary search box. Focus stays in the box; the chosen row is told by aria-activedescendant.

const SHORTEST = 2; // letters before anything is proposed
const PAUSE = 120; // milliseconds without a key before the server is asked

const frame = document.querySelector("[data-suggests]");
const box = frame?.querySelector("input");
const list = document.createElement("div");
const news = document.createElement("p");

let options = [];
let active = -1;
let timer = 0;
let asked = null; // the question that is on its way, so that a newer one can end it
let shownFor = "";

function begin() {
  list.id = "forslag";
  list.className = "suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", frame.dataset.label);
  news.className = "vh";
  news.setAttribute("role", "status");
  frame.append(list, news);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-haspopup": "listbox",
  })) {
    box.setAttribute(name, value);
  }
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps its focus
  list.addEventListener("click", (event) => follow(event.target.closest("[role=option]")));
}

async function ask() {
  const text = box.value;
  asked?.abort();
  if (text.trim().length < SHORTEST) {
    close();
    return;
  }
  asked = new AbortController();
  try {
    const address = `${frame.dataset.suggests}?q=${encodeURIComponent(text)}`;
    const answer = await fetch(address, { signal: asked.signal, cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const found = await answer.json();
    if (box.value === text && document.activeElement === box) show(found, text);
  } catch {
    /* ended by a newer question, or the server is away: it is a search box all the same */
  }
}

function show(found, text) {
  list.replaceChildren(...found.groups.map(group));
  options = [...list.querySelectorAll("[role=option]")];
  shownFor = text;
  select(-1);
  if (options.length) {
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  } else close();
  news.textContent = found.told;
}

function group(found, place) {
  const made = document.createElement("div");
  const name = document.createElement("div");
  name.className = "suggest__group";
  name.id = `forslag-${place}`;
  name.textContent = found.label;
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", name.id);
  made.append(name, ...found.options.map((one, number) => option(one, `${name.id}-${number}`)));
  return made;
}

function option(found, id) {
  const made = document.createElement("div");
  const text = document.createElement("span");
  const count = document.createElement("span");
  made.id = id;
  made.dataset.link = found.link;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  text.lang = "sv";
  text.append(...marked(found));
  count.className = "count";
  count.textContent = found.told;
  made.append(text, " ", count);
  return made;
}

/** The text with the typed letters marked. The server counts characters, not UTF-16 units. */
function marked(found) {
  const letters = [...found.text];
  const parts = [];
  let at = 0;
  for (const [start, end] of found.marks) {
    const mark = document.createElement("b");
    mark.textContent = letters.slice(start, end).join("");
    parts.push(letters.slice(at, start).join(""), mark);
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const isOpen = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) move(event.key === "ArrowDown" ? 1 : -1);
    else if (options.length && shownFor === box.value) reopen(event.key === "ArrowDown" ? 0 : options.length - 1);
    else if (box.value.trim().length >= SHORTEST) ask();
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault(); // the text stays; a second Escape is the browser's own
    close();
  } else if (event.key === "Enter" && isOpen && active >= 0) {
    event.preventDefault();
    follow(options[active]);
  } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
    select(-1); // these move in the text
  }
}

/** One row on; before the first and after the last one stands the text itself. */
function move(step) {
  const places = options.length + 1;
  select(((active + 1 + step + places) % places) - 1);
}

function select(place) {
  options[active]?.setAttribute("aria-selected", "false");
  active = place;
  const chosen = options[active];
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
  else box.removeAttribute("aria-activedescendant");
}

function reopen(place) {
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  select(place);
}

function close() {
  clearTimeout(timer);
  asked?.abort();
  list.hidden = true;
  news.textContent = "";
  box.setAttribute("aria-expanded", "false");
  select(-1);
}

function follow(chosen) {
  if (chosen) location.assign(chosen.dataset.link);
}

if (box) begin();

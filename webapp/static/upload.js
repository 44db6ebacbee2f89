// The upload page: files dropped anywhere are sent one by one, and the queue is kept fresh. Without this script the
// page is an ordinary form that is read in again.

const form = document.getElementById("slapp");
const input = document.getElementById("filer");
const sending = document.getElementById("sands");
const list = sending.querySelector("ul");
const pattern = sending.querySelector("template");
const queueForm = document.getElementById("ko");
const shownQueue = document.getElementById("ko-lista");
const news = document.getElementById("ko-nytt");

const EVERY = 2000; // milliseconds between two questions to the server

// Whoever writes a project's name means that project.
for (const [name, choice] of [["projektnamn", "nytt"], ["projektet", "finns"]]) {
  form.elements[name].addEventListener("input", () => (form.elements.vart.value = choice));
}

/* Dropping ---------------------------------------------------------------------------------- */

const title = form.querySelector("[data-said]");
const usualTitle = title.textContent;
let depth = 0; // dragenter and dragleave come for every element on the way

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

function hover(on) {
  form.classList.toggle("drop--over", on);
  title.textContent = on ? title.dataset.said : usualTitle;
}

addEventListener("dragenter", (event) => {
  if (!holdsFiles(event)) return;
  depth += 1;
  hover(true);
});
addEventListener("dragleave", (event) => {
  if (!holdsFiles(event)) return;
  depth = Math.max(0, depth - 1);
  if (!depth) hover(false);
});
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
});
addEventListener("drop", async (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth = 0;
  hover(false);
  add(await filesOf(event.dataTransfer));
});

/** Files and what lies in dropped folders. The entries must be asked for at once: the event forgets them. */
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(walk))).flat();
}

async function walk(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(walk))).flat();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  add([...input.files]);
  input.value = "";
});
input.addEventListener("change", () => form.requestSubmit());
form.querySelector("button.btn").hidden = true;

/* Sending ----------------------------------------------------------------------------------- */

const waiting = [];
let busy = false;

function add(files) {
  for (const file of files) waiting.push({ file, choices: choicesNow(), row: makeRow(file) });
  tell();
  send();
}

/** What the form says when the files are dropped holds for them, whatever is chosen later. */
function choicesNow() {
  const data = new FormData(form);
  data.delete("filer");
  return data;
}

function makeRow(file) {
  const row = pattern.content.cloneNode(true).querySelector("li");
  row.querySelector(".queue__name").textContent = file.name;
  const progress = row.querySelector("progress");
  progress.setAttribute("aria-label", file.name);
  const state = row.querySelector("b");
  state.textContent = state.dataset.waiting;
  list.append(row);
  return row;
}

async function send() {
  if (busy) return;
  busy = true;
  while (waiting.length) await sendOne(waiting.shift());
  busy = false;
  tell();
}

async function sendOne(one) {
  const state = one.row.querySelector("b");
  state.textContent = state.dataset.sending;
  one.row.className = "is-now";
  const trouble = one.file.size > Number(form.dataset.largest) ? "large" : await post(one);
  if (trouble) fail(one, trouble);
  else leave(one.row);
  tell();
  ask();
}

/** Sends one file; gives the name of a text for what went wrong, the server's own words, or nothing. */
function post({ file, choices, row }) {
  return new Promise((resolve) => {
    const data = new FormData();
    for (const [name, value] of choices) data.append(name, value);
    data.append("filer", file, file.name);
    const request = new XMLHttpRequest();
    const progress = row.querySelector("progress");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => resolve(answered(request)));
    request.addEventListener("error", () => resolve("lost"));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function answered(request) {
  if (request.status === 201) return "";
  if (request.status === 413) return "large";
  try {
    return JSON.parse(request.responseText).trouble || "lost";
  } catch {
    return request.status === 400 || request.status === 403 || request.status === 200 ? "out" : "lost";
  }
}

function fail(one, trouble) {
  const { row } = one;
  const state = row.querySelector("b");
  const told = state.nextElementSibling;
  row.className = "is-err";
  state.textContent = state.dataset.failed;
  told.textContent = told.dataset[trouble] ?? trouble;
  row.querySelector("progress").hidden = true;
  const again = row.querySelector("button");
  again.hidden = trouble === "large";
  again.onclick = () => {
    told.textContent = "";
    again.hidden = true;
    row.querySelector("progress").hidden = false;
    state.textContent = state.dataset.waiting;
    waiting.push({ ...one, choices: choicesNow() });
    send();
  };
}

function leave(row) {
  if (row.contains(document.activeElement)) document.getElementById("sands-rubrik").focus();
  row.remove();
}

function tell() {
  const left = list.children.length;
  sending.hidden = !left;
  sending.querySelector("[role=status]").textContent = left ? String(left) : "";
}

addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

/* The queue --------------------------------------------------------------------------------- */

let tag = "";
let timer = 0;
let asking = false;
let said = shownQueue.querySelector("[data-news]")?.textContent ?? "";

async function ask() {
  if (document.hidden || asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const answer = await fetch(queueForm.dataset.news, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 200 && !answer.redirected) {
      tag = answer.headers.get("ETag") ?? "";
      show(await answer.text());
    } else if (answer.status === 304) {
      settle();
    }
  } catch {
    /* away for a moment; the next question may be answered */
  }
  asking = false;
  timer = setTimeout(ask, EVERY);
}

/** Puts the new queue in place and gives focus back to the same button, or to the heading of its group. */
function show(html) {
  const focused = document.activeElement;
  const inside = shownQueue.contains(focused);
  const mark = inside ? { name: focused.name, value: focused.value, href: focused.getAttribute("href"), row: focused.closest("[data-row]")?.dataset.row } : null;
  shownQueue.innerHTML = html;
  if (!mark) return;
  const same = [...shownQueue.querySelectorAll("a, button")].find(
    (one) => (mark.name && one.name === mark.name && one.value === mark.value) || (mark.href && one.getAttribute("href") === mark.href),
  );
  const row = mark.row && shownQueue.querySelector(`[data-row="${CSS.escape(mark.row)}"]`);
  (same ?? row?.querySelector("a, button") ?? shownQueue.querySelector("h3"))?.focus();
}

/** A count is said once, when it has stood still for one question. */
function settle() {
  const now = shownQueue.querySelector("[data-news]")?.textContent ?? "";
  if (now !== said) news.textContent = said = now;
}

queueForm.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  const data = new FormData(queueForm);
  data.append(button.name, button.value);
  button.setAttribute("aria-disabled", "true");
  const answer = await fetch(queueForm.action, {
    method: "POST",
    body: data,
    headers: { "X-Requested-With": "fetch" },
  }).catch(() => null);
  if (answer?.status === 204) ask();
  else location.reload(); // signed out meanwhile, or the row is gone: the page itself tells
});

document.addEventListener("visibilitychange", ask);
timer = setTimeout(ask, EVERY);

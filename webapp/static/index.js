// The page about the index keeps itself fresh. Without this script it is read in again by hand.

const shown = document.getElementById("index-nu");
const news = document.getElementById("index-nytt");
const EVERY = 2000; // milliseconds between two questions to the server

let tag = "";
let timer = 0;
let said = told();

function told() {
  return shown.querySelector("[data-news]")?.textContent ?? "";
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(shown.dataset.news, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 200 && !answer.redirected) {
      tag = answer.headers.get("ETag") ?? "";
      show(await answer.text());
    }
  } catch {
    /* away for a moment; the next question may be answered */
  }
  timer = setTimeout(ask, EVERY);
}

/** Puts the new state in place, gives focus back to the link or button that had it, and says what has changed in kind. */
function show(html) {
  const way = (one) => one.getAttribute("href") ?? one.getAttribute("formaction");
  const focused = shown.contains(document.activeElement) ? way(document.activeElement) : null;
  shown.innerHTML = html;
  if (focused) [...shown.querySelectorAll("a, button")].find((one) => way(one) === focused)?.focus();
  if (told() !== said) news.textContent = said = told();
}

document.addEventListener("visibilitychange", ask);
timer = setTimeout(ask, EVERY);

// "Varför denna träff?" opens in place. Without this script it is a link to a page of its own.

for (const link of document.querySelectorAll("a[data-why]")) fold(link);

/** Puts a fold in the link's place, which is filled when it is first opened. */
function fold(link) {
  const made = document.createElement("details");
  const summary = document.createElement("summary");
  const inside = document.createElement("div");
  made.className = "more";
  summary.append(...link.childNodes, arrow());
  inside.setAttribute("aria-live", "polite");
  made.append(summary, inside);
  made.addEventListener("toggle", () => made.open && fill(inside, link));
  link.replaceWith(made);
}

function arrow() {
  const known = document.querySelector("summary > .icon");
  return known ? known.cloneNode(true) : document.createTextNode("");
}

async function fill(inside, link) {
  if (inside.childElementCount) return;
  try {
    const address = new URL(link.href);
    address.pathname += "/skal";
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    inside.innerHTML = await answer.text();
  } catch {
    location.href = link.href; // that page says what is wrong
  }
}

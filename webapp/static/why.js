// "Varför denna träff?" opens in place. Without this script it is a link to a page of its own.

const form = document.getElementById("varfor-har");

for (const link of document.querySelectorAll("a[data-why]")) fold(link);

/** Puts a fold in the link's place, which is filled when it is first opened. */
function fold(link) {
  const made = form.content.firstElementChild.cloneNode(true);
  made.querySelector("summary").prepend(...link.childNodes, " ");
  made.addEventListener("toggle", () => made.open && fill(made.lastElementChild, link));
  link.replaceWith(made);
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

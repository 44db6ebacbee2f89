// A field for a project's name proposes names while somebody types. Without this script it is an ordinary field, and the
// server says which name was meant.

const PAUSE = 150; // milliseconds without a key before the server is asked

for (const field of document.querySelectorAll("input[data-proposes]")) {
  let timer = 0;
  let asked = null; // the question that is on its way, so that a newer one can end it

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${field.dataset.proposes}?q=${encodeURIComponent(field.value)}`;
      const answer = await fetch(address, { signal: asked.signal, cache: "no-store" });
      if (answer.ok && !answer.redirected) offer(await answer.json());
    } catch {
      /* ended by a newer question, or the server is away: it is a field all the same */
    }
  };

  const offer = (names) => {
    const options = names.map((name) => {
      const option = document.createElement("option");
      option.value = name;
      return option;
    });
    field.list.replaceChildren(...options);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

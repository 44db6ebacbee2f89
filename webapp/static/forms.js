// Long forms: the list of errors has focus when the page opens, words are counted while they are written, and a page
// with unsaved changes asks before it is left.

document.querySelector('.alert[role="alert"]')?.focus();

for (const field of document.querySelectorAll("[data-words]")) {
  const line = field.parentElement.querySelector(".count");
  field.addEventListener("input", () => {
    const words = field.value.split(/\s+/).filter(Boolean).length;
    line.querySelector("[data-count]").textContent = words;
    line.classList.toggle("words--over", words > Number(field.dataset.words));
  });
}

let changed = false;
for (const form of document.querySelectorAll("main form")) {
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
}
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

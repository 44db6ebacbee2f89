// Deals the blocks of #text out on sheets of A4, each footnote on the sheet of its mark.
(() => {
  const text = document.getElementById("text");
  const notes = document.getElementById("notes");
  const room = (sheet) => sheet.querySelector(".feet").getBoundingClientRect().top - 12;
  let number = 0;
  const add = (parent, kind) => {
    const box = document.createElement("div");
    box.className = kind;
    return parent.appendChild(box);
  };
  const open = () => {
    const sheet = add(document.body, "sheet");
    number += 1;
    add(sheet, "above").textContent = notes.dataset.header;
    add(sheet, "flow");
    add(sheet, "feet");
    const below = add(sheet, "below");
    below.append(notes.dataset.footer, " ");
    below.appendChild(document.createElement("span")).textContent = `Sida ${number}`;
    return sheet;
  };
  const place = (sheet, block) => {
    const feet = sheet.querySelector(".feet");
    const kept = feet.innerHTML;
    sheet.querySelector(".flow").append(block);
    for (const mark of block.querySelectorAll("sup.mark")) {
      const note = notes.querySelector(`[data-note="${mark.textContent}"]`);
      if (note) feet.append(note.cloneNode(true));
    }
    const fits = block.getBoundingClientRect().bottom <= room(sheet);
    if (!fits) feet.innerHTML = kept;
    return fits;
  };
  let sheet = open();
  let empty = true;
  for (const block of [...text.children]) {
    const heading = sheet.querySelector(".flow > :last-child");
    if (!place(sheet, block) && !empty) {
      const before = sheet;
      sheet = open();
      if (heading && /^H\d$/.test(heading.tagName)) place(sheet, heading);
      place(sheet, block);
      if (!before.querySelector(".flow").children.length) before.remove();
    }
    empty = false;
    if (block.matches(".break, .titlepage, .contents")) {
      sheet = open();
      empty = true;
    }
  }
  text.remove();
  notes.remove();
})();

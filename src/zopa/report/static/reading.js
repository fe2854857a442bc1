// The page of a reading: choose a number in the text and see its record beside it; narrow by party, issue, level, act.
// Needs no network. Nothing is made from text: records that stand in the page are copied as they are.
(() => {
  "use strict";

  const all = (path, root = document) => [...root.querySelectorAll(path)];
  const at = (id) => document.getElementById(id);
  const panel = at("chosen");
  const room = at("chosen-record");
  if (!panel || !room) return;
  document.documentElement.classList.add("has-script");
  panel.hidden = false;
  panel.dataset.empty = "";
  const idle = [...room.childNodes];
  // Which statements cover a stretch of text, and as what, the outermost first.
  const pieces = all("[data-of]").map((node) => {
    const marks = node.dataset.of.split(" ").map((one) => one.split("."));
    return { node, marks, of: [...new Set(marks.map(([number]) => number))] };
  });
  const byNode = new Map(pieces.map((one) => [one.node, one]));
  let chosen = null;

  // One statement ----------------------------------------------------------------------------------

  const choose = (number) => {
    if (number === chosen) return;
    chosen = number;
    for (const { node, of } of pieces) node.classList.toggle("lit", of.includes(number));
    for (const chip of all(".chip[aria-current]")) chip.removeAttribute("aria-current");
    const record = number === null ? null : at(`s${number}`);
    if (record === null) {
      room.replaceChildren(...idle);
      panel.dataset.empty = "";
      return;
    }
    at(`m${number}`)?.setAttribute("aria-current", "true");
    const head = document.createElement("h3");
    head.textContent = `Statement ${number}`;
    room.replaceChildren(head, ...[...record.children].map((node) => node.cloneNode(true)));
    delete panel.dataset.empty;
    panel.scrollTop = 0;
  };

  document.addEventListener("focusin", (event) => {
    const chip = event.target.closest("a.chip");
    if (chip) choose(chip.dataset.statement);
  });
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("a.chip");
    if (chip) {
      event.preventDefault();
      choose(chip.dataset.statement);
      return;
    }
    const piece = event.target.closest(".mark[data-of]");
    if (!piece) return;
    // The innermost statement first; each further click goes one statement outwards.
    const of = byNode.get(piece).of.filter((number) => !at(`s${number}`).hidden).reverse();
    if (of.length === 0) return;
    choose(of[(of.indexOf(chosen) + 1) % of.length]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
  });
  at("chosen-close").addEventListener("click", () => {
    const chip = chosen === null ? null : at(`m${chosen}`);
    choose(null);
    chip?.blur();
  });

  // Narrowing --------------------------------------------------------------------------------------

  const controls = at("reading-filters");
  if (!controls) return;
  controls.hidden = false;
  const selects = all("select", controls);
  const records = all(".records > li");
  const narrow = () => {
    const kept = new Set();
    for (const record of records) {
      const fits = selects.every((one) => one.value === "" || record.dataset[one.dataset.filter] === one.value);
      record.hidden = !fits;
      if (fits) kept.add(record.dataset.statement);
    }
    for (const row of all("tr[data-statement]")) row.hidden = !kept.has(row.dataset.statement);
    for (const chip of all("a.chip")) chip.hidden = !kept.has(chip.dataset.statement);
    for (const { node, marks } of pieces) {
      const left = marks.filter(([number]) => kept.has(number));
      for (const role of ["source", "cue", "content"]) node.classList.toggle(role, left.some((one) => one[1] === role));
      const depth = Math.min(left.filter((one) => one[1] === "content").length, 3);
      for (const level of [1, 2, 3]) node.classList.toggle(`deep-${level}`, level === depth);
    }
    if (chosen !== null && !kept.has(chosen)) choose(null);
    at("reading-count").textContent = `${kept.size} of ${records.length} statements`;
  };
  for (const one of selects) one.addEventListener("change", narrow);
  at("reading-clear").addEventListener("click", () => {
    for (const one of selects) one.value = "";
    narrow();
  });
  narrow();
})();

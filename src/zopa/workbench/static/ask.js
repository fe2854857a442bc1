// Ask what if: switches, and one judgement dragged along its range. Everything that changes stands in the address.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const body = document.body;

  // Switches ------------------------------------------------------------------------------------------

  const levers = () => Array.from(document.querySelectorAll("[data-lever]:checked"), (one) => one.dataset.lever);

  document.addEventListener("change", (event) => {
    const one = event.target;
    if (one.dataset.switch) zopa.toggle(one.dataset.switch, one.value, !one.checked);
    else if (one.dataset.read) zopa.read(one.dataset.read, one.value || null);
    else if (one.dataset.lever !== undefined) {
      document.querySelector('[data-pulling][value="yes"]').checked = true;
      zopa.put("pull", levers().length ? levers() : "none");
    } else if (one.dataset.pulling !== undefined) zopa.put("pull", one.value ? (levers().length ? levers() : "none") : null);
    else if (one.id === "at-date") day(one.value);
    else if (one.dataset.setWord) zopa.set(one.dataset.setWord, one.value || null);
    else if (one.id === "drag-path") choose(one.value);
    else if (one.id === "drag-value") typed(one);
    else if (one.id === "drag-range") moved(one.value, true);
  });

  function day(value) {
    at("at-date").value = value;
    document.querySelectorAll("[data-day]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.day === value));
    zopa.put("at", value || null);
  }

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-day], [data-back], [data-drag]");
    if (!one) return;
    if (one.dataset.day !== undefined) day(one.dataset.day);
    else if (one.dataset.back) {
      zopa.set(one.dataset.back, null);
      zopa.tell("ask:chosen"); // the slider goes back to where the case has it
    } else {
      at("drag-path").value = one.dataset.drag;
      choose(one.dataset.drag);
    }
  });

  // Long lists ----------------------------------------------------------------------------------------

  document.addEventListener("input", (event) => {
    const { id, value } = event.target;
    const sought = (value || "").trim().toLowerCase();
    if (id === "switch-search") {
      let count = 0;
      document.querySelectorAll("[data-search]").forEach((one) => {
        one.hidden = !one.dataset.search.includes(sought);
        count += one.hidden ? 0 : 1;
        if (sought && !one.hidden) one.closest("details.ask-group").open = true;
      });
      at("switch-found").textContent = sought ? `${count} ${count === 1 ? "switch" : "switches"} found` : "";
    } else if (id === "drag-search") {
      document.querySelectorAll("#drag-path optgroup").forEach((group) => {
        let any = false;
        for (const one of group.children) {
          one.hidden = !`${group.label} ${one.textContent}`.toLowerCase().includes(sought);
          one.disabled = one.hidden;
          any = any || !one.hidden;
        }
        group.hidden = !any;
      });
    } else if (id === "drag-range") moved(value, false);
  });

  // The slider ----------------------------------------------------------------------------------------

  function choose(path) {
    zopa.put("path", path, true, true);
    zopa.tell("ask:chosen");
  }

  /** The line in the picture follows at once; the answer follows as soon as it is reckoned. */
  function mark(value) {
    const line = at("sweep-present");
    if (!line) return;
    const low = Number(line.dataset.low);
    const wide = Number(line.dataset.high) - low || 1;
    const share = Math.min(1, Math.max(0, (Number(value) - low) / wide));
    const x = Number(line.dataset.left) + share * Number(line.dataset.wide);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  }

  function moved(value, rest) {
    const path = at("dragged").dataset.path;
    at("drag-value").value = value;
    at("drag-said").textContent = `looked at: ${value}`;
    mark(value);
    zopa.set(path, value, rest);
  }

  function typed(field) {
    const value = field.value.trim();
    if (!value) return;
    const number = value.includes("/") ? value.split("/").reduce((one, other) => one / other) : Number(value);
    const range = at("drag-range");
    const outside = Number(number) < Number(range.min) || Number(number) > Number(range.max);
    if (Number.isFinite(Number(number))) {
      range.value = number;
      mark(number);
    }
    at("drag-said").textContent = `looked at: ${value}`;
    zopa.set(at("dragged").dataset.path, value);
    if (outside) zopa.tell("ask:chosen"); // the slider grows
  }

  // Another change than that of the slider moves the whole curve.
  body.addEventListener("zopa:changed", (event) => {
    const box = at("dragged");
    if (box && (event.detail || {}).path !== box.dataset.path) zopa.tell("ask:redraw");
  });

  // The share at each level stands beside the zone as soon as the shares are counted.
  let counted = "";
  document.addEventListener("htmx:afterSwap", (event) => {
    const box = at("dragged");
    const shares = document.querySelector("#answer .bar-shares");
    if (!box || !box.dataset.levels || !at("answer").contains(event.target) || !shares || shares.matches("[hx-get]")) return;
    if (counted === location.search || document.querySelector("#ask-sweep .ask-levels")) return;
    counted = location.search;
    zopa.tell("ask:redraw");
  });
})();

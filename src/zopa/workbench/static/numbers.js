// Change the numbers: a number that is moved is a what-if at once, and is kept with a reason.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const body = document.body;
  const rowOf = (one) => one.closest(".num[data-path]");
  const sought = (path, more) => {
    const query = zopa.query();
    for (const [key, value] of Object.entries(more)) for (const one of [].concat(value)) query.append(key, one);
    return `${path}?${query}`;
  };
  const get = (url, kind) => fetch(url, { headers: { "X-Zopa": "1", "HX-Request": "true", Accept: kind } });

  // Setting a number ----------------------------------------------------------------------------------

  // Rows are not drawn anew under the hand that moves them.
  let touched = 0;
  const busy = () => giving || Date.now() - touched < 450;

  const exact = (thumb) => (thumb.value === thumb.dataset.start ? thumb.dataset.exact : thumb.value);

  function amountOf(row) {
    const thumbs = [...row.querySelectorAll("[data-thumb]")];
    const values = thumbs.map(exact);
    if (thumbs.length < 2) return values[0];
    const mode = row.querySelector("[data-amount]").dataset.mode;
    if (!mode) return values.join("..");
    const kept = Math.min(Math.max(Number(mode), Number(values[0])), Number(values[1]));
    return [values[0], kept === Number(mode) ? mode : String(kept), values[1]].join("..");
  }

  function set(row, amount, rest) {
    const text = row.querySelector("[data-amount]");
    if (document.activeElement !== text) text.value = amount;
    const back = amount === row.dataset.was;
    zopa.set(row.dataset.path, back ? null : amount, rest);
    if (rest) later(row);
  }

  let lastStart = "";
  let giving = false;
  let next = null;

  /** Weights that keep their sum: the server shares out exactly, from where the drag began, so that the way back is exact. */
  async function give(moving, to, rest) {
    const row = at(moving.id); // the row may have been drawn anew since
    if (!row) return;
    if (giving) {
      next = [row, to, rest];
      return;
    }
    giving = true;
    if (!lastStart) lastStart = location.search || "?";
    const start = new URLSearchParams(lastStart);
    start.append("path", row.dataset.path);
    start.append("to", to);
    const section = row.closest("[data-sum]");
    section.querySelectorAll("[data-hold]:checked").forEach((one) => start.append("held", rowOf(one).dataset.path));
    try {
      const found = await (await get(`/numbers/give.json?${start}`, "application/json")).json();
      at("sum-fault").textContent = found.fault || found.detail || "";
      if (found.amounts && Object.keys(found.amounts).length) put(section, found.amounts, rest);
      else if (rest && !next) {
        // The thumb goes back to where the weight still is.
        const thumb = row.querySelector("[data-thumb]");
        const text = row.querySelector("[data-amount]").value;
        if (thumb && !text.includes("/")) thumb.value = text;
        zopaRanges.all(row);
      }
    } finally {
      giving = false;
      if (next) {
        const again = next;
        next = null;
        give(...again);
      } else if (rest) lastStart = "";
    }
  }

  function put(section, amounts, rest) {
    const kept = zopa.query().getAll("set").filter((one) => !(one.slice(0, one.indexOf(":")) in amounts));
    section.querySelectorAll(".num[data-path]").forEach((row) => {
      const amount = amounts[row.dataset.path];
      if (amount === undefined) return;
      if (amount !== row.dataset.was) kept.push(`${row.dataset.path}:${amount}`);
      const text = row.querySelector("[data-amount]");
      if (document.activeElement !== text) text.value = amount;
      const thumb = row.querySelector("[data-thumb]");
      if (thumb && document.activeElement !== thumb) thumb.value = amount.includes("/") ? amount.split("/").reduce((one, other) => one / other) : amount;
      const box = row.querySelector(".two");
      if (box) zopaRanges.paint(box);
    });
    if (rest) history.replaceState(null, "", location.pathname + (lastStart === "?" ? "" : lastStart));
    zopa.put("set", kept.length ? kept : null, rest);
    if (rest) refreshAll();
  }

  function dragged(one, rest) {
    touched = Date.now();
    const row = rowOf(one);
    if (!row) return;
    if (row.hasAttribute("data-grouped")) give(row, exact(one), rest);
    else set(row, amountOf(row), rest);
  }

  document.addEventListener("input", (event) => {
    const one = event.target;
    if (one.dataset.thumb !== undefined) dragged(one, false);
    else if (one.dataset.amount !== undefined) typing(one);
    else if (one.name === "assume" || one.name === "because[]") {
      const other = one.form.querySelector("[data-other]");
      if (other) other.checked = true;
    }
  });

  document.addEventListener("change", (event) => {
    const one = event.target;
    if (one.dataset.thumb !== undefined) dragged(one, true);
    else if (one.dataset.word !== undefined) set(rowOf(one), one.value, true);
    else if (one.id === "line-issue") options(one.value);
  });

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-own], [data-put-row]");
    if (!one) return;
    const row = rowOf(one);
    if (one.dataset.own) set(row, one.dataset.own, true);
    else if (row.hasAttribute("data-grouped")) {
      const paths = new Set([...row.closest("[data-sum]").querySelectorAll(".num[data-path]")].map((each) => each.dataset.path));
      const kept = zopa.query().getAll("set").filter((each) => !paths.has(each.slice(0, each.indexOf(":"))));
      zopa.put("set", kept.length ? kept : null);
      refreshAll();
    } else set(row, row.dataset.was, true);
  });

  // Somebody types an amount: it is looked at once the case can have it, and the row says why where it cannot.
  let typed = 0;
  function typing(field) {
    clearTimeout(typed);
    typed = setTimeout(async () => {
      const row = rowOf(field);
      const amount = field.value.trim();
      const say = (words) => {
        at(`${row.id}-fault`).textContent = words;
        field.setAttribute("aria-invalid", words ? "true" : "false");
      };
      if (!amount) return say("Write an amount, such as 40 or 20..60.");
      if (row.hasAttribute("data-grouped") && /^[-+\d./ ]+$/.test(amount) && !amount.includes("..")) {
        say("");
        return give(row, amount, true);
      }
      const url = new URLSearchParams({ path: row.dataset.path, amount });
      const found = await (await get(`/numbers/check.json?${url}`, "application/json")).json();
      if (field.value.trim() !== amount) return;
      say(found.fault || found.detail || "");
      if (found.fits) set(row, amount, true);
    }, 350);
  }

  function options(issue) {
    document.querySelectorAll("[data-issue]").forEach((one) => {
      one.hidden = one.dataset.issue !== issue;
      one.querySelector("select").disabled = one.hidden;
      if (!one.hidden)
        document.querySelectorAll("#line-comparison [data-ordered]").forEach((each) => {
          each.disabled = !one.dataset.hasOrder;
          if (each.selected && each.disabled) at("line-comparison").value = "=";
        });
    });
  }
  if (at("line-issue")) options(at("line-issue").value);

  // Redrawing rows ------------------------------------------------------------------------------------

  /** Whether somebody is writing a reason in a row: such a row is never taken away. */
  const written = (row) => [...row.querySelectorAll("form")].some((form) =>
    [...form.elements].some((one) => (one.matches("textarea, input[type=text]") && one.value !== one.defaultValue) || (one.type === "checkbox" && one.checked)));

  function swap(old, fresh) {
    if (old.dataset.stamp === fresh.dataset.stamp) return;
    if (written(old)) {
      const now = fresh.dataset.was || "";
      const hidden = old.querySelector('form [name="amount"]');
      const field = fresh.querySelector("[data-amount]");
      if (hidden && field) hidden.value = field.value;
      if (old.dataset.was !== undefined && now !== old.dataset.was) {
        let note = old.querySelector(".num-elsewhere");
        if (!note) {
          note = document.createElement("p");
          note.className = "num-elsewhere small";
          note.setAttribute("role", "status");
          old.append(note);
        }
        note.textContent = `Changed elsewhere to ${now}.`;
      }
      return;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const held = old.querySelector("[data-hold]:checked") !== null;
    const opened = [...old.querySelectorAll("details")].map((one) => one.open);
    const made = document.importNode(fresh, true);
    old.replaceWith(made);
    made.querySelectorAll("details").forEach((one, number) => {
      one.open = Boolean(opened[number]);
    });
    if (held && made.querySelector("[data-hold]")) made.querySelector("[data-hold]").checked = true;
    ready(made);
    if (window.htmx) htmx.process(made);
    if (focused && at(focused)) at(focused).focus({ preventScroll: true });
  }

  async function later(row) {
    const { id, dataset } = row;
    clearTimeout(waiting[id]);
    waiting[id] = setTimeout(async () => {
      if (busy() && at(id)) return later(at(id));
      const found = await get(sought("/numbers/row", { path: dataset.path }), "text/html");
      if (!found.ok) return;
      if (busy() && at(id)) return later(at(id));
      const page = new DOMParser().parseFromString(await found.text(), "text/html");
      const fresh = page.getElementById(id);
      if (fresh && at(id)) swap(at(id), fresh);
    }, 200);
  }
  const waiting = {};

  let all = 0;
  function refreshAll() {
    clearTimeout(all);
    all = setTimeout(async () => {
      if (busy()) return refreshAll();
      const asked = location.search;
      const found = await get(`/numbers${asked}`, "text/html");
      if (!found.ok) return;
      if (busy() || asked !== location.search) return refreshAll();
      const page = new DOMParser().parseFromString(await found.text(), "text/html");
      document.querySelectorAll("#numbers section").forEach((section) => {
        const fresh = page.getElementById(section.id);
        if (!fresh) return;
        const mine = [...section.querySelectorAll("[data-row]")];
        const theirs = [...fresh.querySelectorAll("[data-row]")];
        const same = mine.length === theirs.length && mine.every((one, number) => one.id === theirs[number].id);
        if (same) mine.forEach((one, number) => swap(one, theirs[number]));
        else if (!mine.some(written)) {
          const focused = section.contains(document.activeElement) ? document.activeElement.id : "";
          const holds = [...section.querySelectorAll("[data-hold]:checked")].map((one) => one.id);
          const made = document.importNode(fresh, true);
          section.replaceWith(made);
          holds.filter(at).forEach((id) => {
            at(id).checked = true;
          });
          ready(made);
          if (window.htmx) htmx.process(made);
          if (focused && at(focused)) at(focused).focus({ preventScroll: true });
        } else mine.forEach((one) => {
          const other = theirs.find((each) => each.id === one.id);
          if (other) swap(one, other);
        });
      });
    }, 120);
  }

  function ready(root) {
    root.querySelectorAll("[data-thumb]").forEach((one) => {
      one.dataset.start = one.value;
    });
    if (root.matches && root.matches(".two")) zopaRanges.paint(root);
    zopaRanges.all(root);
  }
  ready(document);

  // After saving, the what-if is no longer one.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (!successful || !elt.matches("form")) return;
    if (elt.hasAttribute("data-keep")) {
      const paths = new Set([...elt.querySelectorAll('[name="path"], [name="path[]"]')].map((one) => one.value));
      const kept = zopa.query().getAll("set").filter((one) => !paths.has(one.slice(0, one.indexOf(":"))));
      elt.reset();
      zopa.put("set", kept.length ? kept : null, false);
    } else elt.reset();
    refreshAll();
  });
  body.addEventListener("zopa:saved", refreshAll);

  // Links to the other parts carry what is looked at along.
  body.addEventListener("zopa:changed", () => {
    document.querySelectorAll("[data-part]").forEach((one) => {
      const query = zopa.query();
      query.set("party", one.dataset.part);
      one.href = `/numbers?${query}`;
    });
  });
})();

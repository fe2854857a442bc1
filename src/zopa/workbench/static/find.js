// Finding agreements: the builder writes the address, links change it without loading the page anew, and the picture
// follows. Text from the case enters the page as escaped markup from the server, or by textContent.
(() => {
  "use strict";

  const body = document.body;
  const at = (id) => document.getElementById(id);
  const frame = at("package-picture");

  // The address ---------------------------------------------------------------------------------------

  // Links hold the whole address, so that they can be opened anywhere; here they only change what is looked at.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-find]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    zopa.tell("zopa:changed", { link: true });
  });

  /**
   * The package with another option, as an address names it. The address knows what was chosen a moment ago, which the
   * builder may not show yet; where it names a package by its name or number, the builder knows its options.
   */
  function built(form, changed) {
    const chosen = [...form.querySelectorAll("input[data-issue]:checked, select[data-issue]")];
    const found = new Map(chosen.map((one) => [one.dataset.issue, one.value]));
    const written = zopa.query().get("package") || "";
    if (written.includes("=")) written.split(",").forEach((pair) => found.set(...pair.split("=", 2)));
    found.set(changed.dataset.issue, changed.value);
    return [...found].map((pair) => pair.join("=")).join(",");
  }

  document.addEventListener("change", (event) => {
    const { target } = event;
    const form = target.closest("form");
    if (target.dataset.issue !== undefined && form) zopa.put("package", built(form, target));
    else if (target.dataset.filter !== undefined && form) filtered(form);
    else if (target.id === "axis-x" || target.id === "axis-y") {
      zopa.put("x", at("axis-x").value, true, true);
      zopa.put("y", at("axis-y").value, false);
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("#builder, #table-filters")) event.preventDefault();
  });

  function filtered(form) {
    const next = zopa.query();
    ["show", "who", "with", "page"].forEach((key) => next.delete(key));
    form.querySelectorAll("select[data-filter]").forEach((one) => one.value && next.append(one.dataset.filter, one.value));
    history.pushState(null, "", `${location.pathname}?${next}`);
    zopa.tell("zopa:changed", { filter: true });
  }

  // What a reader of the screen hears when another package is looked at.
  let heard = at("card-title") ? at("card-title").dataset.package : "";
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "find-now") return;
    const title = at("card-title");
    if (!title) return;
    if (title.dataset.package !== heard) at("find-live").textContent = title.dataset.summary;
    heard = title.dataset.package;
    // The card is painted first; the ring in the picture follows.
    requestAnimationFrame(() => setTimeout(() => picture && picture.mark(rowOf(Number(heard)))));
  });

  // The picture ---------------------------------------------------------------------------------------

  let picture = null;
  let columns = null;
  let issues = null;
  let rows = new Map();
  let asking = null;
  let again = false;
  let resting = 0;

  const rowOf = (id) => (rows.has(id) ? rows.get(id) : -1);

  /** The option numbers of a package, from its index: the last issue counts fastest. */
  function digits(id) {
    const found = [];
    for (let place = issues.length - 1; place >= 0; place -= 1) {
      const { length } = issues[place].options;
      found.unshift(id % length);
      id = Math.floor(id / length);
    }
    return found;
  }

  const options = (row) => digits(columns.id[row]).map((digit, place) => ({ issue: issues[place], option: issues[place].options[digit] }));

  function pointed(row) {
    const words = options(row).map(({ issue, option }) => `${issue.name}: ${option.name}`);
    const place = columns.efficient[row] === "1" ? "efficient" : { y: "in the zone", u: "not known whether in the zone", n: "outside the zone" }[columns.zone[row]];
    at("picture-words").textContent = `${columns.names[row] || `Package ${columns.id[row]}`} (${place}). ${words.join("; ")}.`;
  }

  function choose(row, quiet) {
    pointed(row);
    if (quiet) return;
    const spelt = options(row).map(({ issue, option }) => `${issue.id}=${option.id}`).join(",");
    picture.mark(row);
    zopa.put("package", spelt.length <= 240 ? spelt : String(columns.id[row]));
  }

  async function fetched() {
    const query = zopa.query();
    if (issues) query.set("bare", "1");
    const answer = await fetch(`/find/picture.json?${query}`, { headers: { "X-Zopa": "1", "X-Zopa-Tab": zopa.tab, Accept: "application/json" } });
    return answer.ok ? answer.json() : null;
  }

  // One question at a time; what was asked meanwhile is asked once more, so that the last answer is the one that stands.
  async function follow(rest) {
    if (!frame) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const found = await fetched();
      if (found) {
        columns = found;
        if (found.issues) issues = found.issues;
        rows = new Map(found.id.map((id, row) => [id, row]));
        if (picture) picture.update(found, rest);
        else picture = zopaPicture(frame, { data: found, axes: () => columns.axes, choose });
        picture.mark(rowOf(found.chosen));
      }
    } catch {
      // The server is away for a moment; the next change asks again.
    } finally {
      asking = null;
      if (again) {
        again = false;
        follow(rest);
      }
    }
  }

  // The package alone moves the ring; everything else moves the points. The axes come to rest after a pause.
  body.addEventListener("zopa:changed", (event) => {
    const { key, link, filter } = event.detail || {};
    if (filter || key === "package" || (link && sameNumbers())) return;
    follow(false);
    clearTimeout(resting);
    resting = setTimeout(() => follow(true), 400);
  });
  body.addEventListener("zopa:saved", () => {
    issues = null;
    follow(true);
  });

  let numbers = "";
  function sameNumbers() {
    const now = [...zopa.query()].filter(([key]) => ["set", "without", "off", "read", "pull", "at", "x", "y"].includes(key)).join("&");
    const same = now === numbers;
    numbers = now;
    return same;
  }
  sameNumbers();
  follow(true);
})();

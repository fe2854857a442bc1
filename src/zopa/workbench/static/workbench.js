// What every page of the workbench shares: the what-if in the address, saving, conflicts, changes made elsewhere.
// Text from the case enters the page as text only (textContent) or as escaped markup from the server.
(() => {
  "use strict";

  const WHATIF = ["set", "without", "off", "read", "pull", "at"];
  const body = document.body;
  const at = (id) => document.getElementById(id);
  const tell = (name, detail) => body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

  // A tab has a name of its own, so that what it wants next takes the place of what it wanted before.
  let tab = sessionStorage.getItem("zopa-tab");
  if (!tab) {
    tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) => one.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem("zopa-tab", tab);
  }

  // The what-if in the address ----------------------------------------------------------------------

  const query = () => new URLSearchParams(location.search);

  /** Put a query into the address: `keep` adds a step to go back to, else the present one is replaced. */
  function go(next, keep) {
    const text = next.toString();
    const url = text ? `${location.pathname}?${text}` : location.pathname;
    if (keep) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    follow();
  }

  /** Links to other pages carry the what-if along. */
  function follow() {
    const kept = new URLSearchParams([...query()].filter(([key]) => WHATIF.includes(key))).toString();
    document.querySelectorAll(".bench-nav a").forEach((link) => {
      link.href = kept ? `${link.pathname}?${kept}` : link.pathname;
    });
  }

  /** Take out one change of a kind (`set` and `read` by the name before the colon) and put another in its place. */
  function replaced(kind, name, value) {
    const next = new URLSearchParams();
    for (const [key, one] of query()) {
      const same = key === kind && (kind === "set" || kind === "read" ? one.startsWith(`${name}:`) : one === name);
      if (!same) next.append(key, one);
    }
    if (value !== null) next.append(kind, value);
    return next;
  }

  let started = null; // the address before a drag began

  /**
   * Set an amount for a look. While a slider moves the address is replaced; when it comes to rest (`rest`) one step is
   * added, so that going back undoes the whole drag.
   */
  function set(path, amount, rest = true) {
    const next = replaced("set", path, amount === null ? null : `${path}:${amount}`);
    if (rest && started !== null) {
      history.replaceState(null, "", started);
      started = null;
      go(next, true);
    } else {
      if (!rest && started === null) started = location.pathname + location.search;
      go(next, rest);
    }
    tell("zopa:changed", { path, amount });
  }

  function read(key, word) {
    go(replaced("read", key, word === null ? null : `${key}:${word}`), true);
    tell("zopa:changed", { key, word });
  }

  /** Switch a statement (`without`), an assumption (`off`) or a lever (`pull`). */
  function toggle(kind, name, on) {
    go(replaced(kind, name, on ? name : null), true);
    tell("zopa:changed", { kind, name, on });
  }

  /** Give a key of the address one value, or none (null); own keys of a page such as the package as well. */
  function put(key, value, keep = true, quiet = false) {
    const next = query();
    next.delete(key);
    for (const one of Array.isArray(value) ? value : value === null ? [] : [value]) next.append(key, one);
    go(next, keep);
    if (!quiet) tell("zopa:changed", { key, value });
  }

  addEventListener("popstate", () => location.reload());

  // Words for people ----------------------------------------------------------------------------------

  let quietly = 0;
  function say(words, kind = "bench-said") {
    const box = at("notices");
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = words;
    box.replaceChildren(line);
    clearTimeout(quietly);
    if (kind === "bench-said") quietly = setTimeout(() => line.remove(), 6000);
  }

  // Requests ------------------------------------------------------------------------------------------

  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    detail.headers["X-Zopa"] = "1";
    detail.headers["X-Zopa-Tab"] = tab;
    if (detail.elt.hasAttribute("data-with-query") && location.search) {
      const [path, own] = detail.path.split("?");
      detail.path = `${path}${location.search}${own ? `&${own}` : ""}`;
    }
  });

  if (window.htmx)
    htmx.defineExtension("zopa-json", {
      onEvent(name, event) {
        if (name === "htmx:configRequest" && event.detail.verb !== "get") event.detail.headers["Content-Type"] = "application/json";
      },
      encodeParameters(request, parameters) {
        request.overrideMimeType("text/json");
        const found = {};
        for (const [key, value] of parameters instanceof FormData ? parameters.entries() : Object.entries(parameters)) {
          if (key.endsWith("[]")) (found[key.slice(0, -2)] ||= []).push(value);
          else found[key] = value;
        }
        return JSON.stringify(found);
      },
    });

  const reply = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  };

  // The same number was changed elsewhere: a person decides. `again` sends it once more with `force`.
  function ask(words, again) {
    const dialog = at("conflict");
    at("conflict-words").textContent = words;
    dialog.onclose = () => {
      if (dialog.returnValue === "mine") again();
      else location.reload();
    };
    dialog.showModal();
  }

  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt, requestConfig } = event.detail;
    const said = reply(xhr);
    const words = [said.detail || `The request failed (${xhr.status}).`, ...(said.faults || [])].join(" ");
    if (xhr.status === 409 && requestConfig.parameters && requestConfig.path !== "/undo" && requestConfig.path !== "/redo") {
      const sent = requestConfig.parameters instanceof FormData ? Object.fromEntries(requestConfig.parameters) : requestConfig.parameters;
      ask(words, () => htmx.ajax("POST", requestConfig.path, { source: elt, values: { ...sent, force: "yes" }, swap: "none" }));
      return;
    }
    say(words, "bench-fault");
  });
  document.addEventListener("htmx:sendError", () => say("The program does not answer. Is it still running? Nothing that was saved is lost.", "bench-fault"));

  body.addEventListener("zopa:saved", (event) => {
    const { revision, words } = event.detail || {};
    if (revision) body.dataset.revision = revision;
    if (words) say(words);
  });

  // Changes made elsewhere: another tab, an editor, another program ------------------------------------

  let waiting = false;
  async function look() {
    if (document.hidden || waiting) return;
    waiting = true;
    try {
      const found = await fetch("/revision.json", { headers: { "X-Zopa": "1", Accept: "application/json" } });
      if (!found.ok) return;
      const now = await found.json();
      const broken = now.faults.length > 0;
      if (now.revision !== body.dataset.revision || broken !== (body.dataset.broken === "yes")) {
        body.dataset.revision = now.revision;
        body.dataset.broken = broken ? "yes" : "";
        tell("zopa:outside", now);
        tell("zopa:saved", {});
      }
    } catch {
      // The server is away for a moment; the next look will tell.
    } finally {
      waiting = false;
    }
  }
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", look);

  // Undo and redo by keyboard, except where somebody writes.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !/^[zyZY]$/.test(event.key)) return;
    if (event.target.closest("textarea, input:not([type=range]):not([type=checkbox]):not([type=radio])")) return;
    event.preventDefault();
    const redo = event.key.toLowerCase() === "y" || event.shiftKey;
    const button = document.querySelector(`#history button[hx-post="${redo ? "/redo" : "/undo"}"]`);
    if (button && !button.disabled) button.click();
  });

  window.zopa = { query, set, read, toggle, put, say, tell, ask, tab };
})();

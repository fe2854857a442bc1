// The picture and the table of packages in a report: hover, choose axes, sort, filter, walk by keyboard, save.
// Needs no network. Text from the case enters the page as text only (textContent), never as markup.
(() => {
  "use strict";

  const holder = document.getElementById("packages-data");
  const room = document.getElementById("explore");
  if (!holder || !room) return;
  const data = JSON.parse(holder.textContent);
  const count = data.id.length;
  const at = (id) => document.getElementById(id);
  const make = (tag, kind, words) => {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    if (words !== undefined) node.textContent = words;
    return node;
  };
  room.hidden = false;

  // Words ------------------------------------------------------------------------------------------

  const NONE = "\u2013";
  const option = (row, issue) => data.issues[issue].options[parseInt(data.options[issue][row], 36)];
  const points = (party, row) => data.points[party][row] / 100;
  const number = (value) => (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, "");
  const signed = (value) => (value > 0 ? "+" : value < 0 ? "\u2212" : "") + number(Math.abs(value));
  const percent = (part) => {
    const share = (100 * part) / data.draws;
    if (share === 0 || share === 100) return `${share} %`;
    if (share < 1) return "below 1 %";
    if (share > 99) return "above 99 %";
    return `${Math.round(share)} %`;
  };
  const span = (low, high) => {
    const [one, other] = [percent(low), percent(high)];
    return one === other ? one : `${one.replace(/^(\d+) %$/, "$1")} to ${other}`;
  };
  const acceptable = (row) => {
    if (!data.sampled) return { y: "yes", n: "no", u: "not known" }[data.zone[row]];
    if (data.deal[row] === "0") return "no agreement";
    const sure = span(data.low[row], data.high[row]);
    return data.possible[row] > data.high[row] ? `${sure} (up to ${percent(data.possible[row])} if the unknown agreed)` : sure;
  };
  const blocked = (party, row) => {
    const known = data.blocked[party];
    if (data.deal[row] === "0" || known.high[row] === 0) return "";
    return data.sampled ? span(known.low[row], known.high[row]) : "yes";
  };
  const named = (row) => data.names[row] || "";
  const summary = (row) => data.issues.map((issue, number) => `${issue.name}: ${option(row, number)}`).join("; ");

  // One package in words ---------------------------------------------------------------------------

  const card = at("package-card");
  let chosen = -1;

  function choose(row, quiet) {
    chosen = row;
    card.replaceChildren();
    if (row < 0) {
      card.append(make("p", "soft", "Point at a package in the picture, or choose one in the table, to read it here."));
      return;
    }
    card.append(make("h4", "", named(row) || `Package ${data.id[row]}`));
    const list = make("dl", "terms");
    data.issues.forEach((issue, place) => list.append(make("dt", "", issue.name), make("dd", "", option(row, place))));
    card.append(list);
    const facts = make("ul", "facts");
    const standing = data.deal[row] === "0" ? "Counts as no agreement" : `Acceptable to everybody asked: ${acceptable(row)}`;
    facts.append(make("li", "", standing + (data.sampled && data.deal[row] === "1" ? " of the assumptions" : "")));
    if (data.efficient[row] === "1") facts.append(make("li", "", "Efficient: no other package is better for one signatory without being worse for another"));
    data.parties.forEach((party, place) => {
      const parts = [];
      if (data.points[place]) {
        const bound = data.no_deal[place];
        const gain = bound === null ? "" : ` (${signed(points(place, row) - bound / 100)} over no deal)`;
        parts.push(`${number(points(place, row))} points${gain}`);
      }
      const stops = blocked(place, row);
      if (stops) parts.push(data.sampled ? `blocks in ${stops} of the assumptions` : "blocks");
      if (parts.length) {
        const line = make("li");
        line.append(make("span", `party party-${place % 8}`, party.name), make("span", "", `: ${parts.join("; ")}`));
        facts.append(line);
      }
    });
    card.append(facts);
    if (!quiet) at("package-live").textContent = `${named(row) || `Package ${data.id[row]}`}. ${summary(row)}. ${acceptable(row)}`;
    document.querySelectorAll("#package-rows tr").forEach((line) => line.toggleAttribute("data-chosen", Number(line.dataset.row) === row));
    if (picture) picture.mark(row);
  }

  // The picture ------------------------------------------------------------------------------------

  const rated = data.parties.map((_, place) => place).filter((place) => data.points[place]);
  const axes = [at("axis-x"), at("axis-y")];
  const order = data.first === undefined ? rated : [data.first, ...rated.filter((party) => party !== data.first)];
  axes.forEach((select, place) => {
    rated.forEach((party) => {
      const entry = make("option", "", data.parties[party].name);
      entry.value = String(party);
      select.append(entry);
    });
    select.value = String(order[Math.min(place, rated.length - 1)]);
  });
  const picture = rated.length < 1 ? null : zopaPicture(at("package-picture"), { data, axes: () => axes.map((select) => Number(select.value)), choose });
  axes.forEach((select) => select.addEventListener("change", () => picture && picture.draw()));

  function keep(name, blob) {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  const made = (what) => (picture ? picture.picture(what) : Promise.resolve(null));
  at("save-svg").addEventListener("click", () => made("svg").then((text) => text && keep("packages.svg", new Blob([text], { type: "image/svg+xml" }))));
  at("save-png").addEventListener("click", () =>
    made("canvas").then((canvas) => {
      if (!canvas) return;
      const paper = document.createElement("canvas");
      [paper.width, paper.height] = [canvas.width, canvas.height];
      const pen = paper.getContext("2d");
      pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
      pen.fillRect(0, 0, paper.width, paper.height);
      pen.drawImage(canvas, 0, 0);
      paper.toBlob((blob) => keep("packages.png", blob));
    }),
  );

  // The table --------------------------------------------------------------------------------------

  const PAGE = 20;
  const body = at("package-rows");
  const head = at("package-head");
  const columns = [
    { name: "Package", of: (row) => named(row) || `no. ${data.id[row]}`, key: (row) => (named(row) ? -1e9 + row : data.id[row]) },
    ...data.issues.map((issue, place) => ({ name: issue.name, of: (row) => option(row, place), key: (row) => parseInt(data.options[place][row], 36) })),
    { name: "Acceptable to all asked", of: acceptable, key: (row) => (data.deal[row] === "0" ? -1 : data.high[row] * 1e6 + data.possible[row]), right: true },
    {
      name: "Blocked by",
      wide: true,
      of: (row) => {
        const stops = data.parties.map((party, place) => [party.name, blocked(place, row)]).filter(([, words]) => words);
        return stops.map(([name, words]) => (data.sampled ? `${name} ${words}` : name)).join("; ") || NONE;
      },
      key: (row) => data.parties.reduce((sum, _, place) => sum + data.blocked[place].low[row], 0),
    },
    ...rated.map((party) => ({ name: `${data.parties[party].name}: points`, of: (row) => number(points(party, row)), key: (row) => points(party, row), right: true })),
  ];
  let sorted = { column: 1 + data.issues.length, down: true };
  let first = 0;
  let kept = [];

  columns.forEach((column, place) => {
    const cell = make("th", column.right ? "n" : "");
    cell.scope = "col";
    const button = make("button", "sort", column.name);
    button.type = "button";
    button.addEventListener("click", () => {
      sorted = { column: place, down: sorted.column === place ? !sorted.down : Boolean(column.right) };
      first = 0;
      fill();
    });
    cell.append(button);
    head.append(cell);
  });

  const filters = at("package-filters");
  const tests = [];
  function filter(label, choices) {
    const wrap = make("label", "", label);
    const select = make("select");
    choices.forEach(([words], place) => {
      const entry = make("option", "", words);
      entry.value = String(place);
      select.append(entry);
    });
    select.addEventListener("change", () => {
      first = 0;
      fill();
    });
    wrap.append(select);
    filters.append(wrap);
    tests.push(() => choices[Number(select.value)][1]);
    return select;
  }
  const always = () => true;
  const selects = [
    filter("Show", [
      ["all packages listed", always],
      ["named packages", (row) => Boolean(named(row))],
      ["efficient packages", (row) => data.efficient[row] === "1"],
      ["the zone of the base scenario", (row) => data.zone[row] === "y"],
    ]),
    filter("Who blocks", [
      ["anybody or nobody", always],
      ["nobody, in some assumptions", (row) => data.deal[row] === "1" && data.high[row] > 0],
      ...data.parties.flatMap((party, place) => {
        const known = data.blocked[place];
        if (!known.asked) return [];
        return [
          [`${party.name} never blocks`, (row) => known.high[row] === 0],
          [`${party.name} always blocks`, (row) => known.low[row] === data.draws],
        ];
      }),
    ]),
    ...data.issues.map((issue, place) =>
      filter(issue.name, [["any", always], ...issue.options.map((words, value) => [words, (row) => parseInt(data.options[place][row], 36) === value])]),
    ),
  ];
  at("clear-filters").addEventListener("click", () => {
    selects.forEach((select) => (select.value = "0"));
    first = 0;
    fill();
  });

  function fill() {
    const now = tests.map((test) => test());
    kept = [];
    for (let row = 0; row < count; row += 1) if (now.every((test) => test(row))) kept.push(row);
    const { key } = columns[sorted.column];
    const way = sorted.down ? -1 : 1;
    kept.sort((one, other) => way * (key(one) - key(other)) || one - other);
    head.querySelectorAll("th").forEach((cell, place) => {
      if (place === sorted.column) cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    body.replaceChildren();
    kept.slice(first, first + PAGE).forEach((row) => {
      const line = make("tr");
      line.dataset.row = String(row);
      line.toggleAttribute("data-chosen", row === chosen);
      columns.forEach((column, place) => {
        const cell = make(place === 0 ? "th" : "td", column.right ? "n" : column.wide ? "wide-cell" : "");
        cell.dataset.label = column.name;
        if (place === 0) {
          cell.scope = "row";
          const button = make("button", "pick", column.of(row));
          button.type = "button";
          button.addEventListener("click", () => choose(row));
          cell.append(button);
        } else cell.textContent = column.of(row);
        line.append(cell);
      });
      body.append(line);
    });
    const last = Math.min(first + PAGE, kept.length);
    at("package-count").textContent = kept.length ? `${first + 1} to ${last} of ${kept.length.toLocaleString("en")} packages` : "No package fits these filters.";
    at("page-back").disabled = first === 0;
    at("page-on").disabled = last >= kept.length;
  }
  at("page-back").addEventListener("click", () => {
    first = Math.max(0, first - PAGE);
    fill();
  });
  at("page-on").addEventListener("click", () => {
    first += PAGE;
    fill();
  });

  // A cell that a spreadsheet would take for a formula gets an apostrophe before it.
  const cellText = (words) => {
    const text = /^[=+\-@\t\r]/.test(words) && !/^[+-]?\d+(\.\d+)?$/.test(words) ? `'${words}` : words;
    return `"${text.replace(/"/g, '""')}"`;
  };
  at("save-csv").addEventListener("click", () => {
    const lines = [columns.map((column) => cellText(column.name)), ...kept.map((row) => columns.map((column) => cellText(column.of(row))))];
    keep("packages.csv", new Blob(["\ufeff", lines.map((line) => line.join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }));
  });

  // On paper everything is open; on the screen what was shut is shut again.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));

  choose(-1);
  fill();
})();

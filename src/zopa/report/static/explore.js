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
    if (view) view.signal("chosen", row).runAsync();
  }

  // The picture ------------------------------------------------------------------------------------

  let view = null;
  const frame = at("package-picture");
  const axes = [at("axis-x"), at("axis-y")];
  const rated = data.parties.map((_, place) => place).filter((place) => data.points[place]);
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const order = data.first === undefined ? rated : [data.first, ...rated.filter((party) => party !== data.first)];
  axes.forEach((select, place) => {
    rated.forEach((party) => {
      const entry = make("option", "", data.parties[party].name);
      entry.value = String(party);
      select.append(entry);
    });
    select.value = String(order[Math.min(place, rated.length - 1)]);
    select.addEventListener("change", () => draw());
  });

  function rowsFor(x, y) {
    const rows = [];
    for (let row = 0; row < count; row += 1) {
      rows.push({
        row,
        x: points(x, row),
        y: points(y, row),
        layer: data.efficient[row] === "1" ? "efficient" : data.zone[row] === "y" ? "zone" : "outside",
        named: Boolean(named(row)),
        name: data.labels[row] || "",
      });
    }
    return rows;
  }

  function layer(name, size, shape, fill, stroke, opacity) {
    return {
      type: "symbol",
      from: { data: name },
      encode: {
        enter: { shape: { value: shape }, size: { value: size }, fill: { value: fill }, stroke: { value: stroke }, strokeWidth: { value: 1.5 }, cursor: { value: "pointer" } },
        update: { x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" }, opacity: { value: opacity } },
      },
    };
  }

  function specification(x, y, width) {
    const height = Math.max(280, Math.min(460, Math.round(width * 0.62)));
    const rows = rowsFor(x, y);
    const bounds = [data.no_deal[x], data.no_deal[y]].map((value) => (value === null ? null : value / 100));
    const narrow = width < 480;
    const axis = (orient, scale, party) => ({
      orient,
      scale,
      title: `Points for ${data.parties[party].name}`,
      tickCount: narrow ? 4 : 6,
      grid: true,
      gridColor: ink("--line"),
      domainColor: ink("--soft"),
      tickColor: ink("--soft"),
      labelColor: ink("--soft"),
      titleColor: ink("--ink"),
      titleFontWeight: 500,
      labelFont: "system-ui, sans-serif",
      titleFont: "system-ui, sans-serif",
      labelFontSize: 12,
      titleFontSize: 13,
      titleLimit: width - 60,
    });
    const rule = (channel, value) => ({
      type: "rule",
      encode: {
        enter: { stroke: { value: ink("--mark") }, strokeWidth: { value: 1.5 }, strokeDash: { value: [6, 4] } },
        update:
          channel === "x"
            ? { x: { scale: "x", value }, y: { value: 0 }, y2: { signal: "height" } }
            : { y: { scale: "y", value }, x: { value: 0 }, x2: { signal: "width" } },
      },
    });
    return {
      width,
      height,
      padding: 4,
      autosize: { type: "fit", contains: "padding" },
      background: "transparent",
      signals: [{ name: "chosen", value: chosen }],
      data: [
        { name: "all", values: rows },
        ...["outside", "zone", "efficient"].map((name) => ({
          name,
          source: "all",
          transform: [{ type: "filter", expr: `datum.layer === '${name}'` }],
        })),
        { name: "named", source: "all", transform: [{ type: "filter", expr: "datum.named" }] },
        { name: "picked", source: "all", transform: [{ type: "filter", expr: "datum.row === chosen" }] },
      ],
      scales: [
        { name: "x", type: "linear", domain: { data: "all", field: "x" }, range: "width", zero: false, nice: true },
        { name: "y", type: "linear", domain: { data: "all", field: "y" }, range: "height", zero: false, nice: true },
      ],
      axes: [axis("bottom", "x", x), axis("left", "y", y)],
      marks: [
        layer("outside", 14, "circle", ink("--line-strong"), "transparent", 0.7),
        layer("zone", 26, "circle", ink("--accent-soft"), "transparent", 0.9),
        ...(bounds[0] === null ? [] : [rule("x", bounds[0])]),
        ...(bounds[1] === null ? [] : [rule("y", bounds[1])]),
        layer("efficient", 70, "circle", ink("--accent"), ink("--card"), 1),
        layer("named", 130, "diamond", "transparent", ink("--mark"), 1),
        {
          type: "text",
          from: { data: "named" },
          encode: {
            enter: { fill: { value: ink("--ink") }, font: { value: "system-ui, sans-serif" }, fontSize: { value: 12 }, fontWeight: { value: 600 }, dy: { value: -7 } },
            update: { align: { signal: "scale('x', datum.x) + 7 * length(datum.name) > width ? 'right' : 'left'" }, dx: { signal: "scale('x', datum.x) + 7 * length(datum.name) > width ? -8 : 8" }, x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" }, text: { field: "name" } },
          },
        },
        {
          type: "symbol",
          interactive: false,
          from: { data: "picked" },
          encode: {
            enter: { shape: { value: "circle" }, size: { value: 260 }, fill: { value: "transparent" }, stroke: { value: ink("--ink") }, strokeWidth: { value: 2.5 } },
            update: { x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" } },
          },
        },
      ],
    };
  }

  function draw() {
    if (rated.length < 2 || typeof zopaChart === "undefined") return;
    const [x, y] = axes.map((select) => Number(select.value));
    const width = Math.max(260, frame.clientWidth);
    if (view) view.finalize();
    const spec = zopaChart.parse(specification(x, y, width), null, { ast: true });
    view = new zopaChart.View(spec, { renderer: "canvas", container: frame, hover: true, expr: zopaChart.expressionInterpreter });
    view.tooltip(() => {});
    view.addEventListener("mouseover", (_, item) => {
      if (item && item.datum && item.datum.row !== undefined) choose(item.datum.row, true);
    });
    view.addEventListener("click", (_, item) => {
      if (item && item.datum && item.datum.row !== undefined) choose(item.datum.row);
    });
    view.runAsync().then(() => {
      const canvas = frame.querySelector("canvas");
      if (canvas) canvas.setAttribute("aria-hidden", "true");
    });
  }

  // By keyboard: arrows walk through the efficient and named packages from left to right.
  frame.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    if (!(event.key in steps) && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    const x = Number(axes[0].value);
    const walk = [];
    for (let row = 0; row < count; row += 1) if (data.efficient[row] === "1" || named(row)) walk.push(row);
    walk.sort((one, other) => points(x, one) - points(x, other) || one - other);
    if (!walk.length) return;
    let place = walk.indexOf(chosen);
    if (event.key === "Home") place = 0;
    else if (event.key === "End") place = walk.length - 1;
    else place = place < 0 ? 0 : Math.min(walk.length - 1, Math.max(0, place + steps[event.key]));
    choose(walk[place]);
  });

  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(frame.clientWidth - width) > 8) {
      width = frame.clientWidth;
      draw();
    }
  }).observe(frame);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());

  function keep(name, blob) {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  at("save-svg").addEventListener("click", () => view && view.toSVG().then((text) => keep("packages.svg", new Blob([text], { type: "image/svg+xml" }))));
  at("save-png").addEventListener("click", () =>
    view && view.toCanvas(2).then((canvas) => {
      const paper = document.createElement("canvas");
      [paper.width, paper.height] = [canvas.width, canvas.height];
      const pen = paper.getContext("2d");
      pen.fillStyle = ink("--card");
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
  draw();
})();

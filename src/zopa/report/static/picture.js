// The picture of packages by what they are worth to two parties: one implementation for the report and the workbench.
// `zopaPicture(frame, {data, axes, choose, hover})` draws into an element and gives back how to move it.
//   data    columns: points (by party, whole hundredths, or null), no_deal, efficient and zone (a sign per row), names, labels,
//           parties; rows are packages
//   axes    a function that gives the two parties, by number
//   choose  called with a row, and true when somebody only points at it
// Text from a case is drawn into a canvas as text; nothing here makes markup of it.
"use strict";
const zopaPicture = (frame, { data, axes, choose, hover = true }) => {
  let now = data;
  let view = null;
  let chosen = -1;
  let width = 0;
  let drawn = "";
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const points = (party, row) => now.points[party][row] / 100;
  const named = (row) => now.names[row] || "";
  const bound = (party) => (now.no_deal[party] === null || now.no_deal[party] === undefined ? null : now.no_deal[party] / 100);

  function rowsFor([x, y]) {
    const rows = [];
    for (let row = 0; row < now.id.length; row += 1) {
      rows.push({
        row,
        x: points(x, row),
        y: points(y, row),
        layer: now.efficient[row] === "1" ? "efficient" : now.zone[row] === "y" ? "zone" : "outside",
        named: Boolean(named(row)),
        name: now.labels[row] || "",
        lift: -7,
      });
    }
    return lifted(rows, [x, y]);
  }

  /** Labels that would lie on one another are lifted, one line each. */
  function lifted(rows, [x, y]) {
    const [[left, far], [low, high]] = [ends(x), ends(y)];
    const deep = 0.55 * tall(); // axes and round ends take the rest
    const placed = [];
    const labelled = rows.filter((row) => row.name).sort((one, other) => one.y - other.y || one.row - other.row);
    for (const row of labelled) {
      const start = ((row.x - left) / (far - left)) * width;
      const wide = Math.min(0.42 * width, 7 * row.name.length);
      const from = start + wide + 8 > width ? start - wide : start;
      const here = -((row.y - low) / (high - low)) * deep;
      let level = here;
      for (const one of placed) if (from < one.from + one.wide && one.from < from + wide && level > one.level - 14 && level < one.level + 14) level = one.level - 14;
      row.lift = level - here - 7;
      placed.push({ from, wide, level });
    }
    return rows;
  }

  /** The ends of an axis: they hold still while somebody drags, and are taken anew at rest. */
  function ends(party) {
    const all = now.points[party] || [];
    let [low, high] = [Infinity, -Infinity];
    for (const one of all) {
      if (one < low) low = one;
      if (one > high) high = one;
    }
    if (low > high) return [0, 1];
    return low === high ? [low / 100 - 1, high / 100 + 1] : [low / 100, high / 100];
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

  const tall = () => Math.max(280, Math.min(460, Math.round(width * 0.62)));

  function specification([x, y]) {
    const height = tall();
    const narrow = width < 480;
    // A label turns to the left where it would run out on the right, and is cut where it would run out on both sides.
    const longest = Math.round(width * 0.42);
    const right = `scale('x', datum.x) + min(${longest}, 7 * length(datum.name)) + 8 > width`;
    const axis = (orient, scale, party) => ({
      orient,
      scale,
      title: `Points for ${now.parties[party].name}`,
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
    const rule = (channel) => ({
      type: "rule",
      clip: true,
      encode: {
        enter: { stroke: { value: ink("--mark") }, strokeWidth: { value: 1.5 }, strokeDash: { value: [6, 4] } },
        update: {
          opacity: { signal: `no_deal_${channel} === null ? 0 : 1` },
          ...(channel === "x"
            ? { x: { scale: "x", signal: "no_deal_x" }, y: { value: 0 }, y2: { signal: "height" } }
            : { y: { scale: "y", signal: "no_deal_y" }, x: { value: 0 }, x2: { signal: "width" } }),
        },
      },
    });
    return {
      width,
      height,
      padding: 4,
      autosize: { type: "fit", contains: "padding" },
      background: "transparent",
      signals: [
        { name: "chosen", value: chosen },
        { name: "no_deal_x", value: bound(x) },
        { name: "no_deal_y", value: bound(y) },
        { name: "ends_x", value: ends(x) },
        { name: "ends_y", value: ends(y) },
      ],
      data: [
        { name: "all", values: rowsFor([x, y]) },
        ...["outside", "zone", "efficient"].map((name) => ({
          name,
          source: "all",
          transform: [{ type: "filter", expr: `datum.layer === '${name}'` }],
        })),
        { name: "named", source: "all", transform: [{ type: "filter", expr: "datum.named" }] },
        { name: "picked", source: "all", transform: [{ type: "filter", expr: "datum.row === chosen" }] },
      ],
      scales: [
        { name: "x", type: "linear", domain: { signal: "ends_x" }, range: "width", zero: false, nice: true },
        { name: "y", type: "linear", domain: { signal: "ends_y" }, range: "height", zero: false, nice: true },
      ],
      axes: [axis("bottom", "x", x), axis("left", "y", y)],
      marks: [
        layer("outside", 14, "circle", ink("--line-strong"), "transparent", 0.7),
        layer("zone", 26, "circle", ink("--accent-soft"), "transparent", 0.9),
        rule("x"),
        rule("y"),
        layer("efficient", 70, "circle", ink("--accent"), ink("--card"), 1),
        layer("named", 130, "diamond", "transparent", ink("--mark"), 1),
        {
          type: "text",
          from: { data: "named" },
          encode: {
            enter: { fill: { value: ink("--ink") }, font: { value: "system-ui, sans-serif" }, fontSize: { value: 12 }, fontWeight: { value: 600 }, limit: { value: longest } },
            update: { dy: { field: "lift" }, align: { signal: `${right} ? 'right' : 'left'` }, dx: { signal: `${right} ? -8 : 8` }, x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" }, text: { field: "name" } },
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

  const drawable = () => axes().every((party) => now.points[party]);

  function draw() {
    if (typeof zopaChart === "undefined" || !drawable()) return;
    const both = axes();
    width = Math.max(260, frame.clientWidth);
    drawn = both.join();
    if (view) view.finalize();
    const spec = zopaChart.parse(specification(both), null, { ast: true });
    view = new zopaChart.View(spec, { renderer: "canvas", container: frame, hover, expr: zopaChart.expressionInterpreter });
    view.tooltip(() => {});
    const row = (item) => (item && item.datum && item.datum.row !== undefined ? item.datum.row : -1);
    if (hover) view.addEventListener("mouseover", (_, item) => row(item) >= 0 && choose(row(item), true));
    view.addEventListener("click", (_, item) => row(item) >= 0 && choose(row(item), false));
    view.runAsync().then(() => {
      const canvas = frame.querySelector("canvas");
      if (canvas) canvas.setAttribute("aria-hidden", "true");
    });
  }

  /** Ring one row; -1 for none. */
  function mark(row) {
    chosen = row;
    if (view) view.signal("chosen", row).runAsync();
  }

  /** Show other data in the same frame, without flicker; the axes hold still unless the picture is at rest. */
  function update(next, rest = true) {
    now = next;
    const both = axes();
    if (!view || both.join() !== drawn || !drawable()) {
      draw();
      return;
    }
    view.signal("no_deal_x", bound(both[0])).signal("no_deal_y", bound(both[1]));
    if (rest) view.signal("ends_x", ends(both[0])).signal("ends_y", ends(both[1]));
    view.signal("chosen", chosen).data("all", rowsFor(both)).runAsync();
  }

  // By keyboard: arrows walk through the efficient and named packages from left to right.
  frame.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    if (!(event.key in steps) && event.key !== "Home" && event.key !== "End") return;
    if (!drawable()) return;
    event.preventDefault();
    const [x] = axes();
    const walk = [];
    for (let row = 0; row < now.id.length; row += 1) if (now.efficient[row] === "1" || named(row)) walk.push(row);
    walk.sort((one, other) => points(x, one) - points(x, other) || one - other);
    if (!walk.length) return;
    let place = walk.indexOf(chosen);
    if (event.key === "Home") place = 0;
    else if (event.key === "End") place = walk.length - 1;
    else place = place < 0 ? 0 : Math.min(walk.length - 1, Math.max(0, place + steps[event.key]));
    choose(walk[place], false);
  });

  new ResizeObserver(() => {
    if (Math.abs(frame.clientWidth - width) > 8) draw();
  }).observe(frame);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
  draw();

  /** The picture as it stands, to be kept: the text of an "svg", or a "canvas" of twice the size; null when nothing is drawn. */
  const picture = (what) => Promise.resolve(view && (what === "svg" ? view.toSVG() : view.toCanvas(2)));

  return { draw, mark, update, picture };
};

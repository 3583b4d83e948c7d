// The charts, by Observable Plot (its globals `Plot` and `d3` come from plot.min.js and d3.min.js): ranges as bars with
// their source, never one number where the report gives two. Each has its table beside it.
const { Plot, d3 } = window;
const STYLE = { background: "none", color: "var(--ink)", fontFamily: "var(--sans)", fontSize: "11px", overflow: "visible" };
const count = d3.format(",");

/** Events over time; brushing gives `choose` the first and last day, a click on nothing gives it "" twice. A few that
    lie far before all others would leave no room for these: they are left out, and their number is returned. */
export function timeline(element, events, choose) {
  const every = events.filter((one) => one.day).map((one) => ({ ...one, date: new Date(one.day) }));
  element.replaceChildren();
  if (!every.length) { element.append(Object.assign(document.createElement("p"), { className: "small", textContent: "No event has a day." })); return 0; }
  const [earliest, to] = d3.extent(every, (one) => one.date);
  const usual = d3.quantile(every.map((one) => one.date), 0.1);
  const from = to - earliest > 4 * (to - usual) && to > usual ? new Date(usual) : earliest;
  const days = every.filter((one) => one.date >= from);
  const interval = to - from > 3 * 365 * 864e5 ? "month" : to - from > 120 * 864e5 ? "week" : "day";
  const [width, height, marginLeft, marginRight, marginBottom] = [element.clientWidth, Math.max(130, element.clientHeight - 6), 30, 8, 24];
  const chart = Plot.plot({
    width, height, marginLeft, marginRight, marginBottom, marginTop: 18, style: STYLE, ariaLabel: `Events a ${interval}`,
    x: { type: "utc", label: null, domain: [d3.utcDay.offset(from, -1), d3.utcDay.offset(to, 2)] },
    y: { label: `events a ${interval}`, labelAnchor: "top", grid: true, ticks: 3, tickFormat: (value) => (Number.isInteger(value) ? String(value) : "") },
    marks: [
      Plot.rectY(days, Plot.binX({ y: "count" }, { x: "date", interval, insetLeft: 0.5, insetRight: 0.5, fill: (one) => (one.disputed ? "url(#hatched)" : "var(--accent)"), order: "fill" })),
      Plot.ruleY([0], { stroke: "var(--soft)" }),
    ],
  });
  hatch(chart);
  element.append(picture(chart));
  const scale = chart.scale("x");
  const at = d3.scaleUtc(scale.domain, scale.range);
  const iso = (x) => at.invert(x).toISOString().slice(0, 10);
  const brush = d3.brushX().extent([[marginLeft, 10], [width - marginRight, height - marginBottom]]).on("end", (event) => {
    if (event.sourceEvent) choose(...(event.selection ? event.selection.map(iso) : ["", ""]));
  });
  d3.select(chart).append("g").attr("class", "brush").call(brush);
  return every.length - days.length;
}

/** To a screen reader a chart is one picture with a name; its table says the rest. */
function picture(chart) {
  chart.setAttribute("role", "img");
  for (const part of chart.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  return chart;
}

/** The pattern of what is disputed: told apart by more than its colour. */
function hatch(chart) {
  const pattern = d3.select(chart).append("defs").append("pattern").attr("id", "hatched").attr("width", 5).attr("height", 5).attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("width", 5).attr("height", 5).attr("fill", "var(--dispute-paper)");
  pattern.append("rect").attr("width", 3).attr("height", 5).attr("fill", "var(--dispute)");
}

/** Rows of figures: `{label, low, high, best, kind}`; an open side ends in an arrow. `band` is the range that counts. */
export function ranges(element, rows, band) {
  const ends = rows.flatMap((row) => [row.low, row.high]).concat(band ? [band.low, band.high] : []).filter((value) => value !== null);
  if (!ends.length) return;
  const most = d3.max(ends);
  const room = most * 0.12 || 1;
  const drawn = rows.map((row, index) => ({ ...row, key: String(index), from: row.low ?? Math.max(0, row.high - room), to: row.high ?? row.low + room }));
  const names = new Map(drawn.map((row) => [row.key, row.label]));
  const marginLeft = Math.min(190, element.clientWidth * 0.42);
  element.append(picture(Plot.plot({
    width: element.clientWidth, height: 46 + 26 * rows.length, marginLeft, marginRight: 30, marginTop: 8, style: STYLE,
    ariaLabel: element.dataset.title, x: { label: null, grid: true, ticks: 5, nice: true, domain: [Math.min(d3.min(ends), 0), most + room], tickFormat: count },
    y: { label: null, type: "band", domain: drawn.map((row) => row.key), tickFormat: (key) => clip(names.get(key), marginLeft / 6.2), tickSize: 0 },
    marks: [
      ...(band && band.low !== null ? [Plot.rect([band], { x1: band.low, x2: band.high ?? most + room, fill: "var(--accent)", fillOpacity: 0.12 })] : []),
      Plot.ruleY(drawn.filter((row) => row.kind !== "party"), { x1: "from", x2: "to", y: "key", stroke: colour, strokeWidth: 3 }),
      Plot.ruleY(drawn.filter((row) => row.kind === "party"), { x1: "from", x2: "to", y: "key", stroke: colour, strokeWidth: 3, strokeDasharray: "2 3" }),
      Plot.dot(drawn.filter((row) => row.low !== null), { x: "low", y: "key", r: 4.5, stroke: colour, fill: (row) => (row.kind === "party" ? "var(--paper)" : colour(row)), symbol: sign }),
      Plot.dot(drawn.filter((row) => row.high !== null && row.high !== row.low), { x: "high", y: "key", r: 4.5, stroke: colour, fill: (row) => (row.kind === "party" ? "var(--paper)" : colour(row)), symbol: sign }),
      Plot.text(drawn.filter((row) => row.high === null), { x: "to", y: "key", text: () => "→", fill: colour, fontSize: 15 }),
      Plot.text(drawn.filter((row) => row.low === null), { x: "from", y: "key", text: () => "←", fill: colour, fontSize: 15 }),
      Plot.tip(drawn, Plot.pointerY({ x: "to", y: "key", title: "title", fill: "var(--raised)", stroke: "var(--line)" })),
    ],
  })));
}

/** A series: `{day, low, high, label, kind, revised}` a figure, over time. */
export function series(element, points, unit) {
  const dated = points.filter((one) => one.day).map((one) => ({ ...one, date: new Date(one.day) }));
  if (!dated.length) return;
  const ends = dated.flatMap((one) => [one.low, one.high]).filter((value) => value !== null);
  const room = (d3.max(ends) || 1) * 0.1;
  const drawn = dated.map((one) => ({ ...one, from: one.low ?? Math.max(0, one.high - room), to: one.high ?? one.low + room }));
  const [from, to] = d3.extent(drawn, (one) => one.date);
  element.append(picture(Plot.plot({
    width: element.clientWidth, height: 320, marginLeft: 60, marginRight: 20, marginBottom: 34, style: STYLE, ariaLabel: element.dataset.title,
    x: { type: "utc", label: null, domain: [d3.utcDay.offset(from, -2), d3.utcDay.offset(to, 3)], ticks: Math.max(2, Math.min(7, Math.floor(element.clientWidth / 90))) },
    y: { label: unit, grid: true, zero: true, nice: true, tickFormat: count },
    marks: [
      Plot.ruleX(drawn.filter((one) => one.kind !== "party"), { x: "date", y1: "from", y2: "to", stroke: colour, strokeWidth: 2 }),
      Plot.ruleX(drawn.filter((one) => one.kind === "party"), { x: "date", y1: "from", y2: "to", stroke: colour, strokeWidth: 2, strokeDasharray: "2 3" }),
      Plot.dot(drawn.filter((one) => one.low !== null), { x: "date", y: "low", r: 4.5, stroke: colour, fill: (one) => (one.kind ? "var(--paper)" : colour(one)), symbol: sign }),
      Plot.dot(drawn.filter((one) => one.high !== null && one.high !== one.low), { x: "date", y: "high", r: 4.5, stroke: colour, fill: (one) => (one.kind ? "var(--paper)" : colour(one)), symbol: sign }),
      Plot.text(drawn.filter((one) => one.high === null), { x: "date", y: "to", text: () => "↑", fill: colour, fontSize: 15 }),
      Plot.text(drawn.filter((one) => one.low === null), { x: "date", y: "from", text: () => "↓", fill: colour, fontSize: 15 }),
      Plot.tip(drawn, Plot.pointerX({ x: "date", y: "to", title: "title", fill: "var(--raised)", stroke: "var(--line)" })),
    ],
  })));
}

function colour(row) {
  return { contradicts: "var(--dispute)", party: "var(--soft)", forecast: "var(--forecast)" }[row.kind] ?? "var(--accent)";
}

function sign(row) {
  return { contradicts: "diamond", party: "square", forecast: "triangle" }[row.kind] ?? "circle";
}

function clip(text, most) {
  return text.length <= most ? text : `${text.slice(0, Math.max(8, most - 1))}…`;
}

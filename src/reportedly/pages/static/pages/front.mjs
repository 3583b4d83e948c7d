// The front page's map and timeline: the same choice of events as the list, filtered together. Moving the map or
// brushing the timeline changes the form's fields, which ask for the list again.
import { baseMap, eventLayers, showEvents } from "./map.mjs";

const map = document.getElementById("map");
const timeline = document.getElementById("timeline");
const form = document.querySelector("form.filters");

function query(without = []) {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of without) fields.delete(name);
  for (const [name, value] of [...fields]) if (!value) fields.delete(name);
  return fields.toString();
}

async function load() {
  const answer = await fetch(`${map.dataset.events}?${query()}`, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : { type: "FeatureCollection", features: [] };
}

function drawTimeline(features) {
  const days = features.filter((one) => one.properties.day).map((one) => ({ day: new Date(one.properties.day), ...one.properties }));
  timeline.replaceChildren();
  if (!days.length) return;
  const span = d3.extent(days, (one) => one.day);
  const interval = span[1] - span[0] > 3 * 365 * 864e5 ? "month" : span[1] - span[0] > 120 * 864e5 ? "week" : "day";
  const chart = Plot.plot({
    width: timeline.clientWidth, height: 120, marginLeft: 28, style: { background: "none", fontFamily: "inherit" },
    x: { type: "utc", label: null }, y: { label: `events a ${interval}`, grid: true, ticks: 3 },
    color: { domain: ["not disputed", "disputed"], range: ["var(--accent)", "var(--dispute)"] },
    ariaLabel: `Events a ${interval}`,
    marks: [Plot.rectY(days, Plot.binX({ y: "count" }, { x: "day", interval, fill: (one) => (one.disputed ? "disputed" : "not disputed") })), Plot.ruleY([0])],
  });
  timeline.append(chart);
  brush(chart);
}

function brush(chart) {
  const scale = chart.scale("x");
  const at = d3.scaleUtc(scale.domain, scale.range);
  const iso = (x) => at.invert(x).toISOString().slice(0, 10);
  d3.select(chart).append("g").call(d3.brushX().extent([[28, 5], [timeline.clientWidth - 20, 95]]).on("end", (event) => {
    if (!event.sourceEvent) return;
    const [from, to] = event.selection ? event.selection.map(iso) : ["", ""];
    form.elements.since.value = from;
    form.elements.until.value = to;
    form.requestSubmit();
  }));
}

async function refresh(canvas) {
  const found = await load();
  showEvents(canvas, found);
  drawTimeline(found.features);
  map.dataset.shown = String(found.features.length);
}

const canvas = await baseMap(map);
eventLayers(canvas);
await refresh(canvas);
document.body.addEventListener("htmx:afterSwap", () => refresh(canvas));
canvas.on("moveend", (event) => {
  if (!event.originalEvent) return;
  const box = canvas.getBounds();
  form.elements.box.value = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((degree) => degree.toFixed(3)).join(",");
  form.requestSubmit();
});

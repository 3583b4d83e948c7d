// The front page's map and timeline: the same choice of events as the list, filtered together. Brushing the timeline
// and asking for the area of the map change the form's fields, which ask for the list again.
import { baseMap, layers, popup, show } from "./map.mjs";
import { timeline } from "./charts.mjs";

const element = document.getElementById("map");
const chart = document.getElementById("timeline");
const note = document.getElementById("map-note");
const here = document.getElementById("map-area");
const form = document.querySelector("form.filters");
let map = null;

function query() {
  const fields = [...new FormData(form)].filter(([, value]) => value);
  return new URLSearchParams(fields).toString();
}

async function load() {
  const answer = await fetch(`${element.dataset.events}?${query()}`, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : { features: [], whole: true };
}

async function refresh() {
  const { features, whole } = await load();
  if (map) show(map, features);
  const early = timeline(chart, features.map((one) => one.properties), choose);
  const placed = features.filter((one) => one.geometry || one.properties.country).length;
  note.textContent = !features.length ? "No event to draw." : `${whole ? "" : "The latest "}${features.length} event${features.length === 1 ? "" : "s"}, ${placed} of them with a place. Areas with a broken edge: the text is no more exact.${early ? ` ${early} event${early === 1 ? " lies" : "s lie"} before the timeline begins.` : ""}`;
  element.dataset.shown = String(features.length);
}

function choose(from, to) {
  form.elements.since.value = from;
  form.elements.until.value = to;
  form.requestSubmit();
}

function open(at, events) {
  popup(map, at, events.map((one) => ({ text: one.label, url: one.url, note: one.disputed ? "≠ disputed" : "" })));
}

function askForArea() {
  const box = map.getBounds();
  const within = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(3);
  form.elements.box.value = [within(box.getWest(), 180), within(box.getSouth(), 90), within(box.getEast(), 180), within(box.getNorth(), 90)].join(",");
  here.hidden = true;
  form.requestSubmit();
}

document.body.addEventListener("htmx:afterSwap", refresh);
await refresh();
try {
  map = await baseMap(element);
  layers(map, open);
  let touched = false;  // a map that is only resized, or led to its places, asks nothing
  for (const kind of ["pointerdown", "wheel", "keydown"]) element.addEventListener(kind, () => { touched = true; }, { passive: true });
  map.on("moveend", () => { if (touched) here.hidden = false; });
  here.addEventListener("click", askForArea);
  await refresh();
} catch (error) {  // a browser without WebGL: the list and the timeline say the same
  element.textContent = "The map cannot be drawn in this browser.";
  console.warn(String(error));
}
element.dataset.ready = "true";

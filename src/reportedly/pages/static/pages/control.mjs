// Who holds what on a day: a map with a slider. A place is drawn only while some statement attests its holder; after
// the last attestation without a loss it fades, since nobody says any more that it is still so.
import { baseMap, layers, popup, show } from "./map.mjs";

const element = document.getElementById("map");
const slider = document.getElementById("day");
const shown = document.getElementById("day-shown");
const list = document.getElementById("held");
const form = document.querySelector("form.filters");
const DAY = 864e5;
const PALETTE = matchMedia("(prefers-color-scheme: dark)").matches
  ? ["#8fbce6", "#e0b055", "#a9cc86", "#cf9fe0", "#6fd0cc", "#e69a9a"] : ["#1f4e79", "#8a5a00", "#4b6b2f", "#6b3d7a", "#0f6b6b", "#7a3b3b"];
const number = (iso) => Math.round(Date.parse(iso) / DAY);
const month = (day) => new Date(day * DAY).toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const words = (day) => new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
let [map, intervals, colours] = [null, [], new Map()];

async function load() {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const answer = await fetch(`${element.dataset.events}?${fields}`, { headers: { Accept: "application/json" } });
  intervals = answer.ok ? (await answer.json()).features : [];
  colours = new Map([...new Set(intervals.map((one) => one.properties.actor))].map((actor, index) => [actor, PALETTE[index % PALETTE.length]]));
  const days = intervals.flatMap(({ properties: p }) => [p.first, p.last, p.seen_first, p.seen_last]).filter(Boolean).map(number);
  slider.disabled = !days.length;
  if (days.length) { slider.min = Math.min(...days); slider.max = Math.max(...days); slider.value = slider.max; }
  draw(true);
}

/** What is said of an interval on a day: "held", "attested before" (and no loss told), or nothing. */
function state({ first, last, seen_first: from, seen_last: to }, day) {
  const begin = first || from || last;
  if (begin && day < number(begin)) return "";
  if (last && day > number(last)) return "";
  const end = last || to || begin;
  return !end || day <= number(end) ? "held" : "attested before";
}

function draw(fit = false) {
  const day = Number(slider.value);
  shown.textContent = slider.disabled ? "" : words(day);
  slider.setAttribute("aria-valuetext", shown.textContent);
  const now = intervals.map((one) => ({ ...one, properties: { ...one.properties, disputed: one.properties.contested, colour: colours.get(one.properties.actor), state: state(one.properties, day) } })).filter((one) => one.properties.state)
    .sort((a, b) => (a.properties.state === "held" ? 0 : 1) - (b.properties.state === "held" ? 0 : 1));
  name(now);
  if (map) show(map, now, { fit, maxZoom: 6 });
  list.replaceChildren(...now.map(({ properties }) => line(properties)));
  if (!now.length) list.append(Object.assign(document.createElement("li"), { textContent: "No report says who holds a place on this day." }));
  element.dataset.shown = String(now.length);
}

/** What stands beside a place on the map: its name and who holds it; for what is told no more, when it last was. "≠"
    stands between those who are said to hold it at once, and before "contested" where others only say otherwise. */
function name(now) {
  const held = new Map();
  for (const { properties } of now) held.set(properties.place, [...(held.get(properties.place) ?? []), properties]);
  for (const { properties } of now) {
    const all = held.get(properties.place);
    const contested = all.some((one) => one.contested);
    const holders = all.filter((one, index) => all.findIndex(({ actor }) => actor === one.actor) === index)  // held comes first
      .map((one) => (one.state === "held" ? one.actor : `${one.actor}, ${month(number(one.seen_last || one.first))}`));
    properties.name = `${properties.place}\n${holders.join(contested ? " ≠ " : "; ")}${contested && holders.length < 2 ? " ≠ contested" : ""}`;
  }
}

function line(one) {
  const item = document.createElement("li");
  const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  swatch.setAttribute("width", "12"); swatch.setAttribute("height", "12"); swatch.setAttribute("aria-hidden", "true");
  const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ cx: 6, cy: 6, r: 5, fill: one.state === "held" ? one.colour : "none", stroke: one.colour, "stroke-width": 2 })) dot.setAttribute(name, value);
  swatch.append(dot);
  item.append(swatch, ` ${describe(one)}`);
  return item;
}

function describe(one) {
  const asOf = one.state === "held" ? "" : `, last attested ${words(number(one.seen_last || one.first))}, no loss told since`;
  const against = one.against.length ? `; ${one.against.join(", ")} say${one.against.length > 1 ? "" : "s"} otherwise` : "";
  return `${one.contested ? "≠ contested: " : ""}${one.place}: ${one.actor}${asOf}, according to ${one.says.join(", ") || "a report"}${against}`;
}

function open(at, features) {
  popup(map, at, features.map((one) => ({ text: describe({ ...one, says: JSON.parse(one.says), against: JSON.parse(one.against) }) })));
}

slider.addEventListener("input", () => draw());
document.body.addEventListener("htmx:afterSwap", load);
await load();
try {
  map = await baseMap(element);
  layers(map, open, { colour: ["get", "colour"], cluster: false, name: "name" });
  for (const [layer, property, plain] of [["points", "circle-opacity", 1], ["areas", "fill-opacity", 0.18]])
    map.setPaintProperty(layer, property, ["case", ["==", ["get", "state"], "attested before"], plain * 0.4, plain]);
  draw(true);
} catch (error) {  // a browser without WebGL: the list says the same
  element.textContent = "The map cannot be drawn in this browser.";
  console.warn(String(error));
}
element.dataset.ready = "true";

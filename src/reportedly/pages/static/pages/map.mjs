// The base map: countries alone, from our own server, so that it works without any other. Tiles come on top by setting.
// What is drawn on it is never more exact than the text: a circle of the kilometres by which a place may be off, the
// whole of a country, and a point only for a place that is named.
import * as maplibre from "../vendor/maplibre/maplibre-gl.mjs";

const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Inter, sans-serif"];
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The map in an element whose data say where countries and the worker are. Its `countries` are by ISO number. */
export async function baseMap(element) {
  maplibre.setWorkerUrl(new URL(element.dataset.worker, location.href).href);
  const countries = await (await fetch(element.dataset.countries)).json();
  const map = new maplibre.Map({
    container: element, attributionControl: false, center: [40, 34.5], zoom: 4, minZoom: 1, maxZoom: 13,
    locale: { "Map.Title": element.dataset.title ?? "Map" }, cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    style: {
      version: 8,
      sources: { countries: { type: "geojson", data: countries }, names: { type: "geojson", data: names(countries) }, ...tiles(element) },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": css("--sea") } },
        { id: "land", type: "fill", source: "countries", paint: { "fill-color": css("--land") } },
        ...(element.dataset.tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
        { id: "borders", type: "line", source: "countries", paint: { "line-color": css("--border"), "line-width": 0.8 } },
        { id: "names", type: "symbol", source: "names", layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-letter-spacing": 0.04, "symbol-sort-key": ["-", 0, ["get", "size"]] },
          paint: { "text-color": css("--soft"), "text-halo-color": css("--land"), "text-halo-width": 1.2 } },
      ],
    },
  });
  map.byNumber = new Map(countries.features.map((one) => [one.id, one.geometry]));
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.touchZoomRotate.disableRotation();
  await new Promise((done) => map.once("load", done));
  return map;
}

function tiles(element) {
  return element.dataset.tiles ? { tiles: { type: "raster", tiles: [element.dataset.tiles], tileSize: 256 } } : {};
}

/** A point with each country's name, in the middle of its largest part. */
function names(countries) {
  const features = countries.features.map((one) => {
    const parts = one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates;
    const boxes = parts.map(([ring]) => bounds(ring)).sort((a, b) => b.size - a.size);
    return { type: "Feature", properties: { name: one.properties.name, size: boxes[0].size }, geometry: { type: "Point", coordinates: boxes[0].middle } };
  });
  return { type: "FeatureCollection", features };
}

function bounds(ring) {
  const [xs, ys] = [ring.map((point) => point[0]), ring.map((point) => point[1])];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const middle = ring.reduce((sum, point) => [sum[0] + point[0] / ring.length, sum[1] + point[1] / ring.length], [0, 0]);
  return { size: (east - west) * (north - south), middle };
}

function circle([longitude, latitude], km) {
  const ring = Array.from({ length: 49 }, (_, step) => {
    const angle = (step * Math.PI) / 24;
    const north = (km / 111.195) * Math.cos(angle);
    const east = ((km / 111.195) * Math.sin(angle)) / Math.cos((latitude * Math.PI) / 180);
    return [longitude + east, latitude + north];
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** The area of a feature that is no point: a circle, or its country; null for a point and for what has no place. */
function area(map, one) {
  if (one.properties.country) return map.byNumber.get(one.properties.country) ?? null;
  return one.geometry && one.properties.km > 0 ? circle(one.geometry.coordinates, one.properties.km) : null;
}

/** Layers for events or places; `open` gets the features under a click; `name` is the property that they are labelled
    with. What is disputed has a sign beside its colour. */
export function layers(map, open, { colour = ["case", ["get", "disputed"], css("--dispute"), css("--accent")], cluster = true, name = "place" } = {}) {
  map.addSource("areas", { type: "geojson", data: EMPTY });
  map.addSource("points", { type: "geojson", data: EMPTY, cluster, clusterRadius: 26, clusterMaxZoom: 14,
    clusterProperties: { disputed: ["max", ["case", ["get", "disputed"], 1, 0]], place: [["case", ["==", ["accumulated"], ["get", "place"]], ["accumulated"], ""], ["get", "place"]] } });
  const some = ["case", ["has", "point_count"], ["==", ["get", "disputed"], 1], ["get", "disputed"]];
  map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour, "fill-opacity": 0.1 } }, "names");
  map.addLayer({ id: "area-edges", type: "line", source: "areas", paint: { "line-color": colour, "line-width": 1.5, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "points", type: "circle", source: "points", paint: {
    "circle-color": ["case", ["has", "point_count"], ["case", some, css("--dispute"), css("--accent")], colour],
    "circle-radius": ["case", ["has", "point_count"], ["+", 8, ["*", 3, ["ln", ["get", "point_count"]]]], 7],
    "circle-stroke-width": 1.5, "circle-stroke-color": css("--raised") } });
  map.addLayer({ id: "counts", type: "symbol", source: "points", layout: {
    "text-field": ["concat", ["case", some, "≠ ", ""], ["case", ["has", "point_count"], ["to-string", ["get", "point_count"]], ""]],
    "text-font": FONT, "text-size": 11, "text-allow-overlap": true }, paint: { "text-color": css("--paper") } });
  map.addLayer({ id: "area-signs", type: "symbol", source: "areas", filter: ["get", "disputed"], layout: {
    "text-field": "≠", "text-font": FONT, "text-size": 15, "text-allow-overlap": true }, paint: { "text-color": css("--dispute"), "text-halo-color": css("--land"), "text-halo-width": 1.5 } });
  const label = { "text-field": ["get", name], "text-font": FONT, "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-optional": true };
  const ink = { "text-color": css("--ink"), "text-halo-color": css("--land"), "text-halo-width": 1.5 };
  map.addLayer({ id: "point-names", type: "symbol", source: "points", layout: label, paint: ink });
  map.addLayer({ id: "area-names", type: "symbol", source: "areas", filter: ["==", ["get", "country"], ""], layout: label, paint: ink });
  if (open) listen(map, open);
}

function listen(map, open) {
  map.on("click", async (event) => {
    const under = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] });
    if (!under.length) return;
    const [first] = under;
    if (!first.properties.cluster) { open(event.lngLat, under.filter((one) => !one.properties.cluster).map((one) => one.properties)); return; }
    const leaves = await map.getSource("points").getClusterLeaves(first.properties.cluster_id, 30, 0);
    const spots = new Set(leaves.map((one) => String(one.geometry.coordinates)));
    if (spots.size > 1 && map.getZoom() < 12) map.easeTo({ center: first.geometry.coordinates, zoom: map.getZoom() + 2 });
    else open(event.lngLat, leaves.map((one) => one.properties));
  });
  for (const layer of ["points", "areas"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

/** Puts features on the map; the first time, or if asked to, the map goes to where they are. */
export function show(map, features, { fit = !map.fitted, maxZoom = 7 } = {}) {
  const drawn = features.map((one) => ({ ...one, area: area(map, one) }));
  const areas = drawn.filter((one) => one.area);
  const points = drawn.filter((one) => !one.area && one.geometry);
  map.getSource("areas").setData({ type: "FeatureCollection", features: unique(areas).map(({ properties, area }) => ({ type: "Feature", properties, geometry: area })) });
  map.getSource("points").setData({ type: "FeatureCollection", features: points.map(({ properties, geometry }) => ({ type: "Feature", properties, geometry })) });
  if (fit && (areas.length || points.length)) { fitTo(map, points.length ? points.map((one) => one.geometry) : areas.map((one) => one.area), maxZoom); map.fitted = true; }
  return { areas: areas.length, points: points.length };
}

/** One area of each kind and size, or many events of one country would paint it opaque. Disputed ones come first. */
function unique(areas) {
  const found = new Map();
  for (const one of areas) {
    const key = one.properties.country || `${one.geometry.coordinates} ${one.properties.km}`;
    if (!found.has(key) || one.properties.disputed) found.set(key, one);
  }
  return [...found.values()];
}

/** Leads the map to where the places are: all of them, or, where there are many, the middle nine tenths. */
function fitTo(map, geometries, maxZoom) {
  const points = [];
  const walk = (part) => (typeof part[0] === "number" ? points.push(part) : part.forEach(walk));
  for (const one of geometries) walk(one.coordinates);
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]).sort((a, b) => a - b));
  const off = geometries.length > 20 ? Math.ceil(points.length / 20) : 0;
  const box = new maplibre.LngLatBounds([xs[off], ys[off]], [xs.at(-1 - off), ys.at(-1 - off)]);
  map.fitBounds(box, { padding: 45, maxZoom, animate: false });
}

/** A small window on the map with a list of links or lines. */
export function popup(map, at, lines) {
  const list = document.createElement("ul");
  list.className = "popup";
  for (const { text, url, note } of lines) {
    const item = document.createElement("li");
    const name = document.createElement(url ? "a" : "strong");
    if (url) name.href = url;
    name.textContent = text;
    item.append(name);
    if (note) { const small = document.createElement("span"); small.className = "small"; small.textContent = ` ${note}`; item.append(small); }
    list.append(item);
  }
  new maplibre.Popup({ maxWidth: "22rem" }).setLngLat(at).setDOMContent(list).addTo(map);
}

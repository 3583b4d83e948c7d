// The base map: countries alone, from our own server, so that it works without any other. Tiles come on top by setting.
import * as maplibre from "../vendor/maplibre/maplibre-gl.mjs";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export async function baseMap(element) {
  maplibre.setWorkerUrl(element.dataset.worker);
  const map = new maplibre.Map({
    container: element, attributionControl: false, center: [40, 34.5], zoom: 4, minZoom: 1, maxZoom: 13,
    style: {
      version: 8,
      sources: { countries: { type: "geojson", data: element.dataset.countries }, ...tiles(element) },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": css("--shade") } },
        { id: "land", type: "fill", source: "countries", paint: { "fill-color": css("--raised") } },
        ...(element.dataset.tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
        { id: "borders", type: "line", source: "countries", paint: { "line-color": css("--soft"), "line-width": 0.6 } },
      ],
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.keyboard.enable();
  await new Promise((done) => map.once("load", done));
  return map;
}

function tiles(element) {
  return element.dataset.tiles ? { tiles: { type: "raster", tiles: [element.dataset.tiles], tileSize: 256 } } : {};
}

/** Kilometres that a precision may be off: what is no point is drawn as an area of this radius, never as a pin. */
const REACH = { near: 15, area: 30, region: 90, country: 250 };

function circle([longitude, latitude], km) {
  const ring = d3.range(0, 361, 12).map((angle) => {
    const north = (km / 111.195) * Math.cos((angle * Math.PI) / 180);
    const east = ((km / 111.195) * Math.sin((angle * Math.PI) / 180)) / Math.cos((latitude * Math.PI) / 180);
    return [longitude + east, latitude + north];
  });
  return { type: "Polygon", coordinates: [ring] };
}

export function eventLayers(map) {
  const empty = { type: "FeatureCollection", features: [] };
  map.addSource("areas", { type: "geojson", data: empty });
  map.addSource("points", { type: "geojson", data: empty, cluster: true, clusterRadius: 28 });
  const colour = ["case", ["get", "disputed"], css("--dispute"), css("--accent")];
  map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour, "fill-opacity": 0.12 } });
  map.addLayer({ id: "area-edges", type: "line", source: "areas", paint: { "line-color": colour, "line-dasharray": [2, 2] } });
  map.addLayer({ id: "points", type: "circle", source: "points", paint: {
    "circle-color": ["case", ["has", "point_count"], css("--accent"), colour],
    "circle-radius": ["case", ["has", "point_count"], ["+", 6, ["*", 3, ["ln", ["get", "point_count"]]]], 5],
    "circle-stroke-width": 1.5, "circle-stroke-color": css("--raised") } });
  for (const layer of ["points", "areas"]) map.on("click", layer, (event) => open(map, event));
}

function open(map, event) {
  const [feature] = event.features;
  if (feature.properties.id) { location.assign(`/events/${feature.properties.id}`); return; }
  map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
}

export function showEvents(map, found) {
  const placed = found.features.filter((one) => one.geometry);
  const isPoint = (one) => !(one.properties.precision in REACH);
  const areas = placed.filter((one) => !isPoint(one)).map((one) => ({ ...one, geometry: circle(one.geometry.coordinates, REACH[one.properties.precision]) }));
  map.getSource("points").setData({ type: "FeatureCollection", features: placed.filter(isPoint) });
  map.getSource("areas").setData({ type: "FeatureCollection", features: areas });
  if (!map.moved && placed.length) {
    const bounds = new maplibre.LngLatBounds();
    for (const one of placed) bounds.extend(one.geometry.coordinates);
    map.fitBounds(bounds, { padding: 40, maxZoom: 8, animate: false });
    map.moved = true;
  }
}

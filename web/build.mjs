// Copies what the pages use of the installed packages into the Python package's static files, and turns the world's
// countries into GeoJSON, which the map reads. Run by `make assets`; nothing of it is in the repository.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, "node_modules");
const to = join(here, "..", "src", "reportedly", "pages", "static", "vendor");

const files = {
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "d3/dist/d3.min.js": "d3.min.js",
  "@observablehq/plot/dist/plot.umd.min.js": "plot.min.js",
  "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
  "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre/maplibre-gl-shared.mjs",
  "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
  "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
  "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "fonts/inter.woff2",
  "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2": "fonts/source-serif.woff2",
  "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2": "fonts/source-serif-italic.woff2",
};
const licences = ["htmx.org", "d3", "@observablehq/plot", "maplibre-gl", "world-atlas",
  "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"];

rmSync(to, { recursive: true, force: true });
for (const [source, target] of Object.entries(files)) {
  mkdirSync(dirname(join(to, target)), { recursive: true });
  cpSync(join(from, source), join(to, target));
}

// On the globe a country may cross the 180th meridian; a flat map wants it in one piece, beyond 180 degrees where need be.
// Antarctica's shore goes once around and is closed along the pole.
function flat(ring) {
  const found = [ring[0]];
  for (const [x, y] of ring.slice(1)) {
    const before = found.at(-1)[0];
    found.push([x + 360 * Math.round((before - x) / 360), y]);
  }
  const [first, last] = [found[0], found.at(-1)];
  return Math.abs(last[0] - first[0]) > 180 ? [...found, [last[0], -90], [first[0], -90], first] : found;
}
function flattened({ geometry, ...rest }) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { ...rest, geometry: { type: "MultiPolygon", coordinates: parts.map((rings) => rings.map(flat)) } };
}

const world = JSON.parse(readFileSync(join(from, "world-atlas", "countries-50m.json"), "utf8"));
// Two decimals are about a kilometre: as exact as a base map of countries has to be.
const rounded = (_, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value);
const { features } = feature(world, world.objects.countries);
writeFileSync(join(to, "countries.json"), JSON.stringify({ type: "FeatureCollection", features: features.map(flattened) }, rounded));

const versions = licences.map((name) => {
  const { version, license } = JSON.parse(readFileSync(join(from, name, "package.json"), "utf8"));
  return `${name} ${version} (${license})`;
});
writeFileSync(join(to, "VERSIONS.txt"), versions.join("\n") + "\n");

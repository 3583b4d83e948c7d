// Draws the charts of a page: each element with `data-chart` names the JSON with its rows.
import { ranges, series } from "./charts.mjs";

for (const element of document.querySelectorAll("[data-chart]")) {
  const rows = JSON.parse(document.getElementById(element.dataset.chart).textContent);
  if (Array.isArray(rows)) series(element, rows, element.dataset.unit);
  else ranges(element, rows.rows, rows.band);
  element.dataset.ready = "true";
}

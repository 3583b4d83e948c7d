// The small map of an event or a place: its area as far as the text is exact.
import { baseMap, layers, show } from "./map.mjs";

const element = document.getElementById("map");
if (element) {
  const feature = JSON.parse(document.getElementById("place").textContent);
  try {
    const map = await baseMap(element);
    layers(map, null);
    show(map, [{ ...feature, properties: { ...feature.properties, disputed: false } }], { maxZoom: 5 });
  } catch (error) {  // a browser without WebGL: the words beside it say the same
    element.textContent = "The map cannot be drawn in this browser.";
    console.warn(String(error));
  }
  element.dataset.ready = "true";
}

// What a page gains when scripts run: the living map, values that follow the city, charts to read values off, and commands that copy with
// one press.
import { readCharts } from "./chart.js";
import { addCopyButtons } from "./copy.js";
import { follow } from "./live.js";

addCopyButtons();
readCharts();

const drawn = document.querySelectorAll("[data-map]");
const maps = drawn.length > 0 ? import("./map.js").then(({ bringToLife }) => Promise.all([...drawn].map(bringToLife))) : Promise.resolve([]);
maps.catch((failure) => console.warn("The map stays as the server drew it.", failure));

follow(() => maps.then((living) => living.forEach((map) => map.refresh())).catch(() => {}));

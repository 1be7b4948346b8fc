// What a page gains when scripts run: the living map and values that follow the city.
const maps = document.querySelectorAll("[data-map]");
if (maps.length > 0) {
  import("./map.js").then(({ live }) => maps.forEach(live));
}

// The part of the map that is seen stands in the address, once somebody has moved it: #map=zoom/latitude/longitude.
const VIEW = /[#&]map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/;

/** The view that the address asks for; nothing when it asks for none. */
export function viewInAddress() {
  const found = location.hash.match(VIEW);
  return found ? { zoom: Number(found[1]), center: [Number(found[3]), Number(found[2])] } : null;
}

/** Keeps the address current while people move the map. */
export function keepViewInAddress(map) {
  map.on("moveend", ({ originalEvent }) => {
    if (originalEvent) {
      const { lng, lat } = map.getCenter();
      const view = `#map=${map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
      history.replaceState(history.state, "", `${location.pathname}${location.search}${view}`);
    }
  });
}

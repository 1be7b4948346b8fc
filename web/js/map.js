// The living map: takes the place of the drawn one, shows the same lines and points, and needs nothing from outside.
import { Map as LivingMap, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { keepViewInAddress, viewInAddress } from "./address.js";
import { baseLayers, dataLayers, paintSymbol } from "./style.js";
import { sheetOf } from "./sheet.js";

const AROUND_LJUBLJANA = [14.2, 45.9, 14.86, 46.2];
const NARROW = 600;
const CLUSTER_FROM = 40;

setWorkerUrl(new URL(MAP_WORKER, import.meta.url).href);

async function json(href) {
  const answer = await fetch(href);
  if (!answer.ok) {
    throw new Error(`${href} answered ${answer.status}`);
  }
  return answer.json();
}

function loadStyleSheet(href) {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", done);
    link.addEventListener("error", failed);
    document.head.append(link);
  });
}

/** On a narrow screen the middle of the city, on a wide one all of it. */
function firstView(frame, bounds) {
  const [west, south, east, north] = bounds;
  const share = frame.clientWidth < NARROW ? 0.3 : 0;
  const x = ((east - west) * share) / 2;
  const y = ((north - south) * share) / 2;
  return [west + x, south + y, east - x, north - y];
}

/** Makes one drawn map a living one; the promise gives what refreshes its data. */
export async function bringToLife(place) {
  const { base, bounds, focus, language, sources, style } = place.dataset;
  const layers = sources.split("\n").filter(Boolean).map((line) => {
    const [id, href] = line.split(" ");
    return { id, href };
  });
  const [lines] = await Promise.all([
    json(base),
    loadStyleSheet(style),
    document.fonts.load('16px "Source Sans"'),
    ...layers.map(async (layer) => (layer.data = await json(layer.href))),
  ]);

  const currentStyle = () => ({
    version: 8,
    sources: {
      base: { type: "geojson", data: lines },
      ...Object.fromEntries(
        layers.map(({ id, data }) => [
          id,
          { type: "geojson", data, cluster: data.features.length > CLUSTER_FROM && !focus, clusterRadius: 11, clusterMaxZoom: 12 },
        ]),
      ),
    },
    layers: [...baseLayers(language), ...layers.flatMap(({ id }) => dataLayers(id, focus))],
  });

  const frame = place.querySelector(".map-living");
  const map = new LivingMap({
    container: frame,
    style: currentStyle(),
    ...((!focus && viewInAddress()) || { bounds: firstView(frame, bounds.split(",").map(Number)), fitBoundsOptions: { padding: 12 } }),
    maxBounds: AROUND_LJUBLJANA,
    minZoom: 9.5,
    maxZoom: 17,
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: {
      "Map.Title": place.getAttribute("aria-label"),
      "NavigationControl.ZoomIn": place.dataset.zoomIn,
      "NavigationControl.ZoomOut": place.dataset.zoomOut,
      "CooperativeGesturesHandler.WindowsHelpText": place.dataset.gestureKey,
      "CooperativeGesturesHandler.MacHelpText": place.dataset.gestureMac,
      "CooperativeGesturesHandler.MobileHelpText": place.dataset.gestureTouch,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.setMissingStyleImageResolver((id) => paintSymbol(map, id));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.setStyle(currentStyle(), { diff: false });
  });
  if (!focus) {
    keepViewInAddress(map);
  }
  map.once("idle", () => place.classList.add("living"));

  const sheet = sheetOf(place);
  layers.forEach(({ id }) => listen(map, id, sheet));

  return {
    async refresh() {
      await Promise.all(
        layers.map(async (layer) => {
          layer.data = await json(layer.href);
          map.getSource(layer.id)?.setData(layer.data);
        }),
      );
    },
  };
}

function listen(map, id, sheet) {
  const points = `${id}-points`;
  const clusters = `${id}-clusters`;
  const hint = new Popup({ closeButton: false, closeOnClick: false, offset: 16, maxWidth: "18rem" });
  map.on("mousemove", points, ({ features: [point] }) => {
    map.getCanvas().style.cursor = "pointer";
    const words = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = point.properties.name;
    const value = document.createElement("div");
    value.textContent = point.properties.text;
    words.append(name, value);
    hint.setLngLat(point.geometry.coordinates).setDOMContent(words).addTo(map);
  });
  map.on("mouseleave", points, () => {
    map.getCanvas().style.cursor = "";
    hint.remove();
  });
  map.on("click", points, ({ features: [point] }) => {
    hint.remove();
    sheet.open(point.properties.href, point.properties.id);
  });
  map.on("mouseenter", clusters, () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", clusters, () => (map.getCanvas().style.cursor = ""));
  map.on("click", clusters, async ({ features: [cluster] }) => {
    const zoom = await map.getSource(id).getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: zoom + 0.2 });
  });
}

import { setWorkerUrl } from "maplibre-gl";
setWorkerUrl(new URL(MAP_WORKER, import.meta.url).href);
export function live() {}

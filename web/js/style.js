// What the living map looks like. Every colour comes from the style sheet, so light and dark follow the page.
const FONT = ["Source Sans"];
const SYMBOL = 16;
const SCALE = 2;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A width in pixels that grows with the zoom. */
function width(atTen, atSixteen) {
  return ["interpolate", ["exponential", 1.5], ["zoom"], 10, atTen, 16, atSixteen];
}

function area(kind, fill) {
  return { id: kind, type: "fill", source: "base", filter: ["==", ["get", "kind"], kind], paint: { "fill-color": fill } };
}

function line(id, kind, stroke, lineWidth) {
  return {
    id,
    type: "line",
    source: "base",
    filter: ["==", ["get", "kind"], kind],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": stroke, "line-width": lineWidth },
  };
}

function names(kind, language, size, ink, from) {
  return {
    id: kind,
    type: "symbol",
    source: "base",
    minzoom: from,
    filter: ["==", ["get", "kind"], kind],
    layout: { "text-field": ["get", language], "text-font": FONT, "text-size": size, "text-padding": 6 },
    paint: { "text-color": ink, "text-halo-color": colour("map-halo"), "text-halo-width": 1.5 },
  };
}

/** The pale base: land, water, green, streets and the names of places. */
export function baseLayers(language) {
  return [
    { id: "land", type: "background", paint: { "background-color": colour("map-land") } },
    area("marsh", colour("map-marsh")),
    area("green", colour("map-green")),
    area("built", colour("map-built")),
    area("lake", colour("map-water")),
    line("stream", "stream", colour("map-water"), width(1, 9)),
    line("river", "river", colour("map-water"), width(2.5, 36)),
    line("wide", "wide", colour("map-water"), width(4, 70)),
    line("rail", "rail", colour("map-rail"), width(0.7, 3)),
    line("road-edge", "road", colour("map-road-edge"), width(1.8, 19)),
    line("road", "road", colour("map-road"), width(1, 15)),
    line("motorway", "motorway", colour("map-motorway"), width(1.6, 20)),
    names("name-green", language, 13, colour("map-name"), 11.5),
    names("name-water", language, 13, colour("map-name-water"), 11.5),
    names("name", language, 14, colour("map-name"), 0),
    names("name-centre", language, 16, colour("map-name"), 0),
  ];
}

/** The points of one source: symbols by shape, colour and size; where they crowd, their count. */
export function dataLayers(id, focus) {
  const scale = focus ? 1.4 : 1;
  const strength = focus ? ["case", ["==", ["get", "id"], focus], 1, 0.45] : 1;
  return [
    {
      id: `${id}-points`,
      type: "symbol",
      source: id,
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-image": ["concat", ["get", "shape"], " ", ["get", "colour"]],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 10, ["*", (0.6 * scale) / SYMBOL, ["get", "radius"]], 13, ["*", scale / SYMBOL, ["get", "radius"]]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "symbol-sort-key": ["case", ["==", ["get", "id"], focus ?? ""], 1, 0],
        "text-field": ["step", ["zoom"], "", 13.5, ["get", "label"]],
        "text-font": FONT,
        "text-size": 13,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "icon-opacity": strength, "text-color": colour("ink"), "text-halo-color": colour("map-halo"), "text-halo-width": 1.6 },
    },
    {
      id: `${id}-clusters`,
      type: "symbol",
      source: id,
      filter: ["has", "point_count"],
      layout: {
        "icon-image": "cluster paper-raised",
        "icon-size": 0.66,
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": FONT,
        "text-size": 13,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": colour("ink") },
    },
  ];
}

const OUTLINES = {
  circle: (pen, r) => pen.arc(0, 0, r, 0, 2 * Math.PI),
  cluster: (pen, r) => pen.arc(0, 0, r, 0, 2 * Math.PI),
  square: (pen, r) => pen.rect(-r * 0.89, -r * 0.89, r * 1.78, r * 1.78),
  diamond: (pen, r) => polygon(pen, [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]], r),
  triangle: (pen, r) => polygon(pen, [[0, -1.2], [1.15, 0.8], [-1.15, 0.8]], r),
};

function polygon(pen, corners, r) {
  corners.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x * r, y * r) : pen.lineTo(x * r, y * r)));
  pen.closePath();
}

/** Paints the symbol that a layer asks for by shape and colour: »diamond quality-2«. */
export function paintSymbol(map, id) {
  const [shape, fill] = id.split(" ");
  const outline = OUTLINES[shape];
  if (!outline || map.hasImage(id)) {
    return;
  }
  const half = Math.ceil(SYMBOL * 1.3) + 2;
  const canvas = new OffscreenCanvas(half * 2 * SCALE, half * 2 * SCALE);
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.translate(half, half);
  pen.beginPath();
  outline(pen, SYMBOL);
  pen.fillStyle = colour(fill === "class-missing" ? "symbol-missing" : fill);
  pen.fill();
  pen.lineWidth = shape === "cluster" ? 1.5 : 2.4;
  pen.strokeStyle = colour("symbol-line");
  pen.stroke();
  map.addImage(id, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: SCALE });
}

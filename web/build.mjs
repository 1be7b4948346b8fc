// Makes the front end: node build.mjs OUTPUT_FOLDER. Every file gets the hash of its content in its name; manifest.json lists them, and
// each text has a compressed twin.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2] ?? join(here, "dist"));
const compressed = new Set([".js", ".css", ".svg", ".json"]);
const manifest = {};

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

function copyHashed(path, name) {
  const content = readFileSync(path);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const hashed = `${basename(name, extname(name))}.${hash}${extname(name)}`;
  writeFileSync(join(output, hashed), content);
  manifest[name] = hashed;
  return hashed;
}

const worker = copyHashed(join(here, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), "map-worker.js");
copyHashed(join(here, "icon.svg"), "icon.svg");

const result = await build({
  absWorkingDir: here,
  entryPoints: { app: "js/app.js", style: "css/app.css", map: "css/maplibre.css" },
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "safari16"],
  minify: true,
  metafile: true,
  outdir: output,
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  assetNames: "[name].[hash]",
  loader: { ".woff2": "file" },
  define: { MAP_WORKER: JSON.stringify(worker) },
  legalComments: "linked",
  logLevel: "warning",
});

for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (entryPoint) {
    manifest[`${basename(path).split(".")[0]}${extname(path)}`] = basename(path);
  }
  const font = basename(path).match(/^source-sans-3-(latin(?:-ext)?)-wght-normal\..*\.woff2$/);
  if (font) {
    manifest[`${font[1]}.woff2`] = basename(path);
  }
}
writeFileSync(join(output, "manifest.json"), JSON.stringify(manifest, null, 2));

for (const file of readdirSync(output)) {
  if (compressed.has(extname(file)) && file !== "manifest.json") {
    writeFileSync(join(output, `${file}.gz`), gzipSync(readFileSync(join(output, file)), { level: 9 }));
  }
}

#!/usr/bin/env bash
# Builds the front end into the folder given, when its sources or its lock file are newer than what is there.
set -euo pipefail
output="$1"
cd "$(dirname "$0")"

stop() {
  echo "Emona's pages need Node 20 or newer and npm to be built: $1 Install Node from your system's packages and build again." >&2
  exit 1
}

if [ -f "$output/manifest.json" ] &&
  [ -z "$(find . -path ./node_modules -prune -o -type f -newer "$output/manifest.json" -print -quit)" ]; then
  exit 0
fi

command -v node >/dev/null || stop "node was not found."
command -v npm >/dev/null || stop "npm was not found."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "node is $(node --version)."

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
node build.mjs "$output"

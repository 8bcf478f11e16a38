#!/usr/bin/env bash
# Checks and times every GPU backend of this machine; `--help` says how. In the bundle: BATT_RUN=scripts/gpu-check.sh bash run.sh;
# in a clone: scripts/gpu-check.sh, with node on the PATH and `npm ci` done.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
program=$root/dist/scripts/gpu-check.js
[ -e "$program" ] || { echo "gpu-check.sh: found no $program, expected it from 'npm ci' or the bundle" >&2; exit 2; }
node=$root/bin/node
[ -x "$node" ] || node=$(command -v node) || { echo "gpu-check.sh: found no node in $root/bin or on the PATH" >&2; exit 2; }
exec "$node" "$program" "$@"

#!/usr/bin/env bash
# Runs batt from the bundle that lies beside this file, packed or unpacked: bash run.sh [FLAGS OF batt]...
#
# The first run copies the bundle into a working folder and checks every file; later ones start from there. All arguments
# are batt's, and so is the exit code; run.sh's own are 1 where the bundle is damaged or cannot be unpacked or started, and
# 2 where there is none. Needs x86-64 Linux with glibc 2.35 or later, bash, coreutils, tar and gzip.
#
#   BATT_HOME   the working folder; default $XDG_CACHE_HOME/batt, ~/.cache/batt or /tmp/batt-UID, the first that is writable
#   BATT_RUN    another program of the bundle to run, such as scripts/link-tensorflow
set -euo pipefail
fail() { printf 'run.sh: %s\n' "$2" >&2; exit "$1"; }

# the bundle beside this file, or beside the one that it is a link to: an archive, or the folder that became of it (its name
# differs from place to place); the copies that this script makes are none
unset CDPATH
find_bundles() {
  local path
  here=$(cd -- "${1%/*}" 2>/dev/null || true; pwd -P)
  bundles=()
  for path in "$here"/batt-*-linux-x64.tar{,.gz} "$here"/{,*/,*/*/}SHA256SUMS; do
    [ ! -f "$path" ] || [ -e "${path%/*}/.unpacked" ] || bundles+=("${path%/SHA256SUMS}")
  done
}
find_bundles "${BASH_SOURCE[0]}"
[ ${#bundles[@]} -gt 0 ] || [ ! -L "${BASH_SOURCE[0]}" ] || find_bundles "$(readlink -f -- "${BASH_SOURCE[0]}")"
case ${#bundles[@]} in
  0) fail 2 "found no bundle, expected batt-VERSION-linux-x64.tar.gz in $here, or its files in $here, $here/* or $here/*/*" ;;
  1) bundle=${bundles[0]} ;;
  *) fail 2 "found ${#bundles[@]} bundles, expected one: ${bundles[*]}" ;;
esac
if [ -d "$bundle" ]; then sums=$(<"$bundle/SHA256SUMS"); else
  sums=$(tar -xOf "$bundle" --occurrence=1 batt/SHA256SUMS) || fail 1 "$bundle: damaged, or no bundle: found no SHA256SUMS in it"
fi
key=$(sha256sum <<<"$sums")

# the working folder: not /kaggle/working, since Kaggle saves all that is there as the notebook's output
home=''
for folder in "${BATT_HOME:-}" "${XDG_CACHE_HOME:+$XDG_CACHE_HOME/batt}" "${HOME:+$HOME/.cache/batt}" "${TMPDIR:-/tmp}/batt-$UID"; do
  [ -n "$folder" ] || continue
  [ -d "$folder" ] || (umask 077 && mkdir -p "$folder") 2>/dev/null || true
  if [ "$folder" = "${BATT_HOME:-}" ]; then
    [ -w "$folder" ] || fail 1 "BATT_HOME: $folder: found no folder to write to, expected one"
  fi
  if [ -w "$folder" ] && { [ -O "$folder" ] || [ "$folder" = "${BATT_HOME:-}" ]; }; then home=$folder; break; fi
done
[ -n "$home" ] || fail 1 'found no folder to unpack into, expected one in BATT_HOME'
[[ $home == /* ]] || home=$PWD/$home
tree=$home/bundle-${key:0:16}

# Says what is wrong with the bundle, of which the copy $1 was made: the archive, else the first file that differs.
damage() {
  local expected file found
  if [ -e "$bundle.sha256" ]; then
    read -r expected _ <"$bundle.sha256"
    found=$(sha256sum <"$bundle")
    [ "${found%% *}" = "$expected" ] || { echo "$bundle: damaged: found sha256 ${found%% *}, expected $expected"; return; }
  fi
  while read -r expected file; do
    [ "$expected" != '#' ] || continue
    [ -e "$1/$file" ] || { echo "$bundle: damaged: found no $file"; return; }
    found=$(sha256sum <"$1/$file")
    [ "${found%% *}" = "$expected" ] || { echo "$bundle: damaged: $file: found sha256 ${found%% *}, expected $expected"; return; }
  done <<<"$sums"
  echo "$bundle: damaged: all its files are right, but not the rest of it"
}

# Whether Node can open the libraries $2... in the unpacked bundle $1, with the folders $path of libraries.
opens() {
  local open='for (const file of process.argv.slice(1)) process.dlopen({ exports: {} }, file)'
  LD_LIBRARY_PATH=$path "$1/bin/node" -e "$open" "${@:2}" 2>&1
}

# Sets $lacks to the folders of libraries in the unpacked bundle $1 that this system needs: its own are better where they do.
find_lacks() {
  local path=${LD_LIBRARY_PATH:-} reason
  local addons=("$1/node_modules/webgpu/dist/linux-x64/dawn.node" "$1/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node")
  lacks=''
  if ! opens "$1" "${addons[@]}" >/dev/null; then
    lacks=lib/cxx
    path=$1/lib/cxx${path:+:$path}
    if ! reason=$(opens "$1" "${addons[@]}"); then
      [[ $reason != *'Permission denied'* ]] ||
        fail 1 "$home: found no permission to execute programs there (noexec?), expected it; BATT_HOME names another folder: $reason"
      fail 1 "$bundle: does not start here, expected x86-64 Linux with glibc 2.35 or later: $reason"
    fi
  fi
  reason=$(opens "$1" libvulkan.so.1) || true
  [[ $reason != *'libvulkan.so.1: cannot open shared object'* ]] || lacks+=' lib/vulkan'
}

unpack() {
  local bytes free reason lacks old
  [[ $sums =~ '# bytes '([0-9]+) ]] || fail 1 "$bundle: damaged: found no line '# bytes' in SHA256SUMS"
  bytes=$((BASH_REMATCH[1] + 16000000))
  free=$(df --output=avail --block-size=1 -- "$home" | tail -n 1)
  [ "$free" -gt "$bytes" ] ||
    fail 1 "$home: disk full: found $((free / 1000000)) MB free, expected $((bytes / 1000000 + 1)) MB; BATT_HOME names another folder"
  echo "run.sh: unpacking $bundle into $tree" >&2
  new=$(mktemp -d "$home/.unpack-XXXXXX")
  trap 'rm -rf "$new"' EXIT
  # what those have left that were killed
  touch -d '1 hour ago' "$new/hour"
  for old in "$home"/.unpack-*; do [ ! "$old" -ot "$new/hour" ] || rm -rf "$old" 2>/dev/null || true; done
  if [ -d "$bundle" ]; then
    reason=$(cp -R "$bundle" "$new/batt" 2>&1) || fail 1 "$bundle: cannot be copied to $home: $reason"
  elif ! reason=$(tar -xf "$bundle" -C "$new" --no-same-owner 2>&1); then
    [[ $reason != *'No space left'* ]] || fail 1 "$home: disk full; BATT_HOME names another folder"
    fail 1 "$(damage "$new/batt")"
  fi
  chmod -R u+rwX,go+rX "$new/batt"
  (cd "$new/batt" && sha256sum --check --status - <<<"$sums" 2>/dev/null) || fail 1 "$(damage "$new/batt")"
  chmod 755 "$new/batt/bin/node" "$new"/batt/scripts/*
  find_lacks "$new/batt"
  echo "$lacks" >"$new/batt/.unpacked"
  use_libraries "$new/batt"
  # V8's compiled form of the command, for a quick start; batt does without, too
  mkdir "$new/scratch"
  "$new/batt/bin/node" "$new/batt/dist/scripts/precompile.js" "$new/batt/dist" "$new/scratch" >/dev/null 2>&1 || true
  # what a cleaner of old files has left of it; and where another run was quicker, its folder serves
  [ ! -e "$tree" ] || [ -e "$tree/.unpacked" ] || mv -T "$tree" "$new/old"
  mv -T "$new/batt" "$tree" 2>/dev/null || [ -e "$tree/.unpacked" ] || fail 1 "$tree: cannot be made"
}

# Adds the folders of libraries that this system lacks, of the unpacked bundle $1.
use_libraries() {
  local lacks folder
  read -r -a lacks <"$1/.unpacked" || true
  for folder in ${lacks[@]+"${lacks[@]}"}; do
    export LD_LIBRARY_PATH=$1/$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  done
}

[ -e "$tree/.unpacked" ] || (unpack) # whose end removes what it leaves

use_libraries "$tree"

# caches, where there is no home for them
if [ -z "${XDG_CACHE_HOME:-}" ] && ! { [ -n "${HOME:-}" ] && { [ -w "$HOME/.cache" ] || { [ ! -e "$HOME/.cache" ] && [ -w "$HOME" ]; }; }; }; then
  export XDG_CACHE_HOME=$home/cache
fi

# Vulkan finds a driver by its manifest, which containers often have elsewhere or not at all, though the driver is there
nvidia_manifest() {
  local manifests library folder
  shopt -s nullglob
  manifests=({/etc,/usr/share,/usr/local/share}/vulkan/icd.d/*nvidia*.json)
  shopt -u nullglob
  [ ${#manifests[@]} -eq 0 ] || return 0
  for folder in /usr/local/nvidia/share /usr/local/nvidia; do
    [ ! -e "$folder/vulkan/icd.d/nvidia_icd.json" ] || { export VK_DRIVER_FILES=$folder/vulkan/icd.d/nvidia_icd.json; break; }
  done
  if [ -z "${VK_DRIVER_FILES:-}" ]; then
    library=''
    for folder in /usr/lib/x86_64-linux-gnu /usr/local/nvidia/lib64 /usr/lib64 /usr/local/cuda/lib64; do
      # the one for X11 needs its libraries; the other one is the same driver without
      if [ -e "$folder/libGLX_nvidia.so.0" ] && [ -e /usr/lib/x86_64-linux-gnu/libX11.so.6 ]; then library=$folder/libGLX_nvidia.so.0; break; fi
      if [ -e "$folder/libEGL_nvidia.so.0" ]; then library=$folder/libEGL_nvidia.so.0; break; fi
    done
    [ -n "$library" ] || return 0
    printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s","api_version":"1.3.0"}}\n' "$library" >"$home/nvidia_icd.json.$$"
    mv "$home/nvidia_icd.json.$$" "$home/nvidia_icd.json"
    export VK_DRIVER_FILES=$home/nvidia_icd.json
  fi
  export VK_ICD_FILENAMES=$VK_DRIVER_FILES # for loaders before 1.3.207
}
[ -n "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ] || nvidia_manifest

program=$tree/dist/batt.js
if [ -n "${BATT_RUN:-}" ]; then
  program=$tree/$BATT_RUN
  [ -f "$program" ] || fail 2 "BATT_RUN: found no file $program"
  export PATH=$tree/bin:$PATH # for scripts that run node
  unset BATT_RUN
fi
case $program in
  *.js) exec "$tree/bin/node" "$program" "$@" ;;
  *) exec bash "$program" "$@" ;;
esac

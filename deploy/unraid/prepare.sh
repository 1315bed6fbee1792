#!/usr/bin/env bash
# Creates what the Unraid templates of this folder require: secrets, folders, a network and the images. See docs/unraid.md.
# Safe to repeat; each run builds images of the repository's current state.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${here%/deploy/unraid}
# shellcheck source=deploy/scripts/common.sh
source "$root/deploy/scripts/common.sh"
# shellcheck source=deploy/scripts/needs.sh
source "$root/deploy/scripts/needs.sh"
# shellcheck source=deploy/scripts/images.sh
source "$root/deploy/scripts/images.sh"

readonly expected=/mnt/user/appdata/platform network=platform

usage() {
  cat <<'TEXT'
Usage: deploy/unraid/prepare.sh

Creates what Unraid's templates require: secrets, folders, the network "platform" and images of the repository's current state. Safe to repeat.
TEXT
}

main() {
  case ${1:-} in
    '') ;;
    -h | --help | help) usage && exit ;;
    *) usage >&2 && exit 1 ;;
  esac
  use_environment production
  [ "$root" = "$expected" ] || warn "The templates expect the repository in $expected, but it is in $root: move it, or change their paths."
  [ "$(setting PUID):$(setting PGID)" = 99:100 ] || fail "Set PUID=99 and PGID=100 in $root/.env, as in the templates."
  make_needs
  make_volumes
  docker network inspect "$network" >/dev/null 2>&1 || docker network create "$network" >/dev/null
  build
  say "Ready. Copy $here/*.xml to /boot/config/plugins/dockerMan/templates-user/."
}

# Folders used instead of Docker volumes, owned by the users in the templates.
make_volumes() {
  local template user folder
  for template in "$here"/*.xml; do
    user=$(grep -oE -- '--user [0-9]+:[0-9]+' "$template" | cut -d ' ' -f 2)
    while IFS= read -r folder; do
      folder=$root${folder#"$expected"}
      mkdir -p -- "$folder"
      chown -- "$user" "$folder" 2>/dev/null || warn "$folder must belong to $user."
    done < <(grep -oE "$expected/volumes/[a-z-]+" "$template" | sort -u)
  done
}

build() {
  local host commit
  commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || commit=unknown
  for host in "${hosts[@]}"; do
    step "Building platform-$host:latest-production."
    docker build --quiet --file "$root/deploy/Dockerfile" --target "$host" --tag "platform-$host:latest-production" \
      --build-arg "VERSION=latest-production" --build-arg "COMMIT=$commit" \
      --build-arg "PRODUCT=$(product_version)" --build-arg "READABLE_SINCE=$(schema_readable_since)" "$root" >/dev/null
  done
}

main "$@"

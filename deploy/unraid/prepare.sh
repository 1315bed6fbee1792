#!/usr/bin/env bash
# Makes on Unraid what the templates of this folder expect: secrets, folders, a network and the images. docs/unraid.md says when.
# Repeating it is safe, and builds the images of what is in the repository now.
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

main() {
  use_environment production
  [ "$root" = "$expected" ] || warn "The templates look in $expected, and this is $root: change their paths, or move the repository."
  [ "$(setting PUID):$(setting PGID)" = 99:100 ] || fail "Say PUID=99 and PGID=100 in $root/.env, as the templates do."
  make_needs
  make_volumes
  docker network inspect "$network" >/dev/null 2>&1 || docker network create "$network" >/dev/null
  build
  say "Ready. Copy $here/*.xml to /boot/config/plugins/dockerMan/templates-user/."
}

# The folders that stand for volumes, owned by the users that the templates name.
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

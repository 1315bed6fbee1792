# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Images of a version: built here, kept for rollbacks. A version is a tag of platform-api, platform-worker and platform-web.

readonly hosts=(api worker web)
readonly kept_versions=5

# The version of this folder: the git tag or commit, and the environment, so that cleanup of one environment never deletes images of the other.
# With local changes the name is unique.
version_of_source() {
  local described now
  now=$(date -u +%Y%m%d%H%M%S)
  described=$(git -C "$root" describe --tags --always 2>/dev/null) || described=local-$now
  [ -z "$(local_changes 2>/dev/null)" ] || described=$described-changed-$now
  printf '%s-%s' "${described//[^A-Za-z0-9_.-]/-}" "$environment"
}

has_images() {
  local host
  [ -n "$1" ] || return 1
  for host in "${hosts[@]}"; do
    docker image inspect "platform-$host:$1" >/dev/null 2>&1 || return 1
  done
}

# own_version VERSION: tags images of the other environment for this one, so that cleanup there does not delete them.
own_version() {
  local version=$1 host other=staging
  [ "$environment" = production ] || other=production
  if [[ $version == *-"$other" ]] && has_images "$version"; then
    version=${version%-"$other"}-$environment
    for host in "${hosts[@]}"; do
      docker tag "platform-$host:$1" "platform-$host:$version" || return 1
    done
  fi
  printf '%s' "$version"
}

build_images() {
  local host product
  commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || commit=unknown
  product=$(product_version)
  # One after the other: the first one compiles, the others take its layers.
  for host in "${hosts[@]}"; do
    compose_as "$1" build --quiet --build-arg "VERSION=${1%-"$environment"}" --build-arg "PRODUCT=$product" --build-arg "READABLE_SINCE=$(schema_readable_since)" "$host" >/dev/null || return 1
  done
}

# pin_images VERSION: writes the compose file that VERSION is deployed with, in which images of a registry have the digest that their tag has on this
# machine; prints each. A later rollback to VERSION then gets the same ones, even if the tag was moved. Images that came from no registry keep their tag,
# and so do those of optional services that are off and not on this machine.
pin_images() {
  local file=$state/next.yml image digest images
  cp -- "$root/$compose_file" "$file"
  image=$(compose_as "$1" config --images) || return 1
  mapfile -t images < <(sort -u <<<"$image")
  for image in "${images[@]}"; do
    [[ $image == platform-*:"$1" ]] || docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" >/dev/null || return 1
  done
  mapfile -t images < <(sed -nE 's/^ +image: ([^$@ ]+)$/\1/p' "$file" | sort -u)
  for image in "${images[@]}"; do
    docker image inspect "$image" >/dev/null 2>&1 || continue
    digest=$(digest_of "$image")
    if [ -z "$digest" ]; then
      step "$image came from no registry: not pinned."
    else
      sed -i "s|^\( *image: \)$image\$|\1$image@$digest|" "$file"
      step "Using $image@$digest."
    fi
  done
}

# digest_of REPOSITORY:TAG: the digest under which its registry has the image that is here; nothing for one that was built here.
digest_of() {
  local known
  while IFS= read -r known; do
    if [ "$(short_name "${known%@*}")" = "$(short_name "${1%:*}")" ]; then
      printf '%s' "${known#*@}"
      return
    fi
  done < <(docker image inspect -f '{{range .RepoDigests}}{{println .}}{{end}}' "$1")
}

# Docker leaves its own registry out of names.
short_name() {
  local name=${1#docker.io/}
  printf '%s' "${name#library/}"
}

# The platform's version, which decides which schema it can read.
product_version() {
  local line
  while read -r line; do
    [[ $line =~ \<Version\>([0-9.]+)\</Version\> ]] && printf '%s' "${BASH_REMATCH[1]}" && return
  done <"$root/Directory.Build.props"
  fail "Directory.Build.props names no Version."
}

# The newest version that a migration of this folder requires.
schema_readable_since() {
  local file line newest=0.0.0
  for file in "$root"/Core/Storage/Migrations/*.sql; do
    read -r line <"$file"
    newest=$(newer_of "$newest" "${line#-- readable-since: }")
  done
  printf '%s' "$newest"
}

newer_of() { printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1; }

# is_at_least A B: whether version A is B or newer.
is_at_least() { [ "$(newer_of "$1" "$2")" = "$1" ]; }

label_of() { docker image inspect -f "{{index .Config.Labels \"platform.$2\"}}" "platform-api:$1" 2>/dev/null; }

# The version whose images the containers run; nothing when there are none.
deployed_version() {
  local image
  image=$(docker inspect -f '{{.Config.Image}}' "$(container api)" 2>/dev/null) || return 0
  printf '%s' "${image##*:}"
}

# Versions of this environment that were deployed, the newest first.
releases() {
  local version
  local -A seen=()
  [ -r "$state/releases" ] || return 0
  while IFS=$'\t' read -r version _; do
    [ -n "${seen[$version]:-}" ] || printf '%s\n' "$version"
    seen[$version]=1
  done < <(tac -- "$state/releases")
}

newest_release() {
  local version=''
  read -r version < <(releases) || true
  printf '%s' "$version"
}

# Whether all hosts run VERSION.
runs_wholly() {
  local host image
  for host in "${hosts[@]}"; do
    image=$(docker inspect -f '{{.Config.Image}}' "$(container "$host")" 2>/dev/null) || return 1
    [ "${image##*:}" = "$1" ] || return 1
  done
}

# Those whose images exist.
versions_here() {
  local version
  for version in $(releases); do
    ! has_images "$version" || printf '%s ' "$version"
  done
}

# remember_release VERSION [BACKUP] [back]: with the compose file that it was deployed with, and the backup from just before.
remember_release() {
  printf '%s\t%s\t%s\t%s\n' "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${2:--}" "${3:-forward}" >>"$state/releases"
  [ "${COMPOSE_OF:-}" != "$state/$1.yml" ] || return 0
  cp -- "${COMPOSE_OF:-$root/$compose_file}" "$state/$1.yml.new"
  mv -f -- "$state/$1.yml.new" "$state/$1.yml"
}

# The version that was deployed before VERSION. A rollback removes versions from this stack rather than adding one.
version_under() {
  local version how pile=()
  [ -r "$state/releases" ] || return 0
  while IFS=$'\t' read -r version _ _ how; do
    if [ "$how" = back ]; then
      while [ "${#pile[@]}" -gt 0 ] && [ "${pile[-1]}" != "$version" ]; do
        unset 'pile[-1]'
      done
    fi
    if [ "${#pile[@]}" = 0 ] || [ "${pile[-1]}" != "$version" ]; then
      pile+=("$version")
    fi
  done <"$state/releases"
  while [ "${#pile[@]}" -gt 0 ] && [ "${pile[-1]}" = "$1" ]; do
    unset 'pile[-1]'
  done
  [ "${#pile[@]}" = 0 ] || printf '%s' "${pile[-1]}"
}

# The backup made when VERSION was replaced: its data at that moment.
backup_of() {
  local version backup found=''
  [ -r "$state/releases" ] || return 1
  while IFS=$'\t' read -r version _ backup _; do
    [ "$version" != "$1" ] || break
    found=$backup
  done < <(tac -- "$state/releases")
  [ -n "$found" ] && [ "$found" != - ] && printf '%s' "$found"
}

# The superuser's connection string, which no version with roles reads, once no kept release does either.
forget_old_secret() {
  if [ -e "$secrets/platformdb-connection" ] && ! grep -qs '/platformdb-connection$' -- "$state"/*.yml; then
    rm -f -- "$secrets/platformdb-connection"
  fi
}

# Keeps the images of the newest versions of this environment, and what runs. Images of failed deployments are deleted too.
prune_images() {
  local version host image kept='' count=0
  for version in $(releases); do
    count=$((count + 1))
    [ "$count" -gt "$kept_versions" ] || kept+=" $version "
  done
  kept+=" $(deployed_version) "
  for version in $(
    releases
    docker images --format '{{.Tag}}' platform-api | grep -- "-$environment\$" | sort -u
  ); do
    [[ $kept != *" $version "* ]] || continue
    for host in "${hosts[@]}"; do
      image=platform-$host:$version
      ! docker image inspect "$image" >/dev/null 2>&1 || docker image rm "$image" >/dev/null 2>&1 || warn "$image is in use and was kept."
    done
    rm -f -- "$state/$version.yml"
  done
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# What every verb of ./platform uses: messages, the environment, its settings, compose and the lock.
# The caller sets root to the repository's folder. Relies on bash, coreutils, docker and /proc.

say() { printf '%s\n' "$*"; }

step() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"; }

warn() { printf '%s\n' "$*" >&2; }

fail() {
  warn "$*"
  exit 1
}

# use_environment NAME: sets environment, prefix, project, state and compose_file.
use_environment() {
  case ${1:-} in
    production) environment=production prefix=PRODUCTION ;;
    staging) environment=staging prefix=STAGING ;;
    '') fail "Which environment? Use production or staging." ;;
    *) fail "Unknown environment '$1': use production or staging." ;;
  esac
  compose_file=$(setting "${prefix}_COMPOSE_FILE")
  [ -r "$root/$compose_file" ] || fail ".env: ${prefix}_COMPOSE_FILE is not a readable file: $compose_file"
  project=platform-$environment
  state=${root:?}/.platform/$environment
  secrets=$root/deploy/secrets/$environment
}

# Compose's progress display is for terminals only; in a file it would be a hundred lines. Errors are always printed.
compose_progress=$([ -t 2 ] && printf auto || printf quiet)

# Compose over the files as they are now, or over COMPOSE_OF, those that a release was made with.
compose() {
  COMPOSE_PROFILES=$(compose_profiles) docker compose --progress "$compose_progress" --project-directory "$root" -f "${COMPOSE_OF:-$root/$compose_file}" "$@"
}

# Optional services that run: those that COMPOSE_PROFILES names, and the dashboard where it is on.
compose_profiles() {
  local profiles=${COMPOSE_PROFILES-$(setting COMPOSE_PROFILES)}
  ! is_dashboard_on || profiles=${profiles:+$profiles,}dashboard
  printf '%s' "$profiles"
}

is_dashboard_on() { [ "$(setting "${prefix}_DASHBOARD")" = on ]; }

# compose_as VERSION ARGUMENTS...: compose with the images of a version.
compose_as() {
  local version=$1
  shift
  env_of_version "$version" compose_plain "$@"
}

compose_plain() { compose "$@"; }

# The shell's variables override .env.
env_of_version() {
  local version=$1
  shift
  (
    export "${prefix}_VERSION=$version" PLATFORM_COMMIT="${commit:-unknown}"
    "$@"
  )
}

# setting NAME: from .env, else what .env.example says.
setting() {
  local value
  value=$(last_value "$1" "$root/.env") || value=$(last_value "$1" "$root/.env.example") || value=''
  printf '%s' "$value"
}

last_value() {
  local line found=1 value=''
  [ -r "$2" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    [ "${line%%=*}" = "$1" ] && [ "$line" != "$1" ] && value=${line#*=} && found=0
  done <"$2"
  printf '%s' "$value"
  return "$found"
}

# set_setting NAME VALUE: in .env, as a whole or not at all.
set_setting() {
  local line written=false temporary
  temporary=$(mktemp -- "$root/.env.XXXXXX")
  chmod --reference="$root/.env" -- "$temporary"
  while IFS= read -r line || [ -n "$line" ]; do
    if [ "${line%%=*}" = "$1" ]; then
      line=$1=$2 written=true
    fi
    printf '%s\n' "$line"
  done <"$root/.env" >"$temporary"
  [ "$written" = true ] || printf '%s\n' "$1=$2" >>"$temporary"
  sync -- "$temporary"
  mv -f -- "$temporary" "$root/.env"
}

# When a process started, as the kernel counts it: its number may be given to another one later.
start_of() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  # The name in parentheses may hold anything; the 22nd field is the 20th after it.
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  # One that ended and was not collected yet is gone.
  [ "$1" = Z ] || printf '%s' "${20}"
}

# One deploy, restore or cleanup at a time, over both environments: they build from one folder and keep their versions in one .env. The lock of
# a killed process is ignored.
lock() {
  # ./platform update goes on as ./platform deploy, in the same process.
  is_mine "$root/.platform/lock" || take_lock "$root/.platform/lock"
  mkdir -p -- "$state"
  trap 'rm -rf -- "$root/.platform/lock"' EXIT
  trap 'warn "Interrupted. The next deploy finishes or rolls back what was started."; exit 130' INT TERM
}

take_lock() {
  local lock=$1 mine=$1.$$ tries=0
  mkdir -p -- "$mine"
  printf '%s %s %s\n' "$$" "$(start_of "$$")" "$environment" >"$mine/holder"
  # mv replaces a missing or empty folder atomically.
  until mv -T -- "$mine" "$lock" 2>/dev/null; do
    if is_held "$lock"; then
      rm -rf -- "$mine"
      fail "Another ./platform is running ($(holder_of "$lock")). Wait for it to finish."
    fi
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || fail "Cannot create a lock in $root/.platform: check that this user may write there."
    # Two processes may find a stale lock at once: if the moved one turns out to be the other's new lock, it is put back.
    mv -T -- "$lock" "$mine.old" 2>/dev/null || continue
    ! is_held "$mine.old" || mv -T -- "$mine.old" "$lock" 2>/dev/null || true
    rm -rf -- "$mine.old"
  done
}

# Docker keeps running one-off containers of a killed run: a migration, a restore. Only after the lock, and after what asks for confirmation.
end_orphans() {
  local orphans tries
  for tries in {1..30}; do
    mapfile -t orphans < <(docker ps --all --quiet --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.oneoff=True 2>/dev/null)
    [ "${#orphans[@]}" -gt 0 ] || return 0
    # Docker may be removing it already.
    docker rm --force "${orphans[@]}" >/dev/null 2>&1 || sleep 1
  done
  fail "Containers of a killed run could not be removed: docker rm --force ${orphans[*]}"
}

is_locked() { is_held "$root/.platform/lock"; }

is_held() {
  local holder started
  read -r holder started _ 2>/dev/null <"$1/holder" || return 1
  [ -n "$holder" ] && [ "$(start_of "$holder")" = "$started" ]
}

is_mine() {
  local holder
  read -r holder _ 2>/dev/null <"$1/holder" && [ "$holder" = "$$" ] && is_held "$1"
}

holder_of() {
  local holder='' on=''
  read -r holder _ on 2>/dev/null <"$1/holder" || true
  printf 'process %s on %s' "$holder" "$on"
}

# confirm QUESTION: asks for "yes", unless --yes was given.
confirm() {
  local answer
  [ "${yes:-false}" = true ] && return
  [ -t 0 ] || fail "$1 There is no terminal to confirm: add --yes."
  read -r -p "$1 Type yes to continue: " answer
  [ "$answer" = yes ] || fail "Cancelled; nothing was changed."
}

# The first container of a service.
container() { printf '%s-%s-1' "$project" "$1"; }

# All containers of a service, running or not; several where it has replicas.
containers_of() {
  docker ps --all --quiet --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.service=$1" --filter label=com.docker.compose.oneoff=False
}

is_running() { [ "$(docker inspect -f '{{.State.Running}}' "$(container "$1")" 2>/dev/null)" = true ]; }

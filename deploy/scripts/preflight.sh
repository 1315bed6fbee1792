# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Checks before anything is changed. Prints all problems found, each with what to do.

readonly least_free_mib=3072
readonly least_free_for_backups_mib=512
readonly least_key_length=32

findings=()

preflight() {
  findings=()
  check_engine
  check_env_file
  check_settings
  check_disk
  check_ports
  check_tokens
  check_keys
  [ "${#findings[@]}" = 0 ] && return
  warn "$environment cannot be deployed:"
  printf '  - %s\n' "${findings[@]}" >&2
  exit 1
}

finding() { findings+=("$*"); }

check_engine() {
  docker info >/dev/null 2>&1 || finding "The Docker engine does not answer: start it, or add this user to the group docker."
  docker compose version >/dev/null 2>&1 || finding "Docker Compose v2 is missing: install docker-compose-plugin."
}

check_env_file() {
  if [ ! -e "$root/.env" ]; then
    cp -- "$root/.env.example" "$root/.env"
    chmod 0600 -- "$root/.env"
    say "Created .env from .env.example."
  fi
  local name line
  while IFS= read -r line || [ -n "$line" ]; do
    name=${line%%=*}
    case $line in
      '' | '#'*) continue ;;
      *=*) ;;
      *) finding ".env has a line that is not NAME=value: $name" && continue ;;
    esac
    case ${line#*=} in
      *\"* | *\'* | *' #'*) finding ".env: $name has quotes or a comment after its value, which compose and this script read differently: remove them." ;;
      *$'\r') finding ".env: the line of $name has a Windows line ending: sed -i 's/\r\$//' .env" ;;
    esac
    ! is_placeholder "${line#*=}" || finding ".env: $name still has a placeholder value: replace it."
    case $name in
      PRODUCTION_* | STAGING_*) last_value "$name" "$root/.env.example" >/dev/null || finding ".env: unknown setting $name; .env.example lists all." ;;
    esac
  done <"$root/.env"
  for name in "$secrets"/*; do
    [ ! -f "$name" ] || [ ! -r "$name" ] || ! is_placeholder "$(<"$name")" || finding "The secret deploy/secrets/$environment/${name##*/} still has a placeholder value: replace it."
  done
  for name in PUID PGID; do
    [[ $(setting "$name") =~ ^[0-9]+$ ]] || finding ".env: $name must be a number."
  done
  case $(setting "${prefix}_DASHBOARD") in
    on | off) ;;
    *) finding ".env: ${prefix}_DASHBOARD must be on or off." ;;
  esac
  for name in API_PORT WEB_PORT DASHBOARD_PORT; do
    [[ $(setting "${prefix}_$name") =~ ^[0-9]+$ ]] || finding ".env: ${prefix}_$name must be a port."
  done
}

# Common placeholder values.
is_placeholder() {
  case ${1,,} in
    changeme* | change-me* | change_me* | replace-me* | replaceme* | your-* | your_* | todo | xxx* | '<'*'>' | password | secret) return 0 ;;
    *) return 1 ;;
  esac
}

check_disk() {
  local folder free other
  if [ -d "$(backups_folder)" ]; then
    free=$(($(df --output=avail -B1M -- "$(backups_folder)" | tail -n 1)))
    [ "$free" -ge "$least_free_for_backups_mib" ] || finding "Only $free MiB are free for backups in $(backups_folder); $least_free_for_backups_mib MiB are required."
  fi
  other=$([ "$environment" = production ] && printf STAGING || printf PRODUCTION)
  [ "$(setting "${prefix}_BACKUPS_DIR")" != "$(setting "${other}_BACKUPS_DIR")" ] || finding "Both environments use $(backups_folder) for backups: set a different ${prefix}_BACKUPS_DIR."
  folder=$(docker info -f '{{.DockerRootDir}}' 2>/dev/null) || return 0
  [ -d "$folder" ] || folder=$root
  free=$(($(df --output=avail -B1M -- "$folder" | tail -n 1)))
  [ "$free" -ge "$least_free_mib" ] || finding "Only $free MiB are free in $folder; $least_free_mib MiB are required: ./platform cleanup $environment."
}

# Ports in use by anything but this environment's own containers.
check_ports() {
  local name port owner
  command -v ss >/dev/null || return 0
  for name in $(published_ports); do
    port=$(setting "$name")
    owner=$(port_owner "$port")
    [ -z "$owner" ] || finding "Port $port ($name) is in use by $owner: stop it, or change $name in .env."
  done
}

published_ports() {
  printf '%s\n' "${prefix}_API_PORT" "${prefix}_WEB_PORT"
  ! is_dashboard_on || printf '%s\n' "${prefix}_DASHBOARD_PORT"
  [ "$environment" != staging ] || printf 'STAGING_POSTGRES_PORT\n'
  [[ $environment != production || ,$(setting COMPOSE_PROFILES), != *,caddy,* ]] || printf 'PRODUCTION_HTTP_PORT\nPRODUCTION_HTTPS_PORT\n'
}

port_owner() {
  local line ours
  line=$(ss -Hltnp "sport = :$1" 2>/dev/null | head -n 1)
  [ -n "$line" ] || return 0
  ours=$(docker ps -q --filter "label=com.docker.compose.project=$project" --filter "publish=$1" 2>/dev/null)
  [ -z "$ours" ] || return 0
  ours=$(docker ps --format '{{.Names}}' --filter "publish=$1" 2>/dev/null | head -n 1)
  if [ -n "$ours" ]; then
    printf 'the container %s' "$ours"
  elif [[ $line =~ users:\(\(\"([^\"]+)\",pid=([0-9]+) ]]; then
    printf '%s (process %s)' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  else
    printf 'a program of another user'
  fi
}

# The Api would not start in Production; found here, the old version goes on.
check_keys() {
  local name key
  [ "$environment" = production ] || return 0
  for name in api-key auth-token; do
    if [ ! -s "$secrets/$name" ] || [ ! -r "$secrets/$name" ]; then
      continue
    fi
    key=$(tr -d '[:space:]' <"$secrets/$name")
    [ "${#key}" -ge "$least_key_length" ] || finding "The secret deploy/secrets/production/$name has ${#key} characters; production needs at least $least_key_length: openssl rand -hex 32 | install -m 0600 /dev/stdin deploy/secrets/production/$name"
  done
}

# Two environments with the same Discord token would both answer. Compared by hash, so that neither is printed.
check_tokens() {
  local ours=$root/deploy/secrets/$environment/discord-token other
  other=$root/deploy/secrets/$([ "$environment" = production ] && printf staging || printf production)/discord-token
  [ -s "$ours" ] && [ -s "$other" ] || return 0
  [ "$(sha256sum <"$ours")" != "$(sha256sum <"$other")" ] \
    || finding "production and staging have the same Discord token, so both would answer. Use a separate Discord bot for staging (deploy/secrets/staging/discord-token)."
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Brings back what the engine leaves alone: a container that was killed from outside, which its restart policy takes for somebody's wish, and one
# that lives but is sick. One that was stopped in order (docker stop, ./platform down) stays stopped.

readonly watch_every_seconds=5
readonly sick_for_seconds=60

# watch: until it is ended; a service of the system runs it.
watch() {
  local service one
  local -A sick_since=()
  say "Watching $environment."
  while true; do
    if ! is_locked; then
      for service in postgres redis "${hosts[@]}"; do
        for one in $(containers_of "$service"); do
          watch_one "$service" "$one"
        done
      done
    fi
    sleep "$watch_every_seconds"
  done
}

# watch_one SERVICE CONTAINER
watch_one() {
  local status code health
  read -r status code health < <(docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' \
    "$2" 2>/dev/null) || return 0
  if [ "$status" = exited ] && [ "$code" != 0 ] && [ "$code" != 143 ]; then
    step "$1 ended with $code: starting it."
    docker start "$2" >/dev/null || warn "$1 could not be started."
  elif [ "$status" = running ] && [ "$health" = unhealthy ]; then
    : "${sick_since[$2]:=$SECONDS}"
    [ "$((SECONDS - sick_since[$2]))" -ge "$sick_for_seconds" ] || return 0
    # A host that only waits for its database holds what it could not store yet; starting it anew would lose that.
    case $1 in
      api | worker | web) ! answers "$1" "$2" health alive || return 0 ;;
    esac
    step "$1 has been unhealthy for $sick_for_seconds s: restarting it."
    docker restart "$2" >/dev/null || warn "$1 could not be restarted."
    unset "sick_since[$2]"
  else
    unset "sick_since[$2]"
  fi
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Restarts containers that Docker leaves alone: those killed from outside, which Docker takes for a manual stop, and those that run but are
# unhealthy. Containers stopped cleanly (docker stop, ./platform down) stay stopped.

readonly watch_every_seconds=5
readonly unhealthy_for_seconds=60

# watch: runs until stopped, usually as a systemd service.
watch() {
  local service one
  local -A unhealthy_since=()
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
    step "$1 exited with $code: starting it."
    docker start "$2" >/dev/null || warn "$1 could not be started."
  elif [ "$status" = running ] && [ "$health" = unhealthy ]; then
    : "${unhealthy_since[$2]:=$SECONDS}"
    [ "$((SECONDS - unhealthy_since[$2]))" -ge "$unhealthy_for_seconds" ] || return 0
    # A host that is waiting for its database may hold answers that are not stored yet; a restart would lose them.
    case $1 in
      api | worker | web) ! answers "$1" "$2" health alive || return 0 ;;
    esac
    step "$1 has been unhealthy for $unhealthy_for_seconds s: restarting it."
    docker restart "$2" >/dev/null || warn "$1 could not be restarted."
    unset "unhealthy_since[$2]"
  else
    unset "unhealthy_since[$2]"
  fi
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Health checks of an environment, run inside its containers, so that no port and no curl is needed.

readonly healthy_within_seconds=60

# wait_healthy: waits until every host is healthy; prints the log end of those that are not.
wait_healthy() {
  local deadline=$((SECONDS + healthy_within_seconds)) service unhealthy
  while true; do
    unhealthy=()
    for service in "${hosts[@]}"; do
      [ "$(health_of "$service")" = healthy ] || unhealthy+=("$service")
    done
    [ "${#unhealthy[@]}" = 0 ] && return
    if [ "$SECONDS" -ge "$deadline" ]; then
      for service in "${unhealthy[@]}"; do
        warn "$service is $(health_of "$service") after $healthy_within_seconds s. End of its log:"
        compose logs --no-color --no-log-prefix --tail 20 "$service" >&2 || true
      done
      return 1
    fi
    sleep 1
  done
}

# The state of a service: healthy only if each of its containers is. While a host is starting it is asked directly: Docker checks only three times a minute.
health_of() {
  local one all=missing
  for one in $(containers_of "$1"); do
    all=$(docker inspect -f '{{if and .State.Running .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$one" 2>/dev/null) || all=missing
    case $1-$all in
      api-starting | worker-starting | web-starting) ! answers "$1" "$one" health || all=healthy ;;
    esac
    [ "$all" = healthy ] || break
  done
  printf '%s' "$all"
}

# answers SERVICE CONTAINER WORDS...: whether its host's command succeeds within ten seconds.
answers() {
  local host=${1^} one=$2
  shift 2
  timeout 10 docker exec "$one" dotnet "$host.dll" "$@" >/dev/null 2>&1
}

# Beyond health: an authenticated read, and an answer of the offline model with its trace.
smoke() {
  docker exec "$(container api)" dotnet Api.dll smoke
}

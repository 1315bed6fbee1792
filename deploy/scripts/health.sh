# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Whether an environment works: asked inside its containers, so that no port and no curl is needed.

readonly healthy_within_seconds=60

# wait_healthy: until every host is healthy; names those that are not, with the end of their logs.
wait_healthy() {
  local deadline=$((SECONDS + healthy_within_seconds)) service sick
  while true; do
    sick=()
    for service in "${hosts[@]}"; do
      [ "$(health_of "$service")" = healthy ] || sick+=("$service")
    done
    [ "${#sick[@]}" = 0 ] && return
    if [ "$SECONDS" -ge "$deadline" ]; then
      for service in "${sick[@]}"; do
        warn "$service is $(health_of "$service") after $healthy_within_seconds s. The end of its log:"
        compose logs --no-color --no-log-prefix --tail 20 "$service" >&2 || true
      done
      return 1
    fi
    sleep 1
  done
}

# The state of a service: healthy only if each of its containers is. A host is asked itself: the engine looks three times a minute only.
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

# answers SERVICE CONTAINER WORDS...: the command of its host says yes within ten seconds.
answers() {
  local host=${1^} one=$2
  shift 2
  timeout 10 docker exec "$one" dotnet "$host.dll" "$@" >/dev/null 2>&1
}

# Beyond health: an authenticated read, and an answer of the offline model with its trace.
smoke() {
  docker exec "$(container api)" dotnet Api.dll smoke
}

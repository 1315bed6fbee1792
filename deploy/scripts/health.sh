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
        docker logs --tail 20 "$(container "$service")" >&2 2>&1 || true
      done
      return 1
    fi
    sleep 1
  done
}

health_of() {
  local state_of
  state_of=$(docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$(container "$1")" 2>/dev/null) || state_of=missing
  printf '%s' "$state_of"
}

# Beyond health: an authenticated read, and an answer of the offline model with its trace.
smoke() {
  docker exec "$(container api)" dotnet Api.dll smoke
}

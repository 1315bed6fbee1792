# shellcheck shell=bash
# Shows that two environments on one machine know nothing of each other: what should be so, and what must not work.

checked=0 wrong=0

verify_isolation() {
  use_environment staging
  is_running api || fail "staging does not run: the check needs both environments."
  use_environment production
  is_running api || fail "production does not run: the check needs both environments."
  check_what_is_so
  check_what_must_fail
  say "$checked checks, $wrong wrong."
  [ "$wrong" = 0 ]
}

# expect WHAT WANTED GOT
expect() {
  checked=$((checked + 1))
  if [ "$2" = "$3" ]; then
    say "  ok     $1: $3"
  else
    wrong=$((wrong + 1))
    say "  WRONG  $1: $3 instead of $2"
  fi
}

# must_fail WHAT COMMAND...
must_fail() {
  local what=$1
  shift
  checked=$((checked + 1))
  if "$@" >/dev/null 2>&1; then
    wrong=$((wrong + 1))
    say "  WRONG  $what works"
  else
    say "  ok     $what does not work"
  fi
}

check_what_is_so() {
  local name memory
  for name in production:8080:1073741824 staging:8081:536870912; do
    use_environment "${name%%:*}"
    memory=${name##*:}
    expect "$environment: /healthz" '{"status":"ok"}' "$(healthz)"
    expect "$environment: ENVIRONMENT" "$environment" "$(docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' "$(container api)" | grep ^ENVIRONMENT= | cut -d = -f 2)"
    expect "$environment: memory of the Api, bytes" "$memory" "$(docker inspect -f '{{.HostConfig.Memory}}' "$(container api)")"
    expect "$environment: port of the Api" "$(setting "${prefix}_API_PORT")" "$(port_of api 8080)"
    expect "$environment: port of the dashboard" "$(setting "${prefix}_WEB_PORT")" "$(port_of web 8080)"
    expect "$environment: containers of others in its networks" 0 "$(strangers)"
  done
  expect "production: port of the database" none "$(use_environment production && port_of postgres 5432)"
  expect "staging: port of the database" "$(setting STAGING_POSTGRES_PORT)" "$(use_environment staging && port_of postgres 5432)"
}

healthz() { docker exec "$(container api)" dotnet Api.dll get /healthz 2>/dev/null; }

port_of() {
  local port
  port=$(docker port "$(container "$1")" "$2" 2>/dev/null | head -n 1)
  printf '%s' "${port:+${port##*:}}"
  [ -n "$port" ] || printf 'none'
}

strangers() {
  local network name count=0
  for network in $(docker network ls -q --filter "label=com.docker.compose.project=$project"); do
    for name in $(docker network inspect -f '{{range .Containers}}{{.Name}} {{end}}' "$network"); do
      [[ $name == "$project"-* ]] || count=$((count + 1))
    done
  done
  printf '%s' "$count"
}

# From staging's containers: production's names, addresses, database and volumes.
check_what_must_fail() {
  local service address volume
  for service in api web worker postgres redis; do
    must_fail "from staging: the name platform-production-$service-1" \
      docker exec platform-staging-postgres-1 getent hosts "platform-production-$service-1"
    for address in $(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "platform-production-$service-1"); do
      must_fail "from staging: production's $service at $address" reaches platform-staging-postgres-1 "$address" "$(inner_port "$service")"
    done
  done
  must_fail "from staging: production's database" docker exec -e PGCONNECT_TIMEOUT=3 platform-staging-postgres-1 \
    psql --host=platform-production-postgres-1 --username=postgres --command='select 1'
  for volume in $(docker volume ls -q --filter label=com.docker.compose.project=platform-production); do
    must_fail "a container of staging has the volume $volume" mounted_in_staging "$volume"
  done
  must_fail "staging and production have the same database password" \
    cmp --silent "$root/deploy/secrets/staging/postgres-password" "$root/deploy/secrets/production/postgres-password"
}

inner_port() { case $1 in postgres) printf 5432 ;; redis) printf 6379 ;; *) printf 8080 ;; esac; }

reaches() { docker exec "$1" timeout 3 bash -c "exec 3<>/dev/tcp/$2/$3"; }

mounted_in_staging() {
  docker ps -q --filter label=com.docker.compose.project=platform-staging --filter "volume=$1" | grep -q .
}

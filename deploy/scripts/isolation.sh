# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Checks that the two environments on one machine are isolated: settings that must differ, and connections that must fail, tried from inside.

readonly services=(api worker web postgres redis)
checked=0 wrong=0

verify_isolation() {
  local name
  for name in production staging; do
    use_environment "$name"
    if ! is_running api || ! is_running postgres; then
      fail "$name is not running, and the check needs both environments: ./platform up $name."
    fi
  done
  check_each
  check_tables
  check_what_is_shared
  try_from staging production
  try_from production staging
  say "$checked checks, $wrong failed."
  [ "$wrong" = 0 ]
}

# expect WHAT WANTED GOT
expect() {
  checked=$((checked + 1))
  if [ "$2" = "$3" ]; then
    say "  ok     $1: $3"
  else
    wrong=$((wrong + 1))
    say "  FAILED $1: '$3' instead of '$2'"
  fi
}

# must_fail WHAT COMMAND...
must_fail() {
  local what=$1
  shift
  checked=$((checked + 1))
  if "$@" >/dev/null 2>&1; then
    wrong=$((wrong + 1))
    say "  FAILED $what is possible"
  else
    say "  ok     $what is not possible"
  fi
}

check_each() {
  local name
  for name in production staging; do
    use_environment "$name"
    expect "$name: ENVIRONMENT of the Api" "$name" "$(environment_of api)"
    expect "$name: /healthz on port $(setting "${prefix}_API_PORT")" '{"status":"ok"}' "$(healthz)"
    expect "$name: port of the Api" "$(setting "${prefix}_API_PORT")" "$(port_of api 8080)"
    expect "$name: port of the dashboard" "$(setting "${prefix}_WEB_PORT")" "$(port_of web 8080)"
    expect "$name: memory limit of the Api" "$(limit_of_api)" "$(docker inspect -f '{{.HostConfig.Memory}}' "$(container api)")"
    expect "$name: foreign containers in its networks" 0 "$(strangers)"
  done
  use_environment production
  expect "production: port of the database" none "$(port_of postgres 5432)"
  use_environment staging
  expect "staging: port of the database" "$(setting STAGING_POSTGRES_PORT)" "$(port_of postgres 5432)"
}

environment_of() {
  local line
  while IFS= read -r line; do
    [ "${line%%=*}" != ENVIRONMENT ] || printf '%s' "${line#*=}"
  done < <(docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' "$(container "$1")")
}

# Asked at the published port, from the host itself, without curl.
healthz() {
  local bind
  bind=$(setting "${prefix}_BIND")
  [ "$bind" != 0.0.0.0 ] || bind=127.0.0.1
  # The inner shell expands what stands in single quotes.
  # shellcheck disable=SC2016
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && tail -n 1 <&3' \
    "$bind" "$(setting "${prefix}_API_PORT")" 2>/dev/null || printf 'no answer'
}

port_of() {
  local port
  port=$(docker port "$(container "$1")" "$2" 2>/dev/null | head -n 1) || true
  printf '%s' "${port:+${port##*:}}"
  [ -n "$port" ] || printf none
}

# What the compose file says, in bytes.
limit_of_api() {
  local line inside=false
  while read -r line; do
    [ "$line" != limits: ] || inside=true
    if [ "$inside" = true ] && [[ $line =~ ^memory:\ ([0-9]+)([GM])$ ]]; then
      printf '%s' "$((BASH_REMATCH[1] * 1024 * 1024 * ($([ "${BASH_REMATCH[2]}" = G ] && printf 1024 || printf 1))))"
      return
    fi
  done < <(sed -n '/^  api:/,/^  [a-z]/p' "$root/$compose_file")
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

# A table created in one environment must not exist in the other.
check_tables() {
  local table=isolation_check_$$ there
  sql_in staging "create table $table (id int)" >/dev/null || fail "No table can be created in staging's database."
  for there in staging:t production:f; do
    expect "${there%%:*}: a table created in staging exists" "${there##*:}" "$(sql_in "${there%%:*}" "select to_regclass('$table') is not null")"
  done
  sql_in staging "drop table $table" >/dev/null
}

sql_in() {
  docker exec "platform-$1-postgres-1" psql --username=platform_owner --dbname=platformdb --no-align --tuples-only --quiet --command="$2"
}

# Volumes, writable folders, networks and secrets. The bots' folder may be shared: it is read-only.
check_what_is_shared() {
  local secret name
  expect "shared volumes and writable folders" none "$(in_both mounts_of)"
  expect "shared networks" none "$(in_both networks_of)"
  for secret in "$root"/deploy/secrets/production/*; do
    name=${secret##*/}
    # Keys of model providers may be equal; secrets that protect data may not.
    case $name in
      api-key | auth-token | jwt-secret | discord-token | dashboard-token | otlp-api-key | *-password | *-connection) ;;
      *) continue ;;
    esac
    # One that an earlier version left behind is in one environment only.
    if [ ! -s "$secret" ] || [ ! -e "$root/deploy/secrets/staging/$name" ]; then
      continue
    fi
    if [ ! -r "$secret" ] || [ ! -r "$root/deploy/secrets/staging/$name" ]; then
      expect "$name of both environments can be compared" readable unreadable
      continue
    fi
    must_fail "an equal $name in production and staging" cmp --silent -- "$secret" "$root/deploy/secrets/staging/$name"
  done
}

in_both() {
  local both one other
  one=$("$1" production) || one=''
  other=$("$1" staging) || other=''
  if [ -z "$one" ] || [ -z "$other" ]; then
    printf 'not readable'
    return
  fi
  both=$(comm -12 <(printf '%s\n' "$one") <(printf '%s\n' "$other"))
  printf '%s' "${both:-none}"
}

mounts_of() {
  local service
  for service in "${services[@]}"; do
    docker inspect -f '{{range .Mounts}}{{if .RW}}{{println .Source}}{{end}}{{end}}' "platform-$1-$service-1" || return 1
  done | sed '/^$/d' | sort -u
}

networks_of() {
  local service
  for service in "${services[@]}"; do
    docker inspect -f '{{range .NetworkSettings.Networks}}{{println .NetworkID}}{{end}}' "platform-$1-$service-1" || return 1
  done | sed '/^$/d' | sort -u
}

# try_from HERE THERE: connects from containers of one environment to names, addresses and the database of the other.
try_from() {
  local here=$1 there=$2 from service address target targets=() reached port
  port=$(use_environment "$there" && setting "${prefix}_API_PORT")
  for service in "${services[@]}"; do
    targets+=("platform-$there-$service-1")
    for address in $(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "platform-$there-$service-1"); do
      targets+=("$address:$(inner_port "$service")")
    done
  done
  # The host's own addresses, as the containers see them: published ports are bound to 127.0.0.1, which those are not.
  for address in $(docker network ls -q --filter "label=com.docker.compose.project=platform-$here" | xargs docker network inspect -f '{{range .IPAM.Config}}{{.Gateway}} {{end}}'); do
    targets+=("$address:$port")
  done
  for from in api postgres; do
    # Control: the environment's own database must be reachable.
    reached=$(reached_from "platform-$here-$from-1" postgres:5432 "${targets[@]}")
    expect "$here $from to its own database" postgres:5432 "$(grep -x postgres:5432 <<<"$reached")"
    for target in "${targets[@]}"; do
      must_fail "a connection from $here $from to $there $target" grep -qxF -- "$target" <<<"$reached"
    done
  done
  # The service name resolves to the own database, which must refuse the other environment's password.
  [ -s "$root/deploy/secrets/$there/postgres-password" ] || fail "The password of $there's database cannot be read: run this as the user that deploys."
  PGPASSWORD=$(<"$root/deploy/secrets/$there/postgres-password") must_fail "a login to $here's database with $there's password" \
    docker exec -e PGCONNECT_TIMEOUT=3 -e PGPASSWORD "platform-$here-postgres-1" psql --host=postgres --username=postgres --command='select 1'
}

inner_port() { case $1 in postgres) printf 5432 ;; redis) printf 6379 ;; *) printf 8080 ;; esac; }

# reached_from CONTAINER TARGET...: the reachable ones among names and ADDRESS:PORTs, tried in parallel in the container's network, by the Worker's image,
# since that of the Api has no shell.
reached_from() {
  # The shell inside expands what stands in single quotes.
  # shellcheck disable=SC2016
  docker run --rm --network "container:$1" --entrypoint bash "$(docker inspect -f '{{.Config.Image}}' platform-production-worker-1)" -c 'for target in "$@"; do
    {
      case $target in
        *:*) timeout 3 bash -c "exec 3<>/dev/tcp/${target%:*}/${target##*:}" ;;
        *) timeout 6 getent hosts "$target" ;;
      esac >/dev/null 2>&1 && printf "%s\n" "$target"
    } &
  done; wait' "$@" || true
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Aspire's dashboard, an optional service: traces, logs and metrics of the hosts.

readonly dashboard_within_seconds=60

# dashboard [on|off]: recreates the hosts, since they read the telemetry address at start.
dashboard() {
  local version
  case ${1:-} in
    on | off) ;;
    '') say_where && return ;;
    *) fail "./platform dashboard takes on, off or nothing, not '$1'." ;;
  esac
  lock
  [ ! -e "$state/journal" ] || fail "A deployment was interrupted: run ./platform deploy $environment first."
  version=$(deployed_version)
  [ -n "$version" ] || fail "$environment is not running: ./platform up $environment, or deploy it."
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$version")
  # grep reads to the end: compose would fail at a closed pipe.
  compose --profile dashboard config --services | grep -x dashboard >/dev/null || fail "$version does not include Aspire's dashboard: deploy a newer version first."
  confirm_production "This restarts Api, Worker and Web of production."
  end_orphans
  set_setting "${prefix}_DASHBOARD" "$1"
  make_needs
  if ! start_hosts "$version" || ! start_rest "$version" || ! wait_healthy; then
    fail "Not every service started: ./platform logs $environment"
  fi
  [ "$1" = off ] || wait_for_dashboard \
    || fail "Aspire's dashboard does not answer after $dashboard_within_seconds s: ./platform logs $environment dashboard"
  say_where
}

say_where() {
  if is_dashboard_on; then
    say "Aspire's dashboard of $environment: http://127.0.0.1:$(setting "${prefix}_DASHBOARD_PORT")/login?t=$(<"$secrets/dashboard-token")"
  else
    say "Aspire's dashboard of $environment is off. Start it: ./platform dashboard $environment on"
  fi
}

remove_dashboard() {
  ! docker inspect "$(container dashboard)" >/dev/null 2>&1 || docker rm --force "$(container dashboard)" >/dev/null
}

# Its image has no program for a health check from inside.
wait_for_dashboard() {
  local deadline=$((SECONDS + dashboard_within_seconds))
  until dashboard_answers; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 1
  done
}

dashboard_answers() {
  # The inner shell expands what stands in single quotes.
  # shellcheck disable=SC2016
  timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET /login HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && read -r line <&3 && [[ $line == HTTP/*" 200 "* ]]' \
    "$(setting "${prefix}_DASHBOARD_PORT")" 2>/dev/null
}

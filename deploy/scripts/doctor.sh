# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Diagnosis, and cleanup when the disk is full.

doctor() {
  local service restarts
  findings=()
  check_engine
  check_env_file
  check_settings
  check_disk
  check_ports
  check_tokens
  check_keys
  if [ -z "$(deployed_version)" ] && ! is_running postgres; then
    say "$environment is not deployed yet: its services and backups are not checked."
    report_findings
    return
  fi
  for service in "${hosts[@]}" postgres redis $(! is_dashboard_on || printf dashboard); do
    case $(health_of "$service") in
      healthy | running) ;;
      missing) finding "$service has no container: ./platform up $environment." ;;
      *) finding "$service is $(health_of "$service"): ./platform logs $environment $service." ;;
    esac
    restarts=$(docker inspect -f '{{.RestartCount}}' "$(container "$service")" 2>/dev/null) || restarts=0
    [ "$restarts" -lt 3 ] || finding "$service was restarted $restarts times: ./platform logs $environment $service."
    [ "$(docker inspect -f '{{.State.OOMKilled}}' "$(container "$service")" 2>/dev/null)" != true ] \
      || finding "$service ran out of memory: raise its limit in deploy/profiles, or set ${prefix}_COMPOSE_FILE to a larger variant of deploy/compose."
  done
  [ ! -e "$state/journal" ] || finding "A deployment was interrupted: run ./platform deploy $environment."
  [ -n "$(list_backups)" ] || finding "There is no backup in $(backups_folder): ./platform backup $environment."
  report_findings
}

report_findings() {
  if [ "${#findings[@]}" = 0 ]; then
    say "No problems found in $environment."
  else
    printf '%s\n' "${findings[@]}"
    return 1
  fi
}

cleanup() {
  lock
  end_orphans
  prune_images
  prune_backups
  docker image prune --force --filter "label=platform.product" >/dev/null
  docker builder prune --force >/dev/null 2>&1 || true
  say "Kept: the newest $kept_versions versions and deployment backups of $environment. Data and volumes are unchanged."
}

#!/usr/bin/env bash
# Starts the platform on a server: checks the machine (Docker, disk, ports), builds missing images, and returns when all services are healthy.
# Safe to repeat. To try the platform on your own machine, use ./run.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=deploy/scripts/common.sh
source "$root/deploy/scripts/common.sh"

main() {
  case ${1:-} in
    -h | --help)
      say 'Usage: ./start.sh [production|staging] [--yes]     default: production; --yes skips the confirmation'
      return
      ;;
  esac
  local name=production
  case ${1:-} in
    '' | -*) ;;
    *) name=$1 && shift ;;
  esac
  use_environment "$name"
  "$root/platform" deploy "$environment" "$@"
  say ''
  say "Dashboard: http://$(address WEB_PORT)    sign in with the key in deploy/secrets/$environment/api-key"
  say "Api:       http://$(address API_PORT)"
  has_model_key || say 'No model key is set, so bots answer with the offline model. Put one into deploy/secrets/'"$environment"'/, for example openai-api-key, then: ./platform restart '"$environment"
}

# address PORT_SETTING: as a browser on this machine reaches it.
address() {
  local bind
  bind=$(setting "${prefix}_BIND")
  case $bind in
    '' | 127.0.0.1 | 0.0.0.0) bind=localhost ;;
  esac
  printf '%s:%s' "$bind" "$(setting "${prefix}_$1")"
}

has_model_key() {
  local key
  for key in "$secrets"/{anthropic,openai,openrouter}-api-key; do
    [ ! -s "$key" ] || return 0
  done
  return 1
}

main "$@"

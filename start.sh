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
      say 'Usage: ./start.sh [production|staging] [--yes]     default: production; --yes skips the confirmation

Builds and starts the platform on this server with Docker; the same as ./platform deploy.'
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
  has_model_provider || say "No model provider is configured, so answers fail, except of bots whose model is 'rehearsal', the offline one. Put in a key: install -m 0600 /dev/stdin deploy/secrets/$environment/openai-api-key (paste it, Enter, then Ctrl-D), then ./platform restart $environment"
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

# A key as a secret or in .env.ENVIRONMENT, or an address in shared.yaml. Anthropic's key alone is not enough: its own API is not supported yet.
has_model_provider() {
  local file config
  for file in "$secrets"/{openai,openrouter}-api-key; do
    [ ! -s "$file" ] || return 0
  done
  config=$(setting "${prefix}_CONFIG_DIR")
  [[ $config = /* ]] || config=$root/$config
  grep -sE '^[A-Z0-9_]+_API_(KEY|KEY_FILE|BASE)=.' "$root/.env.$environment" | grep -v '^ANTHROPIC_' >/dev/null \
    || grep -siE '^ +(api_?base|base_?url): *[^ #]' "$config/shared.yaml" | grep -v 'openrouter\.ai' >/dev/null
}

main "$@"

#!/usr/bin/env bash
# Gets the newest version and deploys it: git pull, backup, build, switch, health check, and back by itself if that fails.
# Ends with another code than 0 when the new version does not run.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

# Read as a whole before git puts another file in its place.
main() {
  case ${1:-} in
    -h | --help)
      printf 'Usage: ./update.sh [production|staging] [--yes]     production is the default; --yes asks nothing, for a timer\n'
      return
      ;;
  esac
  local environment=production
  case ${1:-} in
    '' | -*) ;;
    *) environment=$1 && shift ;;
  esac
  ./platform update "$environment" "$@"
  ./platform ps "$environment"
}

main "$@"
exit

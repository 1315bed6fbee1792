#!/usr/bin/env bash
# Updates to the newest version: git pull, backup, build, switch, health check; rolls back automatically on failure.
# The exit code is 0 only when the new version runs.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

# A function, so that bash has read the file completely before git replaces it.
main() {
  case ${1:-} in
    -h | --help)
      printf '%s\n\n%s\n' 'Usage: ./update.sh [production|staging] [--yes]     default: production; --yes skips the confirmation' 'Gets the newest version with git and deploys it; rolls back automatically on failure. The same as ./platform update.'
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

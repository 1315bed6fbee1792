# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Creates the secrets and folders that services require, as listed in deploy/needs/ENVIRONMENT.tsv.

readonly letters='A-Za-z0-9'

# Creates missing secrets and folders; fails with the names of secrets that only the operator can provide.
make_needs() {
  local kind name how argument user group missing=()
  mkdir -p -- "$secrets"
  chmod 0711 -- "$secrets"
  check_passwords
  while IFS=$'\t' read -r kind name how argument user group; do
    case $kind in
      '' | '#'*) ;;
      secret) make_secret "$name" "$how" "$argument" "$(id_of "$group")" || missing+=("$name") ;;
      folder) make_folder "$(folder_of "$name")" "$how" "$(id_of "$user")" "$(id_of "$group")" ;;
      *) fail "deploy/needs/$environment.tsv has an unknown kind of line: $kind" ;;
    esac
  done <"$root/deploy/needs/$environment.tsv"
  [ "${#missing[@]}" = 0 ] || fail "Missing secrets: ${missing[*]}. Put each into a file of deploy/secrets/$environment/, for example
  printf '%s' 'VALUE' > deploy/secrets/$environment/${missing[0]}"
}

# They become part of connection strings and of SQL. Checked before a service is restarted with them.
check_passwords() {
  local file
  for file in "$secrets"/postgres-*-password; do
    if [ -s "$file" ] && [ -r "$file" ] && grep -q '[^A-Za-z0-9_.~-]' -- "$file"; then
      fail "The secret deploy/secrets/$environment/${file##*/} may hold letters, digits and - _ . ~ only."
    fi
  done
}

# id_of NUMBER|NAME:DEFAULT: the number, or the setting of .env.
id_of() {
  case $1 in
    *:*)
      local value
      value=$(setting "${1%%:*}")
      printf '%s' "${value:-${1#*:}}"
      ;;
    *) printf '%s' "$1" ;;
  esac
}

folder_of() {
  local value
  value=$(setting "${1%%:*}")
  value=${value:-${1#*:}}
  case $value in
    /*) printf '%s' "$value" ;;
    *) printf '%s/%s' "$root" "${value#./}" ;;
  esac
}

# make_secret NAME HOW ARGUMENT GROUP; fails when the operator must provide it.
make_secret() {
  local file=$secrets/$1 text part
  case $2 in
    generate) [ -s "$file" ] || write_secret "$file" "$(random_text "$3")" ;;
    optional) [ -e "$file" ] || write_secret "$file" '' ;;
    given) [ -s "$file" ] || return 1 ;;
    render)
      text=$3
      while [[ $text =~ \{([a-z0-9-]+)\} ]]; do
        part=$(<"$secrets/${BASH_REMATCH[1]}")
        text=${text//"{${BASH_REMATCH[1]}}"/"$part"}
      done
      if [ ! -e "$file" ] || [ "$(<"$file")" != "$text" ]; then
        write_secret "$file" "$text"
      fi
      ;;
    *) fail "deploy/needs/$environment.tsv has an unknown way to make the secret $1: $2" ;;
  esac
  protect "$file" "$4"
}

# Never readable by other users, not even while it is being written.
write_secret() {
  local temporary
  temporary=$(mktemp -- "$1.XXXXXX")
  printf '%s' "$2" >"$temporary"
  mv -f -- "$temporary" "$1"
}

protect() {
  chmod 0440 -- "$1"
  [ "$2" = - ] || chgrp -- "$2" "$1" 2>/dev/null || warn "$1 must belong to the group $2 so that its service can read it: sudo chgrp $2 $1"
}

random_text() {
  local text=''
  while [ "${#text}" -lt "$1" ]; do
    text+=$(head -c 256 /dev/urandom | tr -dc "$letters")
  done
  printf '%s' "${text:0:$1}"
}

# make_folder PATH read|write USER GROUP: one that a service writes to, such as that of backups, is open to that service only.
make_folder() {
  [ -d "$1" ] || mkdir -p -- "$1"
  # A folder elsewhere may be shared on purpose.
  case "$2 $1" in "write $root/"*) chmod 0700 -- "$1" 2>/dev/null || true ;; esac
  [ "$2" = read ] || chown -- "$3:$4" "$1" 2>/dev/null || [ "$(stat -c %u:%g -- "$1")" = "$3:$4" ] \
    || warn "$1 must belong to $3:$4 so that its service can write there: sudo chown $3:$4 $1"
}

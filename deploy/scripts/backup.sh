# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Backups of the database. The worker makes, verifies and restores them; its image has the tools.

# make_backup VERSION CAUSE: prints the file, as the worker sees it.
make_backup() {
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$1")
  compose_as "$1" run --rm --no-deps --no-TTY worker backup --cause "$2"
}

# put_back VERSION FILE: replaces the database. Afterwards the roles again: the index check needs an extension, which the new database lacks.
put_back() {
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$1")
  compose_as "$1" run --rm --no-deps --no-TTY "$(restoring_service)" restore "$2" --yes && make_roles
}

backup() {
  lock
  end_orphans
  is_running postgres || fail "The database of $environment is not running: ./platform up $environment."
  local made
  made=$(make_backup "$(deployed_version)" manual) || fail "The backup failed."
  say "Created $made"
}

# restore FILE: works on an empty machine too, and cleans up after an interrupted deployment.
restore() {
  local version was_running=false file=${1:-} COMPOSE_OF
  file=${file##*/}
  [[ ${1:-} != */* || $(realpath -m -- "${1%/*}") = "$(realpath -m -- "$(backups_folder)")" ]] ||
    fail "Backups are restored from $(backups_folder): copy $file and its .json there first."
  [ -n "$file" ] || fail "Which backup? Backups:
$(list_backups)"
  has_backup "$file" || fail "There is no $file in $(backups_folder); a backup is a .dump and a .json of the same name. Backups:
$(list_backups)"
  lock
  preflight
  make_needs
  # After a deployment that was interrupted: what ran before it.
  version=$(noted old)
  has_images "$version" || version=$(version_before_this)
  if [ -z "$version" ]; then
    version=$(version_of_source)
    has_images "$version" || build_images "$version" || fail "The build failed; nothing was changed."
  fi
  COMPOSE_OF=$(files_of "$version")
  confirm "This replaces all data of $environment with $file."
  end_orphans
  ! is_running api || was_running=true
  start_databases "$version" || fail "The databases did not start; nothing was changed. ./platform logs $environment postgres"
  compose_as "$version" stop "${hosts[@]}" >/dev/null
  if ! put_back "$version" "/backups/$file"; then
    [ "$was_running" = false ] || start_hosts "$version"
    fail "The restore failed; the data is unchanged."
  fi
  forget_journal
  can_read_schema "$version" || fail "The data is restored, but $version cannot read its schema, which requires $(database_readable_since). Deploy that version or a newer one."
  compose_as "$version" run --rm --no-deps migrate || fail "The data is restored, but migrating it to $version failed; no other service was started."
  start_hosts "$version" && start_rest "$version"
  wait_healthy || fail "The data is restored, but not every service is healthy."
  [ "$(newest_release)" = "$version" ] || remember_release "$version"
  set_setting "${prefix}_VERSION" "$version"
  step "$environment is restored from $file."
}

# has_backup FILE: whether the dump and its manifest exist.
has_backup() {
  local file=${1##*/}
  [ -e "$(backups_folder)/$file" ] && [ -e "$(backups_folder)/${file%.dump}.json" ]
}

drill() {
  lock
  end_orphans
  compose_as "$(deployed_version)" run --rm --no-deps --no-TTY worker drill
}

backups_folder() { folder_of "${prefix}_BACKUPS_DIR:./backups/$environment"; }

list_backups() {
  local file
  for file in "$(backups_folder)"/platform-*.dump; do
    [ -e "$file" ] && printf '  %s  %s\n' "${file##*/}" "$(du -h -- "$file" | cut -f 1)"
  done
}

# Keeps the newest deployment backups, and those that a rollback of the newest versions needs.
prune_backups() {
  local file files=() needed
  needed=$(tail -n "$kept_versions" -- "$state/releases" 2>/dev/null) || true
  for file in "$(backups_folder)"/platform-*-deploy.dump; do
    [ ! -e "$file" ] || [[ $needed == *"${file##*/}"* ]] || files+=("$file")
  done
  while [ "${#files[@]}" -gt "$kept_versions" ]; do
    rm -f -- "${files[0]}" "${files[0]%.dump}.json"
    files=("${files[@]:1}")
  done
}

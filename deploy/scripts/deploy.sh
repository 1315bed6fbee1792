# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# A version takes the place of another. What was done so far stands in a journal, so that an interrupted run is undone by the next one.

# deploy [VERSION]: builds the files of this folder, or takes images that are there, and goes back by itself when anything fails.
deploy() {
  local version=${1:-} old backup=''
  lock
  preflight
  make_needs
  recover
  confirm_production
  old=$(deployed_version)
  version=${version:-$(version_of_source)}
  say "Deploying $version to $environment${old:+, which runs $old}."
  if has_images "$version"; then
    step "The images of $version are there."
  else
    step "Building $version."
    build_images "$version" || fail "The build failed; nothing was changed."
  fi
  note phase=databases old="$old" new="$version" backup=
  step "Starting the databases."
  compose_as "$version" up --detach --no-build --wait postgres redis || undo "the databases did not start"
  if [ -n "$old" ]; then
    step "Making a backup."
    backup=$(make_backup "$version" deploy) || undo "the backup failed"
    say "          $backup"
  fi
  note phase=migrate old="$old" new="$version" backup="$backup"
  step "Migrating."
  compose_as "$version" run --rm --no-deps migrate || undo "the migration failed"
  note phase=switch old="$old" new="$version" backup="$backup"
  step "Switching over."
  local began=$SECONDS
  start_hosts "$version" || undo "the containers did not start"
  wait_healthy || undo "not every service became healthy"
  step "Healthy after $((SECONDS - began)) s. Trying it."
  smoke || undo "the trial failed"
  compose_as "$version" up --detach --no-build --remove-orphans || undo "what belongs to it did not start"
  set_setting "${prefix}_VERSION" "$version"
  remember_release "$version"
  forget_journal
  prune_images
  step "$environment runs $version."
}

# All at once: compose would wait for one after the other, and for a sick one longer than people do.
start_hosts() {
  local host
  for host in "${hosts[@]}"; do
    compose_as "$1" up --detach --no-build --no-deps "$host" || return 1
  done
}

confirm_production() {
  [ "$environment" != production ] || confirm "This changes production."
}

# note NAME=VALUE...: the journal, as a whole or not at all.
note() {
  printf '%s\n' "$@" >"$state/journal.new"
  mv -f -- "$state/journal.new" "$state/journal"
}

noted() { last_value "$1" "$state/journal"; }

forget_journal() { rm -f -- "$state/journal"; }

# A run that was killed left its journal: what it began is undone first.
recover() {
  [ -e "$state/journal" ] || return 0
  say "An earlier deployment of $(noted new) was interrupted while it was at '$(noted phase)'."
  go_back
}

# undo REASON: back to what ran before, and out.
undo() {
  warn "$(date -u +%H:%M:%S)  Not deployed: $1."
  go_back
  exit 1
}

# Back to the version before, as the journal says; its data too, if it cannot read what the new one made of it.
go_back() {
  local old new backup since
  old=$(noted old) new=$(noted new) backup=$(noted backup)
  if [ -z "$old" ]; then
    step "Nothing ran before: stopping what was begun."
    compose_as "$new" stop "${hosts[@]}" >/dev/null 2>&1 || true
    forget_journal
    return
  fi
  since=$(database_readable_since)
  if [ -n "$backup" ] && [ -n "$since" ] && ! is_at_least "$(label_of "$old" version)" "$since"; then
    step "$old cannot read the new schema: putting back the data of before."
    compose_as "$new" stop "${hosts[@]}" >/dev/null
    put_back "$old" "$backup"
  fi
  step "Going back to $old."
  COMPOSE_OF=$(files_of "$old") start_hosts "$old"
  wait_healthy || fail "$old is not healthy either. Look at ./platform logs $environment; the last backup is $backup."
  forget_journal
  step "$environment runs $old again."
}

files_of() { [ -e "$state/$1.yml" ] && printf '%s' "$state/$1.yml" || printf '%s' "$root/$compose_file"; }

# The version that the schema asks for; nothing when the database does not say.
database_readable_since() {
  docker exec "$(container postgres)" psql --username=postgres --dbname=platformdb --no-align --tuples-only \
    --command='select readable_since from schema_state' 2>/dev/null || true
}

# rollback [VERSION] [--with-data]
rollback() {
  local version=${1:-} old since
  lock
  preflight
  recover
  old=$(deployed_version)
  if [ -z "$version" ]; then
    for version in $(releases); do
      [ "$version" = "$old" ] || break
      version=''
    done
  fi
  [ -n "$version" ] || fail "There is no earlier version of $environment to go back to."
  has_images "$version" || fail "The images of $version are gone. There are: $(releases | tr '\n' ' ')"
  since=$(database_readable_since)
  if [ "${with_data:-false}" != true ] && [ -n "$since" ] && ! is_at_least "$(label_of "$version" version)" "$since"; then
    fail "$version cannot read the schema, which asks for $since. Say --with-data to put back the data of its time as well; what came since is lost."
  fi
  confirm_production
  say "Going back from $old to $version$([ "${with_data:-false}" != true ] || printf ', with the data of before')."
  note phase=rollback old="$old" new="$version" backup=
  if [ "${with_data:-false}" = true ]; then
    local backup
    backup=$(backup_before "$old") || fail "There is no backup from before $old."
    make_backup "$old" manual >/dev/null || undo "the backup of now failed"
    compose stop "${hosts[@]}" >/dev/null
    put_back "$version" "$backup"
  fi
  COMPOSE_OF=$(files_of "$version") start_hosts "$version" || undo "the containers did not start"
  wait_healthy || undo "not every service became healthy"
  set_setting "${prefix}_VERSION" "$version"
  remember_release "$version"
  forget_journal
  step "$environment runs $version."
}

# update: what is newest, if nothing was changed here.
update() {
  [ -z "$(git -C "$root" status --porcelain)" ] || fail "There are local changes: commit or discard them first (git status)."
  git -C "$root" pull --ff-only || fail "The branch cannot be brought forward: it went another way than its origin."
  deploy ""
}

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# A version takes the place of another. What was done so far stands in a journal, so that an interrupted run is ended by the next one.

readonly something_new=10

# deploy [VERSION]: builds the files of this folder, or takes images that are there, and goes back by itself when anything fails.
deploy() {
  local version old backup=''
  lock
  confirm_production "This changes production."
  recover
  preflight
  version=$(version_to_deploy "${1:-}") || exit 1
  make_needs
  old=$(version_before_this)
  say "Deploying $version to $environment${old:+, which runs $old}."
  if has_images "$version"; then
    step "The images of $version are there."
  else
    step "Building $version."
    build_images "$version" || fail "The build failed; nothing was changed."
  fi
  note phase=databases old="$old" new="$version" backup=
  step "Starting the databases."
  start_databases "$version" || undo "the databases did not start"
  if has_schema; then
    can_read_schema "$version" || undo "$version cannot read the schema, which asks for $(database_readable_since). Deploy a newer one, or ./platform rollback $environment $version --with-data"
    step "Making a backup."
    backup=$(make_backup "${old:-$version}" deploy) || undo "the backup failed"
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
  start_rest "$version" || undo "what belongs to it did not start"
  note phase=accepted old="$old" new="$version" backup="$backup"
  accept
  step "$environment runs $version."
}

# version_to_deploy [VERSION]: what is asked for must be there; what lies in this folder can be built.
version_to_deploy() {
  local version
  if [ -z "$1" ]; then
    version_of_source
    return
  fi
  version=$(own_version "$1") || return 1
  has_images "$version" || fail "There are no images of $1. There are: $(versions_here). Without a version, what lies in this folder is built."
  printf '%s' "$version"
}

# What runs, or ran last: containers that were taken down are no reason to forget what they were.
version_before_this() {
  local version
  version=$(deployed_version)
  if [ -z "$version" ]; then
    version=$(newest_release)
    has_images "$version" || version=''
  fi
  printf '%s' "$version"
}

# The new version works: it is what runs from now on.
accept() {
  local version COMPOSE_OF=''
  version=$(noted new)
  [ "$(noted how)" != back ] || COMPOSE_OF=$(files_of "$version")
  set_setting "${prefix}_VERSION" "$version"
  remember_release "$version" "$(noted backup)" "$(noted how)"
  forget_journal
  prune_images
  prune_backups
}

# All at once: compose would wait for one after the other, and for a sick one longer than people do.
start_hosts() {
  local host
  for host in "${hosts[@]}"; do
    compose_as "$1" up --detach --no-build --no-deps "$host" || return 1
  done
}

# What else the compose file has, such as Caddy, and away with what it no longer has. Without dependencies here too: compose takes a service that
# was started without them for another one when it is started with them, and would start it anew.
start_rest() {
  local service rest=()
  for service in $(compose_as "$1" config --services); do
    case " ${hosts[*]} migrate " in
      *" $service "*) ;;
      *) rest+=("$service") ;;
    esac
  done
  compose_as "$1" up --detach --no-build --no-deps --remove-orphans "${rest[@]}" || return 1
  is_dashboard_on || remove_dashboard
  # git puts a new file in the place of the old one, which a running container goes on with.
  if is_running caddy && ! docker exec "$(container caddy)" cat /etc/caddy/Caddyfile | cmp --silent -- - "$root/deploy/Caddyfile"; then
    docker restart "$(container caddy)" >/dev/null
  fi
}

confirm_production() {
  [ "$environment" != production ] || confirm "$1"
}

# note NAME=VALUE...: the journal, as a whole or not at all, also when the power goes.
note() {
  printf '%s\n' "$@" >"$state/journal.new"
  sync -- "$state/journal.new"
  mv -f -- "$state/journal.new" "$state/journal"
}

noted() { last_value "$1" "$state/journal" || true; }

forget_journal() { rm -f -- "$state/journal"; }

# A run that was killed left its journal: what it began is ended first. A version that works by now stays, since people may have used it;
# otherwise the one before comes back.
recover() {
  local phase new
  [ -e "$state/journal" ] || return 0
  phase=$(noted phase) new=$(noted new)
  if [ -z "$phase" ]; then
    warn "The journal of an earlier deployment cannot be read. What runs is left as it is."
    forget_journal
    return
  fi
  docker info >/dev/null 2>&1 || fail "The Docker engine does not answer: start it, or add this user to the group docker."
  say "An earlier deployment of $new was interrupted while it was at '$phase'."
  case $phase in
    accepted)
      accept
      step "It had worked: $environment runs $new."
      ;;
    switch | rollback)
      if runs_wholly "$new" && wait_healthy 2>/dev/null && smoke; then
        accept
        step "It works: $environment runs $new."
      else
        keep_present_data "$new"
        go_back || warn "Going on all the same."
      fi
      ;;
    *) go_back || warn "Going on all the same." ;;
  esac
}

# Nobody knows how long ago the run was killed: before data are put back, what was said since is kept beside them.
keep_present_data() {
  local kept
  if [ -n "$(noted backup)" ] && needs_data_of_before "$(noted old)"; then
    kept=$(make_backup "$1" manual) || confirm "The data as they are could not be backed up, and the ones of before will take their place."
    say "The data as they were until now: ${kept:-not kept}"
  fi
}

# undo REASON: back to what ran before, and out.
undo() {
  warn "$(date -u +%H:%M:%S)  Not deployed: $1."
  go_back || true
  exit 1
}

# Back to the version before, as the journal says; its data too, if it cannot read what the new one made of it. Fails when that does not work either.
go_back() {
  local old new backup
  old=$(noted old) new=$(noted new) backup=$(noted backup)
  if [ -z "$old" ]; then
    step "Nothing ran before: taking down what was begun. Data stay."
    compose_as "$new" rm --stop --force "${hosts[@]}" >/dev/null 2>&1 || true
    forget_journal
    return
  fi
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$old")
  start_databases "$old" || warn "The databases do not start: ./platform logs $environment postgres"
  if [ -n "$backup" ] && needs_data_of_before "$old"; then
    step "Putting back the data of before, from $backup."
    compose_as "$new" stop "${hosts[@]}" >/dev/null 2>&1 || true
    if ! put_back "$old" "$backup"; then
      warn "The data could not be put back. Try ./platform restore $environment ${backup##*/}"
      return 1
    fi
    note phase=back old="$old" new="$new" backup=
  fi
  step "Going back to $old."
  if ! start_hosts "$old" || ! wait_healthy; then
    warn "$old is not healthy either: ./platform logs $environment. The last backup is ${backup:-none}."
    return 1
  fi
  forget_journal
  step "$environment runs $old again."
}

# Whether they were replaced on purpose, or a migration made of them what VERSION cannot read.
needs_data_of_before() {
  local since
  [ "$(noted data)" != replaced ] || return 0
  # Where the database does not answer, nobody knows, and data are left alone.
  since=$(database_readable_since) || return 1
  [ -n "$since" ] && ! is_at_least "$(label_of "$1" version)" "$since"
}

# can_read_schema VERSION: not if nobody can say.
can_read_schema() {
  local since
  since=$(database_readable_since) || return 1
  [ -n "$since" ] && is_at_least "$(label_of "$1" version)" "$since"
}

# A database that was never migrated has none.
has_schema() { [ "$(query "select to_regclass('schema_state') is not null")" != f ]; }

# The version that the schema asks for.
database_readable_since() { query 'select readable_since from schema_state'; }

query() {
  docker exec "$(container postgres)" psql --username=postgres --dbname=platformdb --no-align --tuples-only --quiet --command="$1" 2>/dev/null
}

start_databases() { compose_as "$1" up --detach --no-build --wait postgres redis; }

# The hosts of a version, as its own compose file says.
start_version() {
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$1")
  start_hosts "$1"
}

files_of() { [ -e "$state/$1.yml" ] && printf '%s' "$state/$1.yml" || printf '%s' "$root/$compose_file"; }

# rollback [VERSION] [--with-data]
rollback() {
  local version=${1:-} old backup='' now=''
  lock
  confirm_production "This changes production."
  recover
  old=$(version_before_this)
  version=${version:-$(version_under "$old")}
  [ -n "$version" ] || fail "There is no earlier version of $environment to go back to."
  has_images "$version" || fail "The images of $version are gone. There are: $(versions_here)"
  start_databases "$version" || fail "The databases do not start; nothing was changed. ./platform logs $environment postgres"
  if [ "$with_data" = true ]; then
    backup=$(backup_of "$version") || fail "There is no backup from when $version was left. Without --with-data the data stay as they are."
    has_backup "$backup" || fail "The backup from when $version was left, ${backup##*/}, is gone. Without --with-data the data stay as they are."
    confirm "This replaces all data of $environment by those of ${backup##*/}; those of now are backed up first."
  elif ! can_read_schema "$version"; then
    fail "$version cannot read the schema, which asks for $(database_readable_since). Say --with-data to put back the data of its time as well; what came since is lost."
  fi
  say "Going back from $old to $version${backup:+, with the data of ${backup##*/}}."
  if [ -n "$backup" ]; then
    step "Making a backup of now."
    now=$(make_backup "$old" manual) || fail "The backup of now failed; nothing was changed."
    say "          $now"
    note phase=rollback old="$old" new="$version" backup="$now" data=replaced how=back
    compose stop "${hosts[@]}" >/dev/null
    if ! put_back "$version" "$backup"; then
      # It takes the place of the present data as a whole or not at all.
      note phase=rollback old="$old" new="$version" backup= how=back
      undo "the data of before could not be put back"
    fi
  else
    note phase=rollback old="$old" new="$version" backup= how=back
  fi
  start_version "$version" || undo "the containers did not start"
  wait_healthy || undo "not every service became healthy"
  smoke || undo "the trial failed"
  note phase=accepted old="$old" new="$version" backup="$now" how=back
  accept
  step "$environment runs $version."
}

# up: what was stopped, as it was.
up() {
  local version
  lock
  [ ! -e "$state/journal" ] || fail "A deployment was interrupted: ./platform deploy $environment ends it first."
  make_needs
  version=$(version_before_this)
  has_images "$version" || fail "There are no images of $environment yet: ./platform deploy $environment."
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$version")
  start_databases "$version" || fail "The databases do not start: ./platform logs $environment postgres"
  ! has_schema || can_read_schema "$version" || fail "$version cannot read the schema, which asks for $(database_readable_since): ./platform deploy $environment, or rollback --with-data."
  compose_as "$version" run --rm --no-deps migrate && start_hosts "$version" && start_rest "$version" && wait_healthy
}

down() {
  lock
  compose down
}

# update [--check]: what is newest, if nothing was changed here. --check only says what that is. Bots and what they share (config/) may differ.
update() {
  local behind
  set --
  if [ "$check" = true ]; then
    git -C "$root" fetch --quiet || fail "The origin cannot be reached."
    behind=$(git -C "$root" log --oneline 'HEAD..@{upstream}') || fail "This branch follows no origin: git branch --set-upstream-to=origin/main"
    [ -n "$behind" ] || { say "This is the newest." && return; }
    say "There is something new: ./platform update $environment brings"
    printf '%s\n' "$behind"
    exit "$something_new"
  fi
  lock
  [ -z "$(local_changes)" ] || fail "There are local changes: commit or discard them first (git status)."
  git -C "$root" pull --quiet --ff-only || fail "The branch cannot be brought forward: it went another way than its origin, that cannot be reached, or it changes what you changed in config/."
  # What was pulled may have changed this script, and it goes on as the same process, which holds the lock.
  [ "$yes" = false ] || set -- --yes
  exec "$root/platform" deploy "$environment" "$@"
}

local_changes() { git -C "$root" status --porcelain -- . ':!config'; }

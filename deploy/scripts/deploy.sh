# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Replaces the running version with another. Each step is recorded in a journal first, so that the next run can finish or roll back an interrupted one.

readonly something_new=10

# deploy [VERSION]: builds this folder's version, or uses images that exist, and rolls back automatically when anything fails.
deploy() {
  local version old backup='' COMPOSE_OF=''
  lock
  confirm_production "This changes production."
  end_orphans
  recover
  preflight
  version=$(version_to_deploy "${1:-}") || exit 1
  make_needs
  old=$(version_before_this)
  say "Deploying $version to $environment${old:+ (now running $old)}."
  if has_images "$version"; then
    step "The images of $version exist."
  else
    step "Building $version."
    build_images "$version" || fail "The build failed; nothing was changed."
  fi
  pin_images "$version" || fail "An image could not be pulled; nothing was changed."
  COMPOSE_OF=$state/next.yml
  note phase=databases old="$old" new="$version" backup=
  step "Starting the databases."
  start_databases "$version" || undo "the databases did not start"
  if has_schema; then
    can_read_schema "$version" || undo "$version cannot read the schema, which requires $(database_readable_since). Deploy a newer version, or ./platform rollback $environment $version --with-data"
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
  step "Healthy after $((SECONDS - began)) s. Running the smoke test."
  smoke || undo "the smoke test failed"
  start_rest "$version" || undo "the other services did not start"
  note phase=accepted old="$old" new="$version" backup="$backup"
  accept
  step "$environment runs $version."
}

# version_to_deploy [VERSION]: images of a named version must exist; without a name, this folder's version can be built.
version_to_deploy() {
  local version
  if [ -z "$1" ]; then
    version_of_source
    return
  fi
  version=$(own_version "$1") || return 1
  has_images "$version" || fail "There are no images of $1. Versions with images: $(versions_here). Without a version, this folder's version is built."
  printf '%s' "$version"
}

# The running version, or the last one if its containers were removed.
version_before_this() {
  local version
  version=$(deployed_version)
  if [ -z "$version" ]; then
    version=$(newest_release)
    has_images "$version" || version=''
  fi
  printf '%s' "$version"
}

# Records that the new version works.
accept() {
  local version COMPOSE_OF=$state/next.yml
  version=$(noted new)
  # Interrupted by an earlier ./platform, which made none.
  [ -e "$COMPOSE_OF" ] || COMPOSE_OF=''
  [ "$(noted how)" != back ] || COMPOSE_OF=$(files_of "$version")
  set_setting "${prefix}_VERSION" "$version"
  remember_release "$version" "$(noted backup)" "$(noted how)"
  forget_journal
  prune_images
  prune_backups
  forget_old_secret
}

# Without --wait: compose would wait for the hosts one after the other.
start_hosts() {
  local host
  for host in "${hosts[@]}"; do
    compose_as "$1" up --detach --no-build --no-deps "$host" || return 1
  done
}

# Starts the other services of the compose file, such as Caddy, and removes containers of services it no longer has. With --no-deps here too: compose
# treats a service that was started without its dependencies as changed when it is started with them, and would recreate it.
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
  # git replaces the file; a running container keeps the old one.
  if is_running caddy && ! docker exec "$(container caddy)" cat /etc/caddy/Caddyfile | cmp --silent -- - "$root/deploy/Caddyfile"; then
    docker restart "$(container caddy)" >/dev/null
  fi
}

confirm_production() {
  [ "$environment" != production ] || confirm "$1"
}

# note NAME=VALUE...: writes the journal atomically, also across a power loss.
note() {
  printf '%s\n' "$@" >"$state/journal.new"
  sync -- "$state/journal.new"
  mv -f -- "$state/journal.new" "$state/journal"
}

noted() { last_value "$1" "$state/journal" || true; }

forget_journal() { rm -f -- "$state/journal" "$state/next.yml"; }

# Finishes or rolls back a run that was killed, from its journal. A new version that works stays, since people may have used it; otherwise the
# previous version is restored.
recover() {
  local phase new
  [ -e "$state/journal" ] || return 0
  phase=$(noted phase) new=$(noted new)
  if [ -z "$phase" ]; then
    warn "The journal of an earlier deployment cannot be read. The running version stays."
    forget_journal
    return
  fi
  docker info >/dev/null 2>&1 || fail "The Docker engine does not answer: start it, or add this user to the group docker."
  say "An earlier deployment of $new was interrupted while it was at '$phase'."
  case $phase in
    accepted)
      accept
      step "It had succeeded: $environment runs $new."
      ;;
    switch | rollback)
      if runs_wholly "$new" && wait_healthy 2>/dev/null && smoke; then
        accept
        step "It works: $environment runs $new."
      else
        keep_present_data "$new"
        go_back || warn "Continuing anyway."
      fi
      ;;
    *) go_back || warn "Continuing anyway." ;;
  esac
}

# The run may have been killed long ago: back up the present data before restoring older data.
keep_present_data() {
  local kept
  if [ -n "$(noted backup)" ] && needs_data_of_before "$(noted old)"; then
    kept=$(make_backup "$1" manual) || confirm "The present data could not be backed up and will be replaced by the backup from before the deployment."
    say "Backup of the present data: ${kept:-none}"
  fi
}

# undo REASON: rolls back and exits.
undo() {
  warn "$(date -u +%H:%M:%S)  Not deployed: $1."
  go_back || true
  exit 1
}

# Rolls back to the journal's previous version, and its data if it cannot read the new schema. Fails when that does not work either.
go_back() {
  local old new backup
  old=$(noted old) new=$(noted new) backup=$(noted backup)
  if [ -z "$old" ]; then
    step "There is no previous version: removing the new containers. Data is kept."
    compose_as "$new" rm --stop --force "${hosts[@]}" >/dev/null 2>&1 || true
    forget_journal
    return
  fi
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$old")
  start_databases "$old" || warn "The databases did not start: ./platform logs $environment postgres"
  if [ -n "$backup" ] && needs_data_of_before "$old"; then
    step "Restoring the data from $backup."
    compose_as "$new" stop "${hosts[@]}" >/dev/null 2>&1 || true
    if ! put_back "$old" "$backup"; then
      warn "The data could not be restored. Try ./platform restore $environment ${backup##*/}"
      return 1
    fi
    note phase=back old="$old" new="$new" backup=
  fi
  step "Rolling back to $old."
  if ! start_hosts "$old" || ! wait_healthy; then
    warn "$old is not healthy either: ./platform logs $environment. Last backup: ${backup:-none}."
    return 1
  fi
  forget_journal
  step "$environment runs $old again."
}

# Whether the data was replaced on purpose, or migrated to a schema that VERSION cannot read.
needs_data_of_before() {
  local since
  [ "$(noted data)" != replaced ] || return 0
  # When the database does not answer this is unknown, and the data is not touched.
  since=$(database_readable_since) || return 1
  [ -n "$since" ] && ! is_at_least "$(label_of "$1" version)" "$since"
}

# can_read_schema VERSION: false when unknown.
can_read_schema() {
  local since
  since=$(database_readable_since) || return 1
  [ -n "$since" ] && is_at_least "$(label_of "$1" version)" "$since"
}

# The hosts of a version, as its own compose file says.
start_version() {
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$1")
  start_hosts "$1"
}

files_of() { [ -e "$state/$1.yml" ] && printf '%s' "$state/$1.yml" || printf '%s' "$root/$compose_file"; }

# rollback [VERSION] [--with-data]
rollback() {
  local version=${1:-} old backup='' now='' COMPOSE_OF
  lock
  confirm_production "This changes production."
  end_orphans
  recover
  old=$(version_before_this)
  version=${version:-$(version_under "$old")}
  [ -n "$version" ] || fail "There is no earlier version of $environment to roll back to."
  has_images "$version" || fail "The images of $version were deleted. Versions with images: $(versions_here)"
  COMPOSE_OF=$(files_of "$old")
  start_databases "$old" || fail "The databases did not start; nothing was changed. ./platform logs $environment postgres"
  if [ "$with_data" = true ]; then
    backup=$(backup_of "$version") || fail "There is no backup of the data of $version. Without --with-data the data is kept."
    has_backup "$backup" || fail "The backup of the data of $version, ${backup##*/}, was deleted. Without --with-data the data is kept."
    confirm "This replaces all data of $environment with ${backup##*/}. The present data is backed up first."
  elif ! can_read_schema "$version"; then
    fail "$version cannot read the schema, which requires $(database_readable_since). Add --with-data to restore the data of that version too; newer data is lost."
  fi
  say "Rolling back from $old to $version${backup:+, with the data of ${backup##*/}}."
  if [ -n "$backup" ]; then
    step "Backing up the present data."
    now=$(make_backup "$old" manual) || fail "The backup failed; nothing was changed."
    say "          $now"
    note phase=rollback old="$old" new="$version" backup="$now" data=replaced how=back
    COMPOSE_OF=$(files_of "$version")
    start_databases "$version" || undo "the databases did not start"
    compose stop "${hosts[@]}" >/dev/null
    if ! put_back "$version" "$backup"; then
      # A restore replaces the present data completely or not at all.
      note phase=rollback old="$old" new="$version" backup= how=back
      undo "the data could not be restored"
    fi
  else
    note phase=rollback old="$old" new="$version" backup= how=back
    COMPOSE_OF=$(files_of "$version")
    start_databases "$version" || undo "the databases did not start"
  fi
  start_version "$version" || undo "the containers did not start"
  wait_healthy || undo "not every service became healthy"
  smoke || undo "the smoke test failed"
  note phase=accepted old="$old" new="$version" backup="$now" how=back
  accept
  step "$environment runs $version."
}

# up: starts the version that was stopped.
up() {
  local version
  lock
  end_orphans
  [ ! -e "$state/journal" ] || fail "A deployment was interrupted: ./platform deploy $environment finishes it or rolls it back."
  make_needs
  version=$(version_before_this)
  has_images "$version" || fail "$environment has no images yet: ./platform deploy $environment."
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$version")
  start_databases "$version" || fail "The databases did not start: ./platform logs $environment postgres"
  ! has_schema || can_read_schema "$version" || fail "$version cannot read the schema, which requires $(database_readable_since): ./platform deploy $environment, or rollback --with-data."
  compose_as "$version" run --rm --no-deps migrate && start_hosts "$version" && start_rest "$version" && wait_healthy
}

down() {
  lock
  end_orphans
  compose down
}

# update [--check]: pulls and deploys the newest version. Refuses local changes outside config/. --check only lists new commits.
update() {
  local behind
  set --
  if [ "$check" = true ]; then
    git -C "$root" fetch --quiet || fail "The git remote cannot be reached."
    behind=$(git -C "$root" log --oneline 'HEAD..@{upstream}') || fail "This branch has no upstream: git branch --set-upstream-to=origin/main"
    [ -n "$behind" ] || { say "Already up to date." && return; }
    say "Updates available; ./platform update $environment installs:"
    printf '%s\n' "$behind"
    exit "$something_new"
  fi
  lock
  [ -z "$(local_changes)" ] || fail "There are local changes: commit or discard them first (git status)."
  git -C "$root" pull --quiet --ff-only || fail "git pull failed: the branch has diverged from its remote, the remote cannot be reached, or an update changes files that you changed in config/."
  # The pull may have changed this script; exec keeps the process, which holds the lock.
  [ "$yes" = false ] || set -- --yes
  exec "$root/platform" deploy "$environment" "$@"
}

local_changes() { git -C "$root" status --porcelain -- . ':!config'; }

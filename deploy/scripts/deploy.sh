# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# A version takes the place of another. What was done so far stands in a journal, so that an interrupted run is undone by the next one.

readonly something_new=10

# deploy [VERSION]: builds the files of this folder, or takes images that are there, and goes back by itself when anything fails.
deploy() {
  local version=${1:-} old backup=''
  lock
  preflight
  make_needs
  recover
  confirm_production
  old=$(deployed_version)
  version=$(own_version "${version:-$(version_of_source)}")
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
  if [ -n "$old" ]; then
    step "Making a backup."
    backup=$(make_backup "$old" deploy) || undo "the backup failed"
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
  set_setting "${prefix}_VERSION" "$version"
  remember_release "$version" "$backup"
  forget_journal
  prune_images
  prune_backups
  step "$environment runs $version."
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
  # git puts a new file in the place of the old one, which a running container goes on with.
  if is_running caddy && ! docker exec "$(container caddy)" cat /etc/caddy/Caddyfile | cmp --silent -- - "$root/deploy/Caddyfile"; then
    docker restart "$(container caddy)" >/dev/null
  fi
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
  local old new backup
  old=$(noted old) new=$(noted new) backup=$(noted backup)
  if [ -z "$old" ]; then
    step "Nothing ran before: stopping what was begun."
    compose_as "$new" stop "${hosts[@]}" >/dev/null 2>&1 || true
    forget_journal
    return
  fi
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$old")
  if [ -n "$backup" ] && needs_data_of_before "$old"; then
    step "Putting back the data of before, from $backup."
    start_databases "$old"
    compose_as "$new" stop "${hosts[@]}" >/dev/null 2>&1 || true
    put_back "$old" "$backup" || fail "The data could not be put back; the backup is $backup. Try ./platform restore $environment ${backup##*/}."
  fi
  step "Going back to $old."
  start_hosts "$old" || fail "$old does not start either; the last backup is ${backup:-none}."
  wait_healthy || fail "$old is not healthy either. Look at ./platform logs $environment; the last backup is ${backup:-none}."
  forget_journal
  step "$environment runs $old again."
}

# Whether they were replaced on purpose, or a migration made of them what VERSION cannot read.
needs_data_of_before() {
  [ "$(noted data)" != replaced ] || return 0
  start_databases "$1" || return 1
  ! can_read_schema "$1"
}

can_read_schema() {
  local since
  since=$(database_readable_since)
  [ -z "$since" ] || is_at_least "$(label_of "$1" version)" "$since"
}

start_databases() { compose_as "$1" up --detach --no-build --wait postgres redis; }

# The hosts of a version, as its own compose file says.
start_version() {
  local COMPOSE_OF
  COMPOSE_OF=$(files_of "$1")
  start_hosts "$1"
}

files_of() { [ -e "$state/$1.yml" ] && printf '%s' "$state/$1.yml" || printf '%s' "$root/$compose_file"; }

# The version that the schema asks for; nothing when the database does not say.
database_readable_since() {
  docker exec "$(container postgres)" psql --username=postgres --dbname=platformdb --no-align --tuples-only \
    --command='select readable_since from schema_state' 2>/dev/null || true
}

# rollback [VERSION] [--with-data]
rollback() {
  local version=${1:-} old backup='' now=''
  lock
  preflight
  recover
  old=$(deployed_version)
  version=${version:-$(version_before "$old")}
  [ -n "$version" ] || fail "There is no earlier version of $environment to go back to."
  has_images "$version" || fail "The images of $version are gone. There are: $(releases | tr '\n' ' ')"
  if [ "$with_data" = true ]; then
    backup=$(backup_of "$version") || fail "There is no backup from when $version was left. Without --with-data the data stay as they are."
  elif ! can_read_schema "$version"; then
    fail "$version cannot read the schema, which asks for $(database_readable_since). Say --with-data to put back the data of its time as well; what came since is lost."
  fi
  confirm_production
  say "Going back from $old to $version${backup:+, with the data of ${backup##*/}}."
  if [ -n "$backup" ]; then
    step "Making a backup of now."
    now=$(make_backup "$old" manual) || fail "The backup of now failed; nothing was changed."
    say "          $now"
    note phase=rollback old="$old" new="$version" backup="$now" data=replaced
    compose stop "${hosts[@]}" >/dev/null
    put_back "$version" "$backup" || undo "the data of before could not be put back"
  else
    note phase=rollback old="$old" new="$version" backup=
  fi
  start_version "$version" || undo "the containers did not start"
  wait_healthy || undo "not every service became healthy"
  smoke || undo "the trial failed"
  set_setting "${prefix}_VERSION" "$version"
  COMPOSE_OF=$(files_of "$version") remember_release "$version" "$now"
  forget_journal
  step "$environment runs $version."
}

# The newest release that is another one than VERSION.
version_before() {
  local version
  for version in $(releases); do
    [ "$version" = "$1" ] || { printf '%s' "$version" && return; }
  done
}

# up: what was stopped, as it was.
up() {
  local version
  lock
  make_needs
  version=$(setting "${prefix}_VERSION")
  has_images "$version" || fail "There are no images of $version yet: ./platform deploy $environment."
  start_databases "$version" && compose_as "$version" run --rm --no-deps migrate && start_hosts "$version" && start_rest "$version" && wait_healthy
}

# update [--check]: what is newest, if nothing was changed here. --check only says what that is.
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
  [ -z "$(git -C "$root" status --porcelain)" ] || fail "There are local changes: commit or discard them first (git status)."
  git -C "$root" pull --quiet --ff-only || fail "The branch cannot be brought forward: it went another way than its origin, or that cannot be reached."
  # What was pulled may have changed this script.
  [ "$yes" = false ] || set -- --yes
  exec "$root/platform" deploy "$environment" "$@"
}

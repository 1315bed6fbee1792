# shellcheck shell=bash
# Shared by ./run and ./test: messages, the .NET SDK, Debian packages, ports and processes.
# The caller sets root to the repository's folder. It relies on bash, coreutils and /proc only, so that it works on a bare Debian.

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# Puts the SDK that global.json requires into PATH, or fails with instructions to install it.
need_dotnet() {
  local folder
  if ! command -v dotnet >/dev/null; then
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
      [ -n "$folder" ] && [ -x "$folder/dotnet" ] && PATH="$folder:$PATH" && break
    done
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  # MSBuild and the compiler otherwise stay in memory after the build.
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
  sdk_answers && return
  # Without libicu the SDK starts only in the mode that all programs of the platform are built for anyway.
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  sdk_answers || fail "The .NET 10 SDK (10.0.100 or a later 10.0) is not installed. Install it in one of these ways, then retry:
  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0   (into ~/.dotnet; it needs curl)
  a package of your system: https://learn.microsoft.com/dotnet/core/install/linux"
}

# In a substitution, where bash does not report that the SDK was aborted.
sdk_answers() {
  local version
  version=$(cd "${root:?}" && dotnet --version 2>/dev/null) && [ -n "$version" ]
}

# What .NET needs to reach the package registry; the certificates bring OpenSSL's library along.
# shellcheck disable=SC2034
readonly restore_needs=('/etc/ssl/certs/*=ca-certificates')

# A build that prints nothing but errors, where dotnet build adds a summary; the project follows.
# shellcheck disable=SC2034
readonly quiet_build=(dotnet msbuild -restore -v:q -nologo -tl:off)

# need_packages PROGRAM=PACKAGE...: installs the packages whose program, or file, is missing; without root it names them and ends.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    has_program "${pair%%=*}" || missing+=("${pair#*=}")
  done
  [ "${#missing[@]}" = 0 ] && return
  if ! command -v apt-get >/dev/null; then
    fail "Missing: ${missing[*]} (Debian's names). Install them with your system's package manager, then retry."
  fi
  is_root || fail "Missing packages: ${missing[*]}. Install them, then retry:
  sudo apt-get install ${missing[*]}"
  say "Installing ${missing[*]} (apt-get)."
  install_packages "${missing[@]}"
  for pair in "$@"; do
    has_program "${pair%%=*}" || fail "${pair%%=*} is still missing after the installation of ${pair#*=}."
  done
}

# Postgres' programs lie outside PATH on Debian.
has_program() {
  local files="/usr/lib/postgresql/*/bin/$1"
  [[ $1 != /* ]] || files=$1
  command -v "$1" >/dev/null || compgen -G "$files" >/dev/null
}

# Installs packages without starting the services they bring: the platform runs its own Postgres and Redis, and a system
# cluster on port 5432 that nobody requested would conflict with it.
install_packages() {
  apt_log=$(mktemp)
  trap restore_apt EXIT
  if [ ! -e "$policy" ]; then
    own_policy=true
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt_get update || say "apt-get update failed; using the existing package lists."
  if [[ " $* " == *" postgresql "* ]]; then
    install_or_show postgresql-common
    kept_cluster_conf=$(mktemp)
    cp -p -- "$cluster_conf" "$kept_cluster_conf"
    sed -i '/^[# ]*create_main_cluster/d' "$cluster_conf"
    printf 'create_main_cluster = false\n' >>"$cluster_conf"
  fi
  install_or_show "$@"
  disable_services "$@"
  restore_apt
  trap - EXIT
}

readonly policy=/usr/sbin/policy-rc.d cluster_conf=/etc/postgresql-common/createcluster.conf
apt_log='' own_policy=false kept_cluster_conf=''

restore_apt() {
  if $own_policy; then rm -f -- "$policy"; fi
  if [ -n "$kept_cluster_conf" ]; then
    cat -- "$kept_cluster_conf" >"$cluster_conf"
    rm -f -- "$kept_cluster_conf"
  fi
  rm -f -- "$apt_log"
  own_policy=false kept_cluster_conf=''
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends "$@" >>"$apt_log" 2>&1 </dev/null; }

install_or_show() {
  apt_get install "$@" && return
  tail -n 20 -- "$apt_log" >&2
  fail "apt-get could not install $*; see the last lines of its output above."
}

# So that they do not start with the next boot either.
disable_services() {
  local package
  command -v systemctl >/dev/null || return 0
  for package in "$@"; do
    systemctl disable "$package" >/dev/null 2>&1 || true
  done
}

# port_listener PORT: the inode of a socket that listens on the port, on whatever address; nothing when there is none.
port_listener() {
  local hex
  hex=$(printf ':%04X' "$1")
  awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# need_free_port NAME PORT: ends, naming the owner if it can be known, when something listens there.
need_free_port() {
  local inode owner pid
  inode=$(port_listener "$2")
  [ -z "$inode" ] && return
  owner=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2>/dev/null || true)
  pid=${owner#/proc/}
  pid=${pid%%/*}
  if [ -n "$pid" ]; then
    fail "Port $2 ($1) is in use by process $pid: $(tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c -120). Choose another with $1=..."
  fi
  fail "Port $2 ($1) is in use by a process of another user. Choose another with $1=..."
}

# free_port FROM: the first port from there on that nothing listens on.
free_port() {
  local port=$1
  while [ -n "$(port_listener "$port")" ]; do port=$((port + 1)); done
  printf '%s' "$port"
}

# http_status PORT PATH: the status that 127.0.0.1 answers, or nothing. Without curl, which a bare Debian lacks.
http_status() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
    read -r -t 3 _ status _ <&3 && printf '%s' "$status"
  ) 2>/dev/null || true
}

# services_in_trouble PORT: the services that /health on 127.0.0.1 reports as not healthy, a line each: name and state, which is "full" for a database
# whose disk is.
services_in_trouble() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
    printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    health=$(timeout 10 cat <&3)
    full=
    [[ $health != *'disk of Postgres is full'* ]] || full='s/^postgres .*/postgres full/'
    grep -o '"services":{[^}]*}' <<<"$health" | grep -oE '"[a-z_]+":"(degraded|unhealthy)"' | tr -d '"' | tr ':' ' ' | sed "$full"
  ) 2>/dev/null || true
}

# process_start PID: when a living process started, in clock ticks since boot; with the id it identifies a process permanently.
# A zombie, whose exit code was not collected yet, counts as ended.
process_start() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The program's name, in parentheses, may hold spaces; after it, the state is the first field and the start the 20th.
  awk '$1 != "Z" { print $20 }' <<<"${stat##*) }"
}

# run_members ID: the living processes that have PLATFORM_RUN_ID=ID in their environment, and all others of a session that one of them
# began: Redis overwrites its environment. A terminal's session is none of those, since its leader is alive and not marked.
run_members() {
  local folder process fields state session
  local -A session_of=() marked=() ours=()
  for folder in /proc/[0-9]*; do
    process=${folder#/proc/}
    fields=$(cat "$folder/stat" 2>/dev/null) || continue
    read -r state _ _ session _ <<<"${fields##*) }"
    [ "$state" != Z ] || continue
    session_of[$process]=$session
    if grep -qz "^PLATFORM_RUN_ID=$1\$" "$folder/environ" 2>/dev/null; then marked[$process]=yes; fi
  done
  for process in "${!marked[@]}"; do
    session=${session_of[$process]}
    if [ -n "${marked[$session]:-}" ] || [ -z "${session_of[$session]:-}" ]; then ours[$session]=yes; fi
  done
  for process in "${!session_of[@]}"; do
    if [ -n "${marked[$process]:-}${ours[${session_of[$process]}]:-}" ]; then say "$process"; fi
  done
}

#!/usr/bin/env bash
# Prepares a fresh Debian or Ubuntu server for ./platform; see --help. Needs only what such a server has.
#
# Ports that Docker publishes bypass ufw: Docker's rules come before ufw's in the kernel. That is why the compose files publish on
# 127.0.0.1 only, and why this script adds no firewall rule for the platform. .env decides by the address what is reachable from outside.
set -euo pipefail

readonly home=/opt/platform user=platform
# What the compose files run our hosts as (PUID, PGID), and the group that Postgres and Redis have in their images: with the first, folders
# that containers write belong to the user; as a member of the second it may hand over the passwords' files (chgrp).
readonly hosts_id=1654 stores_group=999
readonly docker_key=9DC858229FC7DD38854AE2D88D81803C0EBFCD88
docker_from=docker dry=false changes=0 notes=()

usage() {
  cat <<'TEXT'
Usage: sudo deploy/bootstrap.sh [--dry-run] [--docker-from docker|distribution]

Prepares a Debian (12 or newer) or Ubuntu (22.04 or newer) server. Existing settings are kept, so it is safe to repeat.

  packages    Docker Engine with the plugins compose and buildx, git, ufw, unattended-upgrades
  firewall    ufw: refuse incoming connections except SSH, on every port where sshd listens and on the port of this connection. Stays
              off if these cannot be determined. sshd's own settings are never changed
  updates     install security updates automatically
  swap        /swapfile of 2 GiB, if the machine has less than 4 GiB of memory and no swap
  Docker      rotate logs and keep containers running across a restart of Docker, if /etc/docker/daemon.json does not exist
  clock       systemd-timesyncd, if no time synchronisation is active
  user        "platform" in the group docker (equivalent to root); owns /opt/platform

  --dry-run       print what would be done and change nothing
  --docker-from   docker (default): from download.docker.com, the same current version on every release; required on Debian 12, which
                  has no Compose v2. distribution: the distribution's packages (Debian 13, Ubuntu 24.04 or newer)
TEXT
}

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

note() {
  notes+=("$1")
  say "!  $1"
}

# change WHAT COMMAND...: runs the command, or only prints it in a dry run.
change() {
  local what=$1
  shift
  changes=$((changes + 1))
  if [ "$dry" = true ]; then
    say "+  $what (not done: $*)"
    return
  fi
  say "+  $what"
  "$@"
}

# write_file PATH MODE TEXT: as a whole or not at all.
write_file() {
  local temporary
  mkdir -p -- "$(dirname -- "$1")"
  temporary=$(mktemp -- "$1.XXXXXX")
  printf '%s\n' "$3" >"$temporary"
  chmod "$2" -- "$temporary"
  mv -f -- "$temporary" "$1"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

has_systemd() { [ -d /run/systemd/system ]; }

install_packages() {
  local name missing=()
  for name in "$@"; do
    is_installed "$name" || missing+=("$name")
  done
  [ "${#missing[@]}" = 0 ] || change "packages: ${missing[*]}" apt_install "${missing[@]}"
}

apt_install() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# First, so that the engine starts with it. Containers are to outlive a restart of the engine, which security updates bring.
configure_docker() {
  local settings=/etc/docker/daemon.json
  [ -e "$settings" ] && return
  change "$settings: rotated logs, live-restore" write_file "$settings" 0644 '{
  "live-restore": true,
  "log-driver": "json-file",
  "log-opts": { "max-size": "10m", "max-file": "3" }
}'
  ! command -v docker >/dev/null || note "Docker is already running and reads daemon.json at its next start, which stops containers once: systemctl restart docker"
}

install_docker() {
  if command -v docker >/dev/null && docker compose version >/dev/null 2>&1; then
    return
  fi
  # Whose engine is there already gives the rest, too.
  ! is_installed docker.io || docker_from=distribution
  ! is_installed docker-ce || docker_from=docker
  case $docker_from-$ID in
    docker-*)
      [ -e /etc/apt/sources.list.d/docker.sources ] || change "Docker's package source" add_docker_source
      install_packages docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
      ;;
    distribution-debian) install_packages docker.io docker-cli docker-buildx docker-compose ;;
    distribution-ubuntu) install_packages docker.io docker-buildx docker-compose-v2 ;;
  esac
  [ "$dry" = true ] || docker compose version >/dev/null 2>&1 || fail "Docker is installed without Compose v2. Use --docker-from docker."
}

add_docker_source() {
  local key=/etc/apt/keyrings/docker.asc temporary
  temporary=$(mktemp)
  curl -fsSL --proto '=https' "https://download.docker.com/linux/$ID/gpg" -o "$temporary" \
    || fail "download.docker.com cannot be reached. --docker-from distribution uses the distribution's packages."
  gpg --show-keys --with-colons "$temporary" 2>/dev/null | grep -q "^fpr:.*:$docker_key:" \
    || fail "The key from download.docker.com is not the expected one ($docker_key). Nothing was installed from there."
  write_file "$key" 0644 "$(<"$temporary")"
  rm -f -- "$temporary"
  write_file /etc/apt/sources.list.d/docker.sources 0644 "Types: deb
URIs: https://download.docker.com/linux/$ID
Suites: $VERSION_CODENAME
Components: stable
Architectures: $(dpkg --print-architecture)
Signed-By: $key"
}

update_by_itself() {
  local settings=/etc/apt/apt.conf.d/20auto-upgrades
  [ -e "$settings" ] || change "$settings: security updates every day" write_file "$settings" 0644 'APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";'
}

# Every port that an SSH server has open or that carries an SSH connection now, sorted. Settings alone count for nothing here: they say
# what sshd would do, not what it does.
ssh_ports() {
  local connection=${SSH_CONNECTION:-}
  {
    ss -Htlnp 2>/dev/null | grep -E '"(sshd|dropbear)' | awk '{ print $4 }' | grep -oE '[0-9]+$' || true
    ss -Htnp state established 2>/dev/null | grep -E '"(sshd[^"]*|dropbear)"' | awk '{ print $3 }' | grep -oE '[0-9]+$' || true
    # With socket activation systemd listens in sshd's place.
    ! has_systemd || systemctl show --property=Listen --value ssh.socket 2>/dev/null | grep -oE ':[0-9]+ ' | tr -d ': ' || true
    # The third and fourth words are the server's side; sudo keeps it only if configured.
    [ -z "$connection" ] || printf '%s\n' "${connection##* }"
  } | sort -un
}

# Beside those, what sshd would use after its next start.
configured_ssh_ports() { sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }' || true; }

raise_firewall() {
  local ports port rules status
  if ! command -v ufw >/dev/null; then
    [ "$dry" = true ] || fail "ufw is missing after its installation."
    status=inactive rules=''
  else
    status=$(ufw status 2>/dev/null | head -n 1) || status=''
    rules=$(ufw show added 2>/dev/null) || rules=''
  fi
  ports=$(ssh_ports)
  if [ -z "$ports" ] && [ "$(id -u)" != 0 ]; then
    note "Only root can see where sshd listens, so the firewall changes are not shown."
    return
  fi
  if [ -z "$ports" ]; then
    note "The firewall is unchanged: no SSH server and no SSH connection was found, so the port to keep open is unknown."
    return
  fi
  for port in $ports $(configured_ssh_ports); do
    if ! grep -qE "^ufw (allow|limit) $port(/tcp)?( |\$)" <<<"$rules"; then
      change "firewall: allow SSH on port $port" ufw allow "$port/tcp"
      rules+=$'\n'"ufw allow $port/tcp"
    fi
  done
  [ "$status" = "Status: active" ] || change "firewall: on; other incoming connections are refused" enable_firewall "$ports"
}

# Reverts itself if a port of SSH is not among the active rules.
enable_firewall() {
  local port
  ufw default deny incoming >/dev/null
  ufw default allow outgoing >/dev/null
  ufw --force enable >/dev/null || {
    ufw --force disable >/dev/null || true
    note "The firewall could not be enabled and is off; this is usual in a container."
    return
  }
  for port in $1; do
    if ! ufw status | grep -qE "^$port/tcp +ALLOW"; then
      ufw --force disable >/dev/null
      fail "The rule for SSH on port $port is not active, so the firewall was disabled again."
    fi
  done
}

add_swap() {
  local total swap=/swapfile
  total=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
  [ "$total" -lt 4096 ] && [ "$(wc -l </proc/swaps)" -le 1 ] && [ ! -e "$swap" ] || return 0
  if is_container; then
    note "No swap was added: this is a container, and swap belongs to its host."
    return
  fi
  case $(stat -f -c %T /) in
    ext2/ext3 | xfs) change "$swap: 2 GiB of swap, since there are $total MiB of memory" make_swap "$swap" ;;
    *) note "No swap was added: the file system of $swap is neither ext4 nor xfs." ;;
  esac
}

is_container() {
  [ -e /.dockerenv ] || [ -e /run/.containerenv ] || { command -v systemd-detect-virt >/dev/null && systemd-detect-virt --quiet --container; }
}

make_swap() {
  # Written out: a file with holes is no swap.
  dd if=/dev/zero of="$1" bs=1M count=2048 status=none
  chmod 0600 -- "$1"
  mkswap "$1" >/dev/null
  swapon "$1"
  printf '%s\n' "$1 none swap sw 0 0" >>/etc/fstab
}

keep_time() {
  local service
  if ! has_systemd; then
    note "systemd is not running: make sure that the clock is synchronised."
    return
  fi
  for service in systemd-timesyncd chrony chronyd ntp ntpsec; do
    ! systemctl is-active --quiet "$service" || return 0
  done
  install_packages systemd-timesyncd
  change "clock: enable systemd-timesyncd" systemctl enable --now systemd-timesyncd
}

add_user() {
  local group ids=()
  if ! id "$user" >/dev/null 2>&1; then
    if ! getent passwd "$hosts_id" >/dev/null && ! getent group "$hosts_id" >/dev/null; then
      ids=(--uid "$hosts_id" --user-group)
    fi
    change "user $user" useradd --create-home --shell /bin/bash "${ids[@]}" "$user"
  fi
  [ "$dry" = true ] || [ "$(id -u "$user")" = "$hosts_id" ] \
    || note "$user is not user $hosts_id: write PUID=$(id -u "$user") and PGID=$(id -g "$user") into $home/.env."
  getent group "$stores_group" >/dev/null || change "group platform-stores ($stores_group), which Postgres and Redis have" groupadd --gid "$stores_group" platform-stores
  group=$(getent group "$stores_group" | cut -d : -f 1) || true
  for group in docker "${group:-platform-stores}"; do
    id -nG "$user" 2>/dev/null | tr ' ' '\n' | grep -qx "$group" || change "$user belongs to the group $group" usermod --append --groups "$group" "$user"
  done
  [ "$(stat -c %U "$home" 2>/dev/null)" = "$user" ] || change "$home belongs to $user" install --directory --mode 0750 --owner "$user" --group "$user" "$home"
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --dry-run) dry=true ;;
      --docker-from) docker_from=${2:-} && shift ;;
      -h | --help) usage && exit ;;
      *) usage >&2 && fail "Unknown option '$1'." ;;
    esac
    shift
  done
  case $docker_from in
    docker | distribution) ;;
    *) fail "--docker-from is docker or distribution, not '$docker_from'." ;;
  esac
}

main() {
  read_arguments "$@"
  # shellcheck source=/dev/null
  . /etc/os-release
  case ${ID:-} in
    debian | ubuntu) ;;
    *) fail "This is ${PRETTY_NAME:-an unknown system}. bootstrap.sh supports Debian and Ubuntu." ;;
  esac
  [ "$dry" = true ] || [ "$(id -u)" = 0 ] || fail "Run it with sudo, or with --dry-run to see what it would do."

  install_packages ca-certificates curl git gnupg iproute2 ufw unattended-upgrades
  configure_docker
  install_docker
  update_by_itself
  raise_firewall
  add_swap
  keep_time
  add_user
  finish
}

finish() {
  say ''
  if [ "$dry" = true ]; then
    say "$changes changes would be made (dry run)."
    return
  fi
  if [ "$changes" = 0 ]; then
    say 'Nothing to change.'
  else
    say "$changes changes were made."
  fi
  cat <<TEXT

Next:
  sudo -iu $user
  git clone REPOSITORY $home && cd $home
  cp .env.example .env                # and change what should differ
  ./platform deploy staging           # 127.0.0.1:8081 and :3848
  ./platform deploy production        # 127.0.0.1:8080 and :3847
TEXT
}

main "$@"

#!/usr/bin/env bash
# Runs Redis from this machine's package: redis.sh FOLDER PORT [ARGUMENT...], with REDIS_PASSWORD in the environment.
set -euo pipefail

folder=$1 port=$2
shift 2

command -v redis-server >/dev/null || {
  echo "Redis is not installed: no 'redis-server' on the path (Debian: apt-get install redis-server), and no container engine is running." >&2
  exit 1
}
mkdir -p -- "$folder"
chmod 700 -- "$folder"
cd -- "$folder"
# For dump.rdb.
umask 077
# On standard input, where no list of processes shows the password.
exec redis-server - "$@" --port "$port" --bind 127.0.0.1 -::1 --dir "$folder" <<<"requirepass \"$REDIS_PASSWORD\""

# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# Finds settings that would have no effect, or collide, before anything is changed: each finding says where the setting belongs.

# Settings that people know by another name in .env.
renamed_setting() {
  case $1 in
    CONFIG_PATH | BOTS__CONFIGFOLDER) printf '%s_CONFIG_DIR' "$prefix" ;;
    LOGS_DIR | IMPORTS__LOGSDIR) printf '%s_LOGS_DIR' "$prefix" ;;
    BACKUPS_DIR | BACKUPS__DIRECTORY) printf '%s_BACKUPS_DIR' "$prefix" ;;
    LOG_LEVEL) printf '%s_LOG_LEVEL' "$prefix" ;;
    DAILY_TOKEN_CEILING) printf '%s_DAILY_TOKEN_CEILING' "$prefix" ;;
    API_PORT | HTTP_PORTS | ASPNETCORE_HTTP_PORTS | ASPNETCORE_URLS) printf '%s_API_PORT' "$prefix" ;;
    WEB_PORT) printf '%s_WEB_PORT' "$prefix" ;;
    TRUSTED_PROXIES) printf '%s_TRUSTED_PROXIES' "$prefix" ;;
    DOMAIN) printf '%s_DOMAIN' "$prefix" ;;
    *) return 1 ;;
  esac
}

# Settings that hosts read by a short name, and variables that .NET and OpenTelemetry read; keys have two underscores (Http__Timeout).
is_host_setting() {
  case ${1%_FILE} in
    LOG_LEVEL | LOG_FORMAT | HTTP_TIMEOUT | SHUTDOWN_TIMEOUT | API_KEY | AUTH_TOKEN | JWT_SECRET | METRICS_OPEN | TRUSTED_PROXIES | CONFIG_PATH | LLM_TIMEOUT | DAILY_TOKEN_CEILING) ;;
    OTLP_USE_PROXY | API_HTTP | STREAMERBOT_WEBHOOK_URL | STREAMERBOT_WS_URL | STREAMERBOT_PASSWORD | STREAMERBOT_ACTION | STREAMERBOT_EVENTS) ;;
    BACKUPS_DIR | LOGS_DIR | LOGS_DIRS | SCHEDULER_LOCK_RETRY_SECONDS | RATE_LIMIT_ENABLED | RATE_LIMIT_REQUESTS | RATE_LIMIT_WINDOW) ;;
    OPENAI_API_KEY | OPENAI_API_BASE | OPENROUTER_API_KEY | ANTHROPIC_API_KEY) ;;
    HTTP_PROXY | HTTPS_PROXY | ALL_PROXY | NO_PROXY | TZ | LANG | LC_* | SSL_CERT* | URLS | HTTP_PORTS) ;;
    *__* | OTEL_* | DOTNET_* | ASPNETCORE_*) ;;
    *) return 1 ;;
  esac
}

# The variable may stand as ${NAME} in shared.yaml.
is_used_by_bots() { grep -rqsF -- "\${$1}" "$(folder_of "${prefix}_CONFIG_DIR:./config")"; }

# fixed_settings: NAME=value for each variable that the compose file itself gives to Api, Worker or Web; it wins over .env.production.
fixed_settings() {
  awk '
    /^  [a-z]/ { host = $1 == "api:" || $1 == "worker:" || $1 == "web:" }
    /^    [a-z]/ { inside = host && $1 == "environment:"; next }
    inside && match($0, /^      [A-Za-z0-9_]+: /) {
      value = substr($0, RLENGTH + 1); gsub(/^"|"$/, "", value)
      name = $1; sub(/:$/, "", name)
      print name "=" value
    }' "$root/$compose_file" | sort -u
}

# secret_of NAME: the secret that the compose file passes as NAME_FILE.
secret_of() {
  local line
  case ${1^^} in
    ACCESS__APIKEY) set -- API_KEY ;;
    ACCESS__AUTHTOKEN) set -- AUTH_TOKEN ;;
    ACCESS__JWTSECRET) set -- JWT_SECRET ;;
  esac
  line=$(grep -iE "^$1_FILE=/run/secrets/" <<<"$fixed" | head -n 1) || return 1
  printf '%s' "${line#*=/run/secrets/}"
}

secret_path() { printf 'deploy/secrets/%s/%s' "$environment" "$1"; }

# How a secret comes to be: generate, given, optional or render.
kind_of_secret() { awk -F '\t' -v name="$1" '$1 == "secret" && $2 == name { print $3 }' "$root/deploy/needs/$environment.tsv"; }

# each_setting FILE CALL...: CALL NAME for each line NAME=value.
each_setting() {
  local line name
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[![:space:]]*}"}
    name=${line%%=*}
    case $line in
      '' | '#'*) ;;
      *=*) [[ ! $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || "${@:2}" "$name" ;;
    esac
  done <"$1"
}

# A setting in .env, which compose reads only to fill in its own variables.
check_env_setting() {
  local name=$1 upper=${1^^} secret new
  case $upper in
    PRODUCTION_* | STAGING_* | PUID | PGID | PLATFORM_COMMIT | COMPOSE_* | DOCKER_* | BUILDKIT_*) return 0 ;;
  esac
  last_value "$name" "$root/.env.example" >/dev/null && return
  if secret=$(secret_of "$name"); then
    finding ".env: $name has no effect here. Put its value into the file $(secret_path "$secret") and remove the line."
  elif new=$(renamed_setting "$upper"); then
    finding ".env: $name has no effect; it is called $new."
  else
    finding ".env: $name has no effect here; settings of the services belong in .env.$environment (docs/operations.md, Settings on a server)."
  fi
}

# A setting in .env.production or .env.staging, which the hosts read, unless the compose file sets it itself.
check_host_setting() {
  local name=$1 file=.env.$environment upper=${1^^} secret new value
  if secret=$(secret_of "$name"); then
    case $(kind_of_secret "$secret") in
      generate) finding "$file: $name is a secret that ./platform generates. To choose it, put its value into the file $(secret_path "$secret") and remove the line." ;;
      render) finding "$file: $name is made from other secrets of deploy/secrets/$environment: remove the line." ;;
      *)
        [ ! -s "$secrets/$secret" ] \
          || finding "$file: $name is also in the file $(secret_path "$secret"); keep it there and remove the line."
        ;;
    esac
  elif value=$(grep -iE "^$name=" <<<"$fixed" | head -n 1) && [ -n "$value" ]; then
    if new=$(renamed_setting "$upper"); then
      finding "$file: $name has no effect; set $new in .env."
    else
      finding "$file: $name has no effect, since $compose_file sets it; change deploy/profiles, or remove the line."
    fi
  elif new=$(renamed_setting "$upper"); then
    finding "$file: $name has no effect; set $new in .env."
  elif last_value "$name" "$root/.env.example" >/dev/null; then
    finding "$file: $name has no effect here; it belongs into .env."
  elif ! is_host_setting "$upper" && ! is_used_by_bots "$name"; then
    finding "$file: $name is not a setting (docs/configuration.md lists all), and no file in $(setting "${prefix}_CONFIG_DIR") refers to it: correct or remove it."
  fi
}

check_settings() {
  local fixed line file=$root/.env.$environment
  fixed=$(fixed_settings)
  each_setting "$root/.env" check_env_setting
  [ -e "$file" ] || return 0
  if [ ! -r "$file" ]; then
    finding ".env.$environment cannot be read by this user."
    return
  fi
  while IFS= read -r line || [ -n "$line" ]; do
    [[ $line != *$'\r' ]] || { finding ".env.$environment has Windows line endings: sed -i 's/\r\$//' .env.$environment" && break; }
  done <"$file"
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[![:space:]]*}"}
    [[ -z $line || $line == '#'* || $line =~ ^[A-Za-z_][A-Za-z0-9_]*= ]] || finding ".env.$environment has a line that is not NAME=value: ${line%%[=[:space:]]*}"
    [[ $line == '#'* || $line != *=* ]] || ! is_placeholder "${line#*=}" || finding ".env.$environment: ${line%%=*} still has a placeholder value: replace it."
  done <"$file"
  each_setting "$file" check_host_setting
}

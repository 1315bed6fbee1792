#!/usr/bin/env bash
# Writes aspire-manifest.json, the published form of AppHost/Program.cs; run it after each change there.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
manifest=$root/aspire-manifest.json

# Aspire exits with 0 even if it fails, so only a new file counts; the old one stays until there is one. It is written beside
# the old one, since paths in a manifest are relative to it.
written=$root/aspire-manifest.new.json
trap 'rm -f -- "$written"' EXIT
dotnet run --project "$root/AppHost/AppHost.csproj" -- --publisher manifest --output-path "$written"
if [ ! -s "$written" ]; then
  echo "The manifest was not written; see the errors above." >&2
  exit 1
fi
mv -- "$written" "$manifest"

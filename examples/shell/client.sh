#!/bin/sh
# A client of the 202 pattern in a shell, with curl and jq: exercise 02's client (one poll a second).
#   npm run grade -- 2 --command "sh examples/shell/client.sh"
set -eu
head=$(mktemp)
trap 'rm -f "$head"' EXIT

body=$(curl -sS -D "$head" -H 'Content-Type: application/json' -d "$PARAMS" "$BASE_URL/reports")
if [ "$(printf %s "$body" | jq -r .status)" = completed ]; then
  printf %s "$body" | jq -c .result
  exit 0
fi
location=$(tr -d '\r' <"$head" | sed -n 's/^[Ll]ocation: *//p' | tail -n 1)
case $location in
  '') echo "The answer to the order has no Location." >&2; exit 1 ;;
  http://* | https://*) url=$location ;;
  /*) url=$BASE_URL$location ;;
  *) url=$BASE_URL/$location ;;
esac

while :; do
  body=$(curl -sS "$url")
  case $(printf %s "$body" | jq -r .status) in
    completed) printf %s "$body" | jq -c .result; exit 0 ;;
    failed) printf %s "$body" | jq -r .error >&2; exit 1 ;;
  esac
  sleep 1
done

#!/usr/bin/env bash
# suite.sh LOG COMMAND…: runs a suite of tests and keeps all it prints in LOG; shows its numbers and its result, and of
# one that failed what failed, last, where it is found.
set -euo pipefail
log=$1
shift
mkdir -p "$(dirname "$log")"
result=0
"$@" >"$log" 2>&1 || result=$?
grep -a '^== ' "$log" || true
if [ "$result" -ne 0 ]; then
    echo "-- the end of $log, which has everything:"
    tail -n 15 "$log"
    echo "-- what failed:"
    grep -aE -A3 'recorded an issue|Caught error|Fatal error|error:|timed out' "$log" | cut -c1-600 | head -n 120 || true
fi
tail -n 1 "$log"
exit "$result"

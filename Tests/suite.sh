#!/usr/bin/env bash
# suite.sh LOG COMMAND…: runs a suite of tests and keeps all it prints in LOG; shows its numbers and its result, and of
# one that failed what failed, last, where it is found. One that does not end is ended, and says which tests did not.
set -euo pipefail
log=$1
shift
mkdir -p "$(dirname "$log")"
result=0
timeout --kill-after=30 "${SUITE_SECONDS:-1200}" "$@" >"$log" 2>&1 || result=$?
grep -a '^== ' "$log" || true
if [ "$result" -ne 0 ]; then
    echo "-- the end of $log, which has everything:"
    tail -n 15 "$log"
    echo "-- what failed:"
    grep -aE -A3 'recorded an issue|Caught error|Fatal error|error:|timed out' "$log" | cut -c1-600 | head -n 120 || true
    if [ "$result" -eq 124 ] || [ "$result" -eq 137 ]; then
        echo "-- it did not end within ${SUITE_SECONDS:-1200} s; started, and not ended:"
        names() { sed -nE "s/^. Test ([A-Za-z0-9]+)\\(.*$1.*/\\1/p" "$log" | sort -u; }
        comm -23 <(names ' started\.$') <(names '(passed|failed) after')
    fi
fi
tail -n 1 "$log"
exit "$result"

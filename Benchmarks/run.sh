#!/usr/bin/env bash
# What an evaluation and a check cost: instructions, allocations and time; calls to the forge and their rounds.
set -eu
cd "$(dirname "$0")/.."
command -v valgrind > /dev/null || { echo "valgrind is missing; install it: sudo apt-get install -y valgrind" >&2; exit 1; }
Benchmarks/count.sh
Benchmarks/.build/release/evaluate-benchmark
swift build --product gitea-simulator
swift build --product countersign
.build/debug/gitea-simulator calls --countersign .build/debug/countersign

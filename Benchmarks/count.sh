#!/bin/sh
# Instructions and allocations of one evaluation: the difference of two runs under callgrind, so that starting up and
# reading the policy do not count. The machines have no hardware counters; debug information stops valgrind.
set -eu
cd "$(dirname "$0")"
swift build -c release --static-swift-stdlib >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp .build/release/evaluate-benchmark "$work/benchmark"
# Local symbols only: malloc must keep its name.
strip --strip-debug "$work/benchmark"

# measure CASE COUNT: prints instructions and calls of malloc.
measure() {
    valgrind --tool=callgrind --callgrind-out-file="$work/out" "$work/benchmark" "$1" --count "$2" 2>/dev/null >&2
    instructions=$(sed -n 's/^\(summary\|totals\): \([0-9]*\).*/\2/p' "$work/out" | head -1)
    # A call is `cfn=(id) name` (the name only at first mention), then `calls=COUNT …`.
    mallocs=$(awk '
        /^c?fn=/ {
            match($0, /\([0-9]+\)/); id = substr($0, RSTART, RLENGTH)
            rest = substr($0, RSTART + RLENGTH + 1)
            if (rest != "") name[id] = rest
            if ($0 ~ /^cfn=/) callee = id
        }
        /^calls=/ {
            split(substr($0, 7), part, " ")
            if (name[callee] ~ /^(malloc|calloc|realloc|posix_memalign|aligned_alloc)('"'"'[0-9]+)?$/) sum += part[1]
        }
        END { printf "%d", sum }' "$work/out")
    echo "$instructions $mallocs"
}

for case in small:200 big:10; do
    name=${case%:*}
    count=${case#*:}
    first=$(measure "$name" "$count")
    second=$(measure "$name" $((count * 2)))
    instructions=$(((${second% *} - ${first% *}) / count))
    mallocs=$(((${second#* } - ${first#* }) / count))
    if [ "$instructions" -le 0 ] || [ "$mallocs" -le 0 ]; then
        echo "$name: counted nothing: instructions $first / $second" >&2
        exit 1
    fi
    echo "$name: $instructions instructions, $mallocs allocations an evaluation"
done

#!/usr/bin/env bash
# release.sh [PRODUCT]…: builds programs for release, each one file that needs only glibc, libstdc++ and libsqlite3.
set -eu
cd "$(dirname "$0")/.."
folder=$PWD/.build-release
[ $# -gt 0 ] || set -- countersign

# The linker looks here first, and finds nothing but the archive of a library that should be in the file.
mkdir -p "$folder/archives"
for library in re2 z; do
    archive=$(cc -print-file-name="lib$library.a")
    if [ ! -f "$archive" ]; then
        echo "lib$library.a is missing; install it: sudo apt-get install -y libre2-dev zlib1g-dev" >&2
        exit 1
    fi
    # Later versions of RE2 need Abseil, which comes in many archives.
    also=
    if [ "$library" = re2 ] && nm --undefined-only "$archive" 2>/dev/null | grep -q absl; then
        also=$(dirname "$archive")/libabsl_*.a
    fi
    # shellcheck disable=SC2086 # a pattern
    echo "GROUP (" "$archive" $also ")" > "$folder/archives/lib$library.a"
done
for product in "$@"; do
    swift build -c release --scratch-path "$folder" --static-swift-stdlib -debug-info-format none \
        -Xswiftc "-L$folder/archives" --product "$product"
    ldd "$folder/release/$product" | Deployment/needs.sh "$product"
done

#!/usr/bin/env bash
# Makes the mistakes of mutants.txt one at a time, in a copy of the sources, and lists those that no test notices.
#   run.sh [WORD]     only the mutants whose file or text contains WORD
#   run.sh [NUMBER]   only the mutant of that number in the table
# GatePolicy's mutants are tried in a small package of their own, the others in the whole one.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
only=${1:-}
work=${MUTANTS_FOLDER:-$root/.build-mutants}
log=$work/log
mkdir -p "$work/core" "$work/whole"

copy() { # copy FOLDER NAME…: the present sources with their times, so that only what changed is built again
    local folder=$1; shift
    for name in "$@"; do
        rm -rf "${folder:?}/$name"
        mkdir -p "$(dirname "$folder/$name")"
        cp -Rp "$name" "$folder/$name"
    done
}
copy "$work/core" Sources/CRE2 Sources/SystemRE2 Sources/GatePolicy Tests/GatePolicyTests Tests/Fixtures Examples Documentation
cat > "$work/core/Package.swift" <<'MANIFEST'
// swift-tools-version: 6.2
import PackageDescription
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]
let package = Package(
    name: "mutants",
    dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
    targets: [
        .systemLibrary(name: "SystemRE2"),
        .target(name: "CRE2", dependencies: ["SystemRE2"], linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "GatePolicy", dependencies: ["CRE2", "Yams"], swiftSettings: settings),
        .testTarget(name: "GatePolicyTests", dependencies: ["GatePolicy"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
MANIFEST

number=0 tried=0 survivors=() broken=()
try() { # try FILE OLD NEW
    local file=$1 old=$2 new=$3 folder filters filter
    number=$((number + 1))
    case $only in
        '' | *[!0-9]*) case "$file $old" in *"$only"*) ;; *) return ;; esac ;;
        *) [ "$number" -eq "$only" ] || return 0 ;;
    esac
    case $file in
        Sources/GatePolicy/*)
            folder=$work/core
            # The readers of text have nothing to say about the engine, and take longest.
            filters=('^GatePolicyTests\.(?!HostileTests|GlobTests|RoundTripTests)') ;;
        *)
            folder=$work/whole
            [ -e "$folder/Package.swift" ] || { cp Package.swift "$folder/"; copy "$folder" Sources Tests Examples Documentation; cp README.md "$folder/"; }
            # Stories take longest: only where nothing quicker notices.
            filters=('^(GateForgeTests|GateServiceTests|GateStoreTests)\.' '^EndToEndTests\.|BoundToHeadBaseAndPolicy/') ;;
    esac
    OLD=$old perl -0777 -ne '$n = () = /\Q$ENV{OLD}\E/g; exit($n == 1 ? 0 : 1)' "$file" \
        || { echo "NOT FOUND once in $file: $old"; broken+=("$file: $old"); return; }
    tried=$((tried + 1))
    cp "$folder/$file" "$work/original"
    OLD=$old NEW=$new perl -0777 -pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/' "$folder/$file"
    if ! (cd "$folder" && swift build --build-tests > "$log" 2>&1); then
        echo "DOES NOT COMPILE: $file: $old → $new"; broken+=("$file: $old"); grep -m3 'error:' "$log" || true
    else
        for filter in "${filters[@]}"; do
            (cd "$folder" && timeout 600 swift test --skip-build --filter "$filter" > "$log" 2>&1) || { filter=''; break; }
        done
        if [ -n "$filter" ]; then
            echo "SURVIVED: $file: $old → $new"; survivors+=("$file: $old → $new")
        else
            echo "noticed: $file: $old"
        fi
    fi
    cp "$work/original" "$folder/$file"
}

file='' old=''
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        '#'* | '') ;;
        '< '*) old=${line#< } ;;
        '> '* | '>') new=${line#>}; try "$file" "$old" "${new# }" ;;
        *) file=$line ;;
    esac
done < Tests/Mutants/mutants.txt

echo "$tried mutants tried, ${#survivors[@]} survived, ${#broken[@]} blocks of the table are out of date"
for survivor in ${survivors[@]+"${survivors[@]}"}; do echo "  survived: $survivor"; done
[ ${#survivors[@]} -eq 0 ] && [ ${#broken[@]} -eq 0 ]

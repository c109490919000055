#!/usr/bin/env bash
# Counts the instructions of the hot stages over the written sample, one thread, and compares them with the committed
# counts: a stage that takes 5 % more fails. Counts, unlike seconds, are the same on a busy machine.
#
#     Tests/counts.sh            # compare
#     Tests/counts.sh --record   # write the counts of this build as those to compare with
#
# Needs valgrind and objcopy. The counts hold for one compiler and one kind of processor, which are written beside them;
# on others they are printed and not compared. STAGE_COUNTS names another binary than the release build.
#
# Exit codes: 0 done; 1 a stage takes more, or an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
baseline=Tests/StageCounts/baseline.tsv
binary=${STAGE_COUNTS:-$(swift build -c release --show-bin-path)/stage-counts}
# Valgrind cannot read what the compiler writes for debuggers.
objcopy --strip-debug "$binary" "$scratch/stage-counts"

# The small dictionary of the tests with the shipped words and weights.
mkdir "$scratch/dictionary"
cp -r Tests/TextMiningTests/Fixtures/Tagging/. "$scratch/dictionary"
cp Dictionaries/words/blocklist.*.txt Dictionaries/words/roles.tsv Dictionaries/words/english.*.txt.gz \
    Dictionaries/learned/*.weights.tsv Dictionaries/species/species.names.tsv "$scratch/dictionary"

here="$(swift --version 2>/dev/null | grep -o 'Swift version [0-9.]*' | head -n 1), $(
    awk -F': ' '/^vendor_id/ { print $2; exit }' /proc/cpuinfo), $(ldd --version | awk 'NR == 1 { print $NF }')"
run() {
    SWIFT_DETERMINISTIC_HASHING=1 "$@" Pipelines/sample/sample26n0001.xml "$scratch/dictionary" "$scratch/cache" \
        Pipelines/sections/gene.yaml
}
# Builds the dictionary, so that no stage does.
run "$scratch/stage-counts" sentences >/dev/null
printf '# Instructions of the stages of %s rounds over the sample: written by Tests/counts.sh --record\n# %s\n' \
    "$(awk '/^let rounds = / { print $4 }' Tests/StageCounts/main.swift)" "$here" >"$scratch/counts.tsv"
for stage in read sentences match tag mine; do
    run valgrind --tool=callgrind --callgrind-out-file="$scratch/out" --collect-atstart=no \
        --toggle-collect='*countedStage*' "$scratch/stage-counts" "$stage" >/dev/null 2>"$scratch/errors" || {
        cat "$scratch/errors" >&2
        exit 1
    }
    printf '%s\t%s\n' "$stage" "$(awk '/^summary:|^totals:/ { count = $2 } END { print count }' "$scratch/out")" \
        >>"$scratch/counts.tsv"
done
if [[ ${1:-} == --record ]]; then
    cp "$scratch/counts.tsv" "$baseline"
    cat "$baseline"
    exit 0
fi
python3 - "$baseline" "$scratch/counts.tsv" <<'PYTHON'
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    return lines[1], dict(line.split("\t") for line in lines if not line.startswith("#"))


(there, before), (here, now) = read(sys.argv[1]), read(sys.argv[2])
compares = there == here
failed = False
for stage, count in now.items():
    ratio = int(count) / int(before[stage]) - 1
    print(f"{stage:<10} {int(count):>15,} instructions, {ratio:+.1%}")
    failed = failed or compares and ratio > 0.05
if not compares:
    print(f"not compared: the counts of {there.strip('# ')} are committed, this is {here.strip('# ')}")
elif failed:
    print("a stage takes over 5 % more instructions: make it lean again, or say why and run Tests/counts.sh --record")
sys.exit(1 if failed else 0)
PYTHON

#!/usr/bin/env bash
# Counts the instructions of the hot stages over the written sample, one thread, and compares them with the committed
# counts: a stage that takes 5 % more fails. Counts, unlike seconds, are the same on a busy machine.
#
#     Tests/counts.sh            # compare
#     Tests/counts.sh --record   # write the counts of this build as those to compare with
#
# Needs valgrind and objcopy. Counts hold for one compiler, C library and maker of processors, which are written above them;
# on a machine of which none are committed they are printed and not compared. STAGE_COUNTS names another binary than the release build.
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
printf '# %s\n' "$here" >"$scratch/counts.tsv"
for stage in read sentences match tag mine; do
    run valgrind --tool=callgrind --callgrind-out-file="$scratch/out" --collect-atstart=no \
        --toggle-collect='*countedStage*' "$scratch/stage-counts" "$stage" >/dev/null 2>"$scratch/errors" || {
        cat "$scratch/errors" >&2
        exit 1
    }
    printf '%s\t%s\n' "$stage" "$(awk '/^summary:|^totals:/ { count = $2 } END { print count }' "$scratch/out")" \
        >>"$scratch/counts.tsv"
done
title="# Instructions of the stages of $(awk '/^let rounds = / { print $4 }' Tests/StageCounts/main.swift) rounds over the sample, "
title+="for each machine that they were counted on: written by Tests/counts.sh --record"
python3 - "$baseline" "$scratch/counts.tsv" "$title" "${1:-}" <<'PYTHON'
import os
import sys


def read(path):
    """The counts by stage of each machine: a comment names the machine whose counts follow."""
    machines = {}
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("# Instructions"):
                continue
            if line.startswith("# "):
                counts = machines.setdefault(line[2:], {})
            else:
                stage, count = line.split("\t")
                counts[stage] = int(count)
    return machines


baseline, path, title, option = sys.argv[1:]
known = read(baseline) if os.path.exists(baseline) else {}
((here, now),) = read(path).items()
if option == "--record":
    known[here] = now
    with open(baseline, "w", encoding="utf-8") as file:
        print(title, file=file)
        for machine in sorted(known):
            print(f"# {machine}", file=file)
            for stage, count in known[machine].items():
                print(f"{stage}\t{count}", file=file)
    sys.exit(0)
before = known.get(here)
failed = False
for stage, count in now.items():
    if before:
        ratio = count / before[stage] - 1
        print(f"{stage:<10} {count:>15,} instructions, {ratio:+.1%}")
        failed = failed or ratio > 0.05
    else:
        print(f"{stage:<10} {count:>15,} instructions")
if not before:
    print(f"not compared: this is {here}; counts are committed of {'; '.join(sorted(known))}")
elif failed:
    print("a stage takes over 5 % more instructions: make it lean again, or say why and run Tests/counts.sh --record")
sys.exit(1 if failed else 0)
PYTHON

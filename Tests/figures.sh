#!/usr/bin/env bash
# Prints how well the text mining does on the development corpora, each figure beside its goal. The tagger has learned from
# these very corpora: what to expect on other text is what Tests/cross-validate.sh prints.
#
#     Tests/figures.sh
#
# The corpora belong to their authors and are no part of this project: they are looked for in ../shared beside the
# checkout, or in the folder that BIOSCRIBE_SHARED names. Where they are absent, the script says so and ends with 0.
# BIOSCRIBE names another binary than the release build.
#
# Exit codes: 0 all goals reached, or no corpora; 1 a goal missed, or an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

shared=${BIOSCRIBE_SHARED:-../shared}
gold=$shared/gold
if [[ ! -d $gold ]]; then
    echo "figures: no corpora in $shared, nothing is measured"
    exit 0
fi
if ! command -v python3 >/dev/null; then
    echo "figures: python3, which lays out the table, is not installed, nothing is measured"
    exit 0
fi

if [[ -z ${BIOSCRIBE:-} ]]; then
    swift build -c release --product bioscribe >&2
    BIOSCRIBE=$(swift build -c release --show-bin-path)/bioscribe
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
missed=0

# measure TASK CORPUS [OPTION...] : leaves the report in $scratch/report. What the corpora do not agree on with their own
# texts is not of interest here.
measure() {
    local task=$1 corpus=$2
    shift 2
    if ! "$BIOSCRIBE" evaluate "$task" --gold "$gold/$corpus" --json "$@" >"$scratch/report" 2>"$scratch/messages"; then
        cat "$scratch/messages" >&2
        exit 1
    fi
}

# row NAME MEASURE TYPE KEY STRICT GOAL : prints a line of the table from the report. TYPE is the type of mention, KEY
# names the measure, STRICT the one over mentions with exact offsets; TYPE, STRICT and GOAL may be empty.
row() {
    python3 - "$scratch/report" "$@" <<'PYTHON' || missed=1
import json, sys

path, name, measure, kind, key, strict, goal = sys.argv[1:]
with open(path) as file:
    report = json.load(file)
scores = (report["types"][kind] if kind else report)["scores"]
found = scores[key]
exact = f"{scores[strict]['f1']:.2f}" if strict else "-"
is_missed = goal != "" and found["f1"] < float(goal)
verdict = (goal or "none") + (", MISSED" if is_missed else "")
print(f"{name:<22} {measure:<30} {found['precision']:>9.2f} {found['recall']:>7.2f} {found['f1']:>6.2f} {exact:>10}   {verdict}")
sys.exit(1 if is_missed else 0)
PYTHON
}

# tagging NAME CORPUS TYPE GOAL IDS [OPTION...] : IDS is the list of identifiers that count, or nothing.
tagging() {
    local name=$1 corpus=tagging/$2 type=$3 goal=$4 ids=$5
    shift 5
    local restrict=()
    [[ -z $ids ]] || restrict=(--restrict "$gold/tagging/$ids")
    measure tagging "$corpus" --type "$type" "${restrict[@]}" "$@"
    row "$name" "identifiers of documents" "$type" ids strict "$goal"
}

# passages NAME CORPUS TASK MEASURE KEY
passages() {
    measure "$3" "$2"
    row "$1" "$4" "" "$5" "" ""
}

printf '%-22s %-30s %9s %7s %6s %10s   %s\n' "development corpus" measure precision recall F1 "mention F1" goal
tagging "BC2GN, human genes" gnormplus_bc2gn.dev.jsonl.gz Gene 82 human.ids --species human
tagging "NLM-Gene" nlmgene.dev.jsonl.gz Gene 72 ""
tagging "NCBI disease" ncbi_disease.dev.jsonl.gz Disease 78 ""
tagging "BC5CDR disease" bc5cdr.dev.jsonl.gz Disease 80 ""
tagging "BC5CDR chemical" bc5cdr.dev.jsonl.gz Chemical 88 ""
tagging "S800 species" s800_species.dev.jsonl.gz Species 84 taxa.ids
passages "GENIA" sentences/genia.dev.jsonl.gz sentences "sentences, both ends" spans
passages "CRAFT" sentences/craft.dev.jsonl.gz sentences "sentences, both ends" spans
passages "MED1250" abbreviations/med1250.dev.jsonl.gz abbreviations "short and long form" pairs

measure sections sections/dev.jsonl
row "sections of genes" "all sections that fit" "" sections "" ""
python3 - "$scratch/report" <<'PYTHON'
import json, sys

with open(sys.argv[1]) as file:
    report = json.load(file)
scores = report["scores"]
flags = scores["flags"]
print(f"""
Of {report['sentences']} sentences on genes:
  first section right        {scores['best']['share']:.1f} %
  kind of sentence right     {scores['kind']['share']:.1f} %
  negated, F1                {flags['negated']['f1']:.1f}
  speculative, F1            {flags['speculative']['f1']:.1f}
  not standing alone, F1     {flags['not_standalone']['f1']:.1f}""")
PYTHON

if ((missed)); then
    echo
    echo "figures: a goal was missed, or a score could not be read"
    exit 1
fi

#!/usr/bin/env bash
# Prints how well tagging and the finding of interactions do on documents that nothing was learned from: names and weights
# are trained on four fifths of the development corpora and tried on the fifth, five times; interactions on nine tenths.
#
#     Tests/cross-validate.sh
#
# The corpora belong to their authors and are no part of this project: they are looked for in ../shared beside the
# checkout, or in the folder that BIOSCRIBE_SHARED names. Where they are absent, the script says so and ends with 0.
# BIOSCRIBE names another binary than the release build. It takes some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

shared=${BIOSCRIBE_SHARED:-../shared}
gold=$shared/gold/tagging
if [[ ! -d $gold ]]; then
    echo "cross-validate: no corpora in $gold, nothing is measured"
    exit 0
fi
if [[ -z ${BIOSCRIBE:-} ]]; then
    swift build -c release --product bioscribe >&2
    BIOSCRIBE=$(swift build -c release --show-bin-path)/bioscribe
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

corpora=(nlmgene biored ncbi_disease bc5cdr s800_species)
arguments=(--gold "$gold/gnormplus_bc2gn.dev.jsonl.gz=human")
for corpus in "${corpora[@]}"; do arguments+=(--gold "$gold/$corpus.dev.jsonl.gz"); done
"$BIOSCRIBE" train --cross-validate --output "$scratch" "${arguments[@]}" >/dev/null

# measure TITLE CORPUS TYPE [OPTION...]
measure() {
    local title=$1 corpus=$2 type=$3
    shift 3
    printf '\n%s\n' "$title"
    "$BIOSCRIBE" evaluate tagging --gold "$gold/$corpus.dev.jsonl.gz" --type "$type" \
        --predictions "$scratch/$corpus.dev.jsonl.gz.pubtator" "$@" 2>/dev/null
}

measure "BC2GN, human genes" gnormplus_bc2gn Gene --restrict "$gold/human.ids"
measure "NLM-Gene" nlmgene Gene
measure "NCBI disease" ncbi_disease Disease
measure "BC5CDR disease" bc5cdr Disease
measure "BC5CDR chemical" bc5cdr Chemical
measure "S800 species" s800_species Species --restrict "$gold/taxa.ids"

# The four corpora of pairs are trained on together, the five of events together: they answer different questions.
interactions() {
    local arguments=() corpus
    for corpus in "$@"; do arguments+=(--gold "$shared/gold/$corpus.dev.jsonl.gz"); done
    "$BIOSCRIBE" train interactions --cross-validate --output "$scratch" "${arguments[@]}" >/dev/null
    for corpus in "$@"; do
        printf '\n%s\n' "interactions, ${corpus##*/}"
        "$BIOSCRIBE" evaluate interactions --gold "$shared/gold/$corpus.dev.jsonl.gz" \
            --predictions "$scratch/${corpus##*/}.dev.jsonl.gz.pairs" 2>/dev/null
    done
}

interactions relations/ppi_aimed relations/ppi_hprd50 relations/ppi_iepa relations/ppi_lll
interactions events/cg2013 events/epi2011 events/ge2011 events/ge2013 events/pc2013

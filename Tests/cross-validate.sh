#!/usr/bin/env bash
# Prints how well tagging does on documents that nothing was learned from: names and weights are trained on four fifths of
# the development corpora and tried on the fifth, five times.
#
#     Tests/cross-validate.sh
#
# The corpora belong to their authors and are no part of this project: they are looked for in ../shared beside the
# checkout, or in the folder that BIOSCRIBE_SHARED names. Where they are absent, the script says so and ends with 0.
# BIOSCRIBE names another binary than the release build. It takes some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

gold=${BIOSCRIBE_SHARED:-../shared}/gold/tagging
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

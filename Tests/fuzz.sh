#!/usr/bin/env bash
# Throws inputs that libFuzzer makes up at the readers of foreign bytes, and compares what they give with what it must be:
# FuzzGzip the reader of gzip and the cutter of records, FuzzRecords the scanner of records with libxml2, FuzzDictionary the
# readers of a dictionary's sources, FuzzMatcher tokens and the automaton with a loop over all names. What is found is kept
# in the folder of the build, as is the corpus, so that the next call goes on where this one ended.
#
#     Tests/fuzz.sh [SECONDS EACH [TARGET …]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/Fuzzing"

seconds=${1:-300}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(FuzzGzip FuzzRecords FuzzDictionary FuzzMatcher)

# Where ISA-L is installed, it is compared with zlib.
traits=()
if pkg-config --exists libisal; then traits=(--traits ISAL); fi
swift build -c release "${traits[@]}"
products=$(swift build -c release "${traits[@]}" --show-bin-path)
fixtures=../IntakeTests/Fixtures
for target in "${targets[@]}"; do
    corpus=.build/corpus/$target
    mkdir -p "$corpus"
    case $target in
    FuzzGzip) cp "$fixtures"/*.xml "$fixtures"/*.gz "$corpus" ;;
    FuzzRecords)
        # One seed a record: the lines from its start tag to its end tag.
        for fixture in "$fixtures"/*.xml; do
            awk -v name="$corpus/$(basename "$fixture")" '
                /^ *<(PubmedArticle|PubmedBookArticle|DeleteCitation)>/ { part++; sub(/^ */, ""); open = 1 }
                open { printf "%s%s", (begun == part ? "\n" : ""), $0 > (name "." part); begun = part }
                /<\/(PubmedArticle|PubmedBookArticle|DeleteCitation)>/ { open = 0 }' "$fixture"
        done
        ;;
    FuzzDictionary)
        # The first byte is the number of the file's name in the target.
        printf '\000' | cat - ../TextMiningTests/Fixtures/Tagging/genes.gene_info >"$corpus/genes"
        printf '\003' | cat - ../TextMiningTests/Fixtures/Tagging/names.dmp >"$corpus/names"
        printf '\006' | cat - ../TextMiningTests/Fixtures/Tagging/orthologs.tsv >"$corpus/orthologs"
        printf '\007' | cat - ../TextMiningTests/Fixtures/Tagging/mesh.bin >"$corpus/mesh"
        printf '\013' | cat - ../../Dictionaries/words/roles.tsv >"$corpus/roles"
        printf '\011' | cat - ../../Dictionaries/species/species.names.tsv | head -c 4000 >"$corpus/own"
        ;;
    FuzzMatcher) printf 'IGF-1R\nTNF-\316\261\ntype II\n\nThe IGF1R and TNFalpha of type 2 tumours.' >"$corpus/names" ;;
    esac
    echo "$target for $seconds seconds"
    # libxml2 keeps what it interned, and Swift what it made once: neither is a leak.
    "$products/$target" "$corpus" -dict=Seeds/xml.dictionary -max_len=16384 -max_total_time="$seconds" \
        -detect_leaks=0 -print_final_stats=1 -artifact_prefix=".build/$target-"
done

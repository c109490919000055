#!/usr/bin/env bash
# Makes a large store out of a small one, for measuring what questions take there, and asks a few.
#
#     Tests/large-store.sh STORE.sqlite LARGE.sqlite TIMES
#
# Every citation with its sentences and evidence is there TIMES times, under other PMIDs; articles stay as they are.
# Identifiers of copied evidence are made up, so that such a store is for measuring alone: an audit finds them. Needs sqlite3.
# BIOSCRIBE names another binary than the release build.
#
# Exit codes: 0 done; 1 an error.
set -euo pipefail

store=$(realpath "${1:?usage: Tests/large-store.sh STORE.sqlite LARGE.sqlite TIMES}")
large=$(realpath -m "${2:?usage: Tests/large-store.sh STORE.sqlite LARGE.sqlite TIMES}")
times=${3:?usage: Tests/large-store.sh STORE.sqlite LARGE.sqlite TIMES}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [[ -z ${BIOSCRIBE:-} ]]; then
    BIOSCRIBE=$(swift build -c release --show-bin-path)/bioscribe
fi
if [[ -e $large ]]; then
    echo "$large is there already: name another file, or remove it" >&2
    exit 1
fi

sqlite3 "$store" ".backup '$large'"
sqlite3 "$large" >/dev/null <<SQL
PRAGMA foreign_keys = OFF;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -2000000;
BEGIN;
DROP INDEX evidenceByID;
DROP INDEX evidenceOfEntity;
DROP INDEX citationInFile;
DROP INDEX occurrenceInFile;
CREATE TEMPORARY TABLE copy AS
    WITH RECURSIVE numbers (shift) AS (
        SELECT 1000000000 UNION ALL SELECT shift + 1000000000 FROM numbers LIMIT $times - 1)
    SELECT shift FROM numbers;
CREATE TEMPORARY TABLE original AS SELECT pmid FROM citation;
INSERT INTO citation
    SELECT pmid + shift, version, file, record, byteOffset, sha256, year, isRetracted, isNotice, hasConcern, hasErratum,
        content, NULL
    FROM copy CROSS JOIN original JOIN citation USING (pmid);
INSERT INTO occurrence
    SELECT pmid + shift, file, record, version, carriesEvidence, concepts, NULL
    FROM copy CROSS JOIN original JOIN occurrence USING (pmid);
INSERT INTO sentence
    SELECT pmid + shift, number, passage, place, start, "end", mentions
    FROM copy CROSS JOIN original JOIN sentence USING (pmid);
INSERT INTO evidence
    SELECT pmid + shift, sentence, entity, randomblob(16), qualities, placements
    FROM copy CROSS JOIN original JOIN evidence USING (pmid);
CREATE UNIQUE INDEX evidenceByID ON evidence (id);
CREATE INDEX evidenceOfEntity ON evidence (entity);
CREATE INDEX citationInFile ON citation (file);
CREATE INDEX occurrenceInFile ON occurrence (file);
COMMIT;
PRAGMA journal_mode = WAL;
SQL

# Runs a command of the program on the store three times, and prints its name and the median of its wall times.
took() {
    local name=$1 before after times=()
    shift
    for _ in 1 2 3; do
        before=$(date +%s%N)
        "$BIOSCRIBE" "$@" --database "$large" >/dev/null
        after=$(date +%s%N)
        times+=($(((after - before) / 1000000)))
    done
    printf '%s\t%s ms\n' "$name" "$(printf '%s\n' "${times[@]}" | sort -n | sed -n 2p)"
}

gene=$(sqlite3 "$large" "SELECT curie FROM entity JOIN (SELECT entity, count(*) AS n FROM statement
    JOIN article ON article.id = statement.article GROUP BY entity ORDER BY n DESC, entity LIMIT 1) ON entity = entity.id")
evidence=$(sqlite3 "$large" "SELECT lower(hex(statement.evidence)) FROM statement JOIN article ON article.id = article
    JOIN entity ON entity.id = article.entity WHERE curie = '$gene' ORDER BY position LIMIT 1")
sqlite3 "$large" "SELECT 'evidence' || char(9) || count(*) FROM evidence; SELECT 'citations' || char(9) || count(*) FROM citation"
printf 'bytes\t%s\n' "$(stat -c %s "$large")"
took status status
took search search "insulin receptor"
took "article show" article show "$gene"
took "article blame" article blame "$gene"
took trace trace "$evidence"
took explain explain "$gene"

#!/usr/bin/env bash
# Times well-known libraries side by side with this program on one file of PubMed, one thread each, and prints ratios.
#
#     Tests/peers.sh PUBMED.xml.gz [CITATIONS]
#
# The libraries come from PyPI into a folder of their own, which is kept in PEERS (default: a temporary one): pubmed_parser,
# lxml, ahocorasick_rs, pysbd, blingfire, sqlite-utils. Slow ones work on fewer citations; rates are what is compared.
# BIOSCRIBE names another binary than the release build.
#
# Exit codes: 0 done; 1 an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

file=$(realpath "${1:?usage: Tests/peers.sh PUBMED.xml.gz [CITATIONS]}")
citations=${2:-5000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
peers=${PEERS:-$scratch/peers}
if [[ -z ${BIOSCRIBE:-} ]]; then
    BIOSCRIBE=$(swift build -c release --show-bin-path)/bioscribe
fi
if [[ ! -x $peers/bin/python ]]; then
    python3 -m venv "$peers"
    "$peers/bin/pip" install -q pubmed_parser lxml ahocorasick_rs pysbd blingfire sqlite-utils
fi

cat >"$scratch/pipeline.yaml" <<PIPELINE
files: [$file]
species: [mouse, human]
dictionaries: $PWD/Dictionaries
sections: $PWD/Pipelines/sections/gene.yaml
journals: [$PWD/Dictionaries/journals-first-rank.tsv]
PIPELINE
"$BIOSCRIBE" bench "$scratch/pipeline.yaml" --stage read --stage sentences --stage match --stage tag --stage mine \
    --repeats 3 --citations "$citations" --json >"$scratch/own.json"

"$peers/bin/python" - "$file" "$citations" "$scratch" "$PWD/Dictionaries" <<'PYTHON'
import csv, glob, gzip, json, sqlite3, sys, time
import importlib.metadata

import ahocorasick_rs, blingfire, pubmed_parser, pysbd, sqlite_utils
from lxml import etree

file, limit, scratch, dictionaries = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
with open(scratch + "/own.json") as report:
    own = {stage["stage"]: stage for stage in json.load(report)["stages"]}
rows = []


def timed(peer, what, stage, unit, work):
    start = time.perf_counter()
    amount = work()
    rate = amount / (time.perf_counter() - start)
    ours = own[stage]["perSecond"] if stage else None
    rows.append((peer, what, rate, unit, ours))


def with_lxml():
    texts = []
    for _, element in etree.iterparse(gzip.open(file), tag="PubmedArticle"):
        title = element.find(".//ArticleTitle")
        abstract = element.findall(".//Abstract/AbstractText")
        texts.append(["".join(part.itertext()) for part in ([title] if title is not None else []) + abstract])
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    passages.extend(text for document in texts[:limit] for text in document)
    return len(texts)


passages = []
timed("lxml iterparse", "title and abstract only", "read", "citations", with_lxml)


def with_pubmed_parser():
    # It ends at a record that it does not understand: the rate is that of the ones before.
    count = 0
    try:
        for _ in pubmed_parser.parse_medline_xml(file):
            count += 1
    except AttributeError as error:
        print(f"pubmed_parser ends after {count} citations: {error}", file=sys.stderr)
    return count


timed("pubmed_parser", "XML to dict", "read", "citations", with_pubmed_parser)
megabytes = sum(len(text.encode()) for text in passages) / 1e6
timed("blingfire", "sentences", "sentences", "sentences",
      lambda: sum(len(blingfire.text_to_sentences_and_offsets(text)[1]) for text in passages))
segmenter = pysbd.Segmenter(language="en", clean=False)
timed("pysbd", "sentences", "sentences", "sentences", lambda: sum(len(segmenter.segment(text)) for text in passages[:500]))

names = set()
for path in glob.glob(dictionaries + "/genes/*.gene_info.gz"):
    with gzip.open(path, "rt", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            names.update([row["Symbol"], row["description"], *row["Synonyms"].split("|")])
names = sorted(name.lower() for name in names if len(name) > 2)
automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def match():
    for text in passages:
        automaton.find_matches_as_indexes(text.lower())
    return megabytes


timed("ahocorasick_rs", f"{len(names)} names of genes", "match", "MB", match)


def insert():
    database = sqlite_utils.Database(scratch + "/peer.sqlite")
    database["passage"].insert_all({"number": number, "text": text} for number, text in enumerate(passages))
    return len(passages)


timed("sqlite-utils", "inserting passages", None, "rows", insert)

print(f"{'peer':<24} {'what':<26} {'a second':>12} {'bioscribe':>12} {'ratio':>7}")
versions = {"lxml iterparse": "lxml"}
for peer, what, rate, unit, ours in rows:
    version = importlib.metadata.version(versions.get(peer, peer))
    figures = f"{ours:>12,.1f} {ours / rate:>6.1f}x" if ours else f"{'-':>12} {'-':>7}"
    print(f"{peer + ' ' + version:<24} {what:<26} {rate:>12,.1f} {figures}   {unit}")
for stage in ("tag", "mine"):
    print(f"{'bioscribe':<24} {stage:<26} {'':>12} {own[stage]['perSecond']:>12,.1f} {'':>7}   {own[stage]['unit']}")
PYTHON

#!/usr/bin/env bash
# Kills the real program, fills its disk, damages its files, at many seeded points, and looks whether what is left is that of
# nights that nothing disturbed; flips bits in every column of the database and looks whether the audit names each. The usual
# tests do the same at a few points.
#
#     Tests/faults.sh [POINTS [FLIPS IN EACH COLUMN]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

BIOSCRIBE_FAULTS=${1:-200} BIOSCRIBE_MUTATIONS=${2:-5} \
    swift test -c release --disable-xctest --disable-testable-imports \
    --filter 'FaultHarnessTests|FaultTests|KilledNightTests|StoppedRunTests|MutationTests'

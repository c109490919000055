#!/usr/bin/env bash
# Kills the real program, fills its disk and damages its files at many seeded points, and looks whether what is left is that of
# nights that nothing disturbed. The usual tests do the same at a few points.
#
#     Tests/faults.sh [POINTS]        200 points take about half an hour on two cores
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

BIOSCRIBE_FAULTS=${1:-200} swift test -c release --disable-xctest --disable-testable-imports \
    --filter 'FaultHarnessTests|FaultTests|KilledNightTests|StoppedRunTests'

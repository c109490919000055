import Corpus
import Store

/// The ledger says what there is: counts against rows, digests of runs, the order of files; and of every citation the newest
/// version is the one that is kept.
struct LedgerTotals: AuditCheck {
    let name = "ledger"
    let unit = "files, runs and citations read"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        for run in try database.store.auditedRuns() {
            outcome.checked += 1
            if run.origin.digest != run.digest {
                outcome.differs(
                    AuditFinding.Place(),
                    "run \(run.number): its digest is not that of its program, pipeline, rules, dictionary and species",
                    CheckOutcome.restoreAdvice)
            }
        }
        for run in try database.store.auditedRuns() where !run.hasReadableCounts {
            outcome.differs(
                AuditFinding.Place(), "run \(run.number): its counts cannot be read",
                CheckOutcome.restoreAdvice)
        }
        let files = try database.store.auditedFiles()
        for file in files {
            outcome.checked += 1
            check(file, &outcome)
        }
        let toReread = Set(files.filter(\.entry.mustReread).map(\.entry.file.name))
        var missing: Set<String> = []
        let count = try database.store.misplacedCitations { found in
            let place = AuditFinding.Place(file: found.file, record: found.record, pmid: found.pmid)
            switch found.fault {
            case .newestMissing:
                missing.insert(found.file)
                let isKnown = toReread.contains(found.file)
                outcome.differs(
                    place, "its newest version gives evidence, but is not kept",
                    isKnown ? "bioscribe run reads the file again" : CheckOutcome.rereadAdvice)
            case .keptIsNotNewest:
                outcome.differs(
                    place, "what is kept is not the newest version, or was deleted or retracted",
                    CheckOutcome.rereadAdvice
                )
            case .keptIsNotNoted:
                outcome.differs(
                    place, "what is kept is not what the ledger notes", CheckOutcome.rereadAdvice)
            }
        }
        outcome.checked += count
        for name in toReread.subtracting(missing).sorted() {
            outcome.differs(
                AuditFinding.Place(file: name), "it is marked to be read again, but nothing of it is missing",
                "bioscribe run reads it again")
        }
    }

    private func check(_ file: AuditedFile, _ outcome: inout CheckOutcome) {
        let entry = file.entry
        let place = AuditFinding.Place(file: entry.file.name)
        func compare(_ what: String, _ stored: Int, _ counted: Int) {
            if stored == counted { return }
            outcome.differs(
                place, "the ledger says \(stored) \(what), there are \(counted)", CheckOutcome.rereadAdvice)
        }
        compare("citations", entry.totals.citations, file.occurrences)
        // A file may name a citation twice.
        if entry.deleted < file.deletions || (entry.deleted == 0) != (file.deletions == 0) {
            compare("deleted citations", entry.deleted, file.deletions)
        }
        compare("records set aside", entry.setAside, file.problems)
        // What later files have replaced has gone since.
        if file.evidence > entry.evidence || file.carrying == file.kept {
            compare("pieces of evidence", entry.evidence, file.evidence)
        }
        if !file.isPlaceRight {
            outcome.differs(
                place, "its place in the order of files is not that of its name", CheckOutcome.restoreAdvice)
        }
        let digests = entry.file.digests
        if (digests.program, digests.rules, digests.dictionary, digests.species)
            != (file.run.program, file.run.rules, file.run.dictionary, file.run.species)
        {
            outcome.differs(
                place, "it is said to be read with other digests than run \(entry.run), which read it",
                CheckOutcome.restoreAdvice)
        }
    }
}

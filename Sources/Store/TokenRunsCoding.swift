import Articles
import Foundation

/// Identities of tokens as the store keeps them: for each run the distance of its first identity from the end of the run
/// before, and its length, as variable-length integers.
enum TokenRunsCoding {
    static func data(_ runs: TokenRuns) -> Data {
        var encoder = ByteEncoder()
        var next: Int64 = 0
        for run in runs.runs {
            encoder.add(signed: Int64(run.first.number) - next)
            encoder.add(Int(run.count))
            next = Int64(run.first.number) + Int64(run.count)
        }
        return Data(encoder.bytes)
    }

    static func runs(_ data: Data) throws(ByteDecoder.Malformed) -> TokenRuns {
        var decoder = ByteDecoder([UInt8](data))
        var runs: [TokenRuns.Run] = []
        var next: Int64 = 0
        while !decoder.isAtEnd {
            let distance = try decoder.signed()
            let first = next.addingReportingOverflow(distance)
            guard !first.overflow, let number = Int32(exactly: first.partialValue),
                let count = Int32(exactly: try decoder.number()), count > 0
            else { throw ByteDecoder.Malformed() }
            runs.append(TokenRuns.Run(first: TokenID(number), count: count))
            next = first.partialValue + Int64(count)
        }
        return TokenRuns(runs: runs)
    }
}

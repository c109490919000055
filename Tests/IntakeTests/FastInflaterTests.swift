#if ISAL
    import Foundation
    import Intake
    import Testing

    /// Reading with ISA-L beside reading with zlib alone: the same text, the same fault at the same place, the same digest; of
    /// what is damaged it may have given more before the fault.
    @Suite struct FastInflaterTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        /// All that a file gives, in pieces of some size.
        private struct Reading: Equatable {
            var text: [UInt8] = []
            var fault: String?
            var digest: FileDigest?

            init(_ path: String, isFast: Bool, pieceSize: Int) throws {
                let reader = try InflatingReader(path: path, isFast: isFast)
                var buffer = [UInt8](repeating: 0, count: pieceSize)
                do {
                    while true {
                        let count = try reader.read(into: &buffer, at: 0)
                        if count == 0 { break }
                        text += buffer[..<count]
                    }
                } catch {
                    fault = "\(error)"
                }
                digest = try reader.finish()
            }
        }

        @Test(arguments: 0..<4)
        func `damaged, truncated and joined members are read alike`(kind: Int) throws {
            let whole = try fixtureBytes("awkward.xml.gz")
            let seed = UInt64.random(in: 0...UInt64.max)
            var dice = Dice(seed: seed)
            for round in 0..<200 {
                var bytes = whole
                if kind == 2 { bytes += whole }
                switch kind {
                case 0: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &dice))
                case 3:
                    bytes += [UInt8](repeating: 0, count: Int.random(in: 0..<9, using: &dice)) + whole
                    bytes += [0, UInt8.random(in: 0...1, using: &dice)]
                default:
                    bytes[Int.random(in: 0..<bytes.count, using: &dice)] ^= UInt8.random(
                        in: 1...255, using: &dice)
                }
                let path = try folder.file("member.xml.gz", bytes)
                let slow = try Reading(path, isFast: false, pieceSize: InflatingReader.pieceSize)
                for pieceSize in [1 << 18, 5_000, 61] {
                    let fast = try Reading(path, isFast: true, pieceSize: pieceSize)
                    let place = "seed \(seed), round \(round), pieces of \(pieceSize) bytes"
                    #expect(fast.fault == slow.fault && fast.digest == slow.digest, "\(place)")
                    #expect(fast.text.starts(with: slow.text), "\(place)")
                    #expect(slow.fault != nil || fast.text == slow.text, "\(place)")
                }
            }
        }
    }
#endif

#if ISAL
    import CISAL

    /// ISA-L's decompressor for gzip members (RFC 1952), which takes a third of zlib's time, behind a safe interface.
    ///
    /// What it finds wrong it only calls doubtful: faults are for zlib to tell. One thread at a time may use it.
    @safe final class FastInflater {
        private let state: UnsafeMutablePointer<inflate_state>

        /// Starts before the header of a member. The library keeps addresses in its state, so that it lives on the heap.
        private init() {
            unsafe state = .allocate(capacity: 1)
            unsafe isal_inflate_init(state)
            unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
        }

        deinit { unsafe state.deallocate() }

        /// One of them, where the program was built with it.
        static func make() -> FastInflater? { FastInflater() }

        /// Makes ready for the next member.
        func reset() {
            unsafe isal_inflate_reset(state)
            unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
        }

        /// Inflates from `input[consumed...]` into `output[produced...]` and moves both counters on.
        func inflate(
            _ input: [UInt8], inputEnd: Int, consumed: inout Int, into output: inout [UInt8],
            produced: inout Int
        ) -> FastOutcome {
            precondition(consumed <= inputEnd && inputEnd <= input.count && produced <= output.count)
            let from = consumed
            let to = produced
            let status: Int32 = unsafe input.withUnsafeBufferPointer { source in
                unsafe output.withUnsafeMutableBufferPointer { target in
                    guard let first = source.baseAddress, let place = target.baseAddress else {
                        return ISAL_DECOMP_OK
                    }
                    unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: first + from)
                    unsafe state.pointee.avail_in = UInt32(inputEnd - from)
                    unsafe state.pointee.next_out = place + to
                    unsafe state.pointee.avail_out = UInt32(target.count - to)
                    return unsafe isal_inflate(state)
                }
            }
            consumed = inputEnd - Int(unsafe state.pointee.avail_in)
            produced = output.count - Int(unsafe state.pointee.avail_out)
            guard status >= 0 else { return .doubtful }
            return unsafe state.pointee.block_state == ISAL_BLOCK_FINISH ? .memberEnd : .more
        }
    }
#else
    /// The decompressor of a program that was built without ISA-L: there is none.
    enum FastInflater {
        /// One of them, where the program was built with it.
        static func make() -> FastInflater? { nil }

        /// Makes ready for the next member.
        func reset() {}

        /// Inflates nothing, since there is no such thing.
        func inflate(
            _ input: [UInt8], inputEnd: Int, consumed: inout Int, into output: inout [UInt8],
            produced: inout Int
        ) -> FastOutcome { switch self {} }
    }
#endif

/// What a call of the fast decompressor came to.
enum FastOutcome {
    /// It wants more input, or more room for output.
    case more
    /// The member is complete, its checksum and length right.
    case memberEnd
    /// The data seem to be damaged: zlib has to say.
    case doubtful
}

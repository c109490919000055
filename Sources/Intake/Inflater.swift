import CZlib

/// zlib's decompressor for one gzip member after the other (RFC 1952), behind a safe interface.
///
/// zlib keeps the address of its state, so the state lives on the heap and is freed with this object. One thread
/// at a time may use it.
@safe final class Inflater {
    /// What a call came to.
    enum Outcome {
        /// It wants more input, or more room for output.
        case more
        /// The member is complete, its checksum and length right.
        case memberEnd
        /// The data are damaged; zlib's message.
        case damaged(String)
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// Starts before the header of a member; nil when memory is lacking.
    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15: the largest window; 16: a gzip header and trailer, checked.
        let status = unsafe inflateInit2_(
            stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            unsafe stream.deinitialize(count: 1)
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Makes ready for the next member.
    func reset() {
        unsafe inflateReset(stream)
    }

    /// Inflates from `input[consumed...]` into `output[produced...]` and moves both counters on.
    ///
    /// What stands before a damaged place is written to the output as well.
    func inflate(
        _ input: [UInt8], inputEnd: Int, consumed: inout Int, into output: inout [UInt8], produced: inout Int
    ) -> Outcome {
        precondition(consumed <= inputEnd && inputEnd <= input.count && produced <= output.count)
        let from = consumed
        let to = produced
        let status: Int32 = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                guard let first = source.baseAddress, let place = target.baseAddress else { return Z_OK }
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: first + from)
                unsafe stream.pointee.avail_in = uInt(inputEnd - from)
                unsafe stream.pointee.next_out = place + to
                unsafe stream.pointee.avail_out = uInt(target.count - to)
                return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        consumed = inputEnd - Int(unsafe stream.pointee.avail_in)
        produced = output.count - Int(unsafe stream.pointee.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: return .more
        case Z_STREAM_END: return .memberEnd
        default:
            guard let message = unsafe stream.pointee.msg else { return .damaged("zlib error \(status)") }
            return unsafe .damaged(String(cString: message))
        }
    }
}

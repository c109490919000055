/// Bytes that stay where they are for as long as the object lives: a mapped file, or a copy of an array.
///
/// All reading of tables through pointers is in this file. Every access is checked against the region's bounds.
@safe
public final class MemoryRegion: @unchecked Sendable {
    // Unchecked: the bytes are never written to after `init`, and the pointer never changes.
    private let bytes: UnsafeRawBufferPointer
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    /// Takes over bytes that nobody changes any more, and the function that gives them back at the end.
    public init(
        unsafeBytes bytes: UnsafeRawBufferPointer,
        release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
        unsafe self.bytes = unsafe bytes
        unsafe self.release = unsafe release
    }

    /// Copies an array.
    public convenience init(_ array: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(array.count, 1), alignment: 16)
        unsafe copy.copyBytes(from: array)
        unsafe self.init(
            unsafeBytes: UnsafeRawBufferPointer(rebasing: copy[..<array.count]),
            release: { unsafe $0.deallocate() })
    }

    deinit {
        unsafe release(bytes)
    }

    /// The number of bytes.
    public var count: Int { unsafe bytes.count }

    /// A table of fixed-width little-endian values; nil when it leaves the region or is not aligned.
    public func table<Element: BitwiseCopyable>(
        of type: Element.Type, at offset: Int, count: Int
    ) -> MemoryTable<Element>? {
        let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, offset >= 0, count >= 0, offset <= self.count, size <= self.count - offset else {
            return nil
        }
        let start = unsafe bytes.baseAddress.map { unsafe $0 + offset }
        if let start = unsafe start, Int(bitPattern: start) % MemoryLayout<Element>.alignment != 0 {
            return nil
        }
        let base: UnsafePointer<Element>? = unsafe start?.assumingMemoryBound(to: Element.self)
        return unsafe MemoryTable(owner: self, base: base, count: count)
    }
}

/// A table in a region of memory, read like an array.
///
/// The machines that BioScribe runs on are little-endian; a compiled dictionary is refused on others.
@safe
public struct MemoryTable<Element: BitwiseCopyable>: @unchecked Sendable {
    // Unchecked: see MemoryRegion, which is kept alive by `owner`.
    private let owner: MemoryRegion
    @usableFromInline let base: UnsafePointer<Element>?
    /// The number of elements.
    public let count: Int

    init(owner: MemoryRegion, base: UnsafePointer<Element>?, count: Int) {
        self.owner = owner
        unsafe self.base = unsafe base
        self.count = count
    }

    /// The element at an index; an index outside the table stops the program, as an array's does.
    @inlinable
    public subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "a table was read outside its bounds")
        return unsafe base.unsafelyUnwrapped[index]
    }

    /// Calls a function with a stretch of the table; a stretch outside the table stops the program.
    @inlinable
    public func withSpan<Result>(
        from start: Int, count: Int, _ body: (Span<Element>) -> Result
    ) -> Result {
        precondition(
            start >= 0 && count >= 0 && start <= self.count - count, "a table was read outside its bounds")
        let buffer = unsafe UnsafeBufferPointer(start: base.map { unsafe $0 + start }, count: count)
        return body(unsafe Span(_unsafeElements: buffer))
    }
}

/// A stretch of a table of bytes: a text in UTF-8 that is read where it lies.
public struct MemoryText: Sendable {
    @usableFromInline let table: MemoryTable<UInt8>
    @usableFromInline let start: Int
    /// The number of bytes.
    public let count: Int

    init(table: MemoryTable<UInt8>, start: Int, count: Int) {
        precondition(
            start >= 0 && count >= 0 && start <= table.count - count, "a table was read outside its bounds")
        self.table = table
        self.start = start
        self.count = count
    }

    /// The byte at an offset.
    @inlinable
    public subscript(offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < count, "a text was read outside its bounds")
        return table[start + offset]
    }

    /// The text; ill-formed bytes become U+FFFD.
    public var string: String { table.text(from: start, count: count) }

    /// The text from one offset to before another.
    public func string(from first: Int, to end: Int) -> String {
        precondition(first >= 0 && first <= end && end <= count, "a text was read outside its bounds")
        return table.text(from: start + first, count: end - first)
    }
}

extension MemoryTable<UInt8> {
    /// A stretch of the table as a text.
    public func memoryText(from start: Int, count: Int) -> MemoryText {
        MemoryText(table: self, start: start, count: count)
    }

    /// The text of a stretch of UTF-8; ill-formed bytes become U+FFFD.
    public func text(from start: Int, count: Int) -> String {
        withSpan(from: start, count: count) { span in
            unsafe span.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
}

extension [UInt8] {
    /// Appends bytes, in one go: one by one each asks whether there is room.
    package mutating func append(copying bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { output in
            for place in bytes.indices { output.append(bytes[place]) }
        }
    }
}

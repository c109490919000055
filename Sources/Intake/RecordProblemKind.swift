extension RecordProblem.Reason {
    /// The kind of fault in one word, for counts: stable, and never translated.
    public var kind: String {
        switch self {
        case .notClosed: "notClosed"
        case .recordTooLong: "recordTooLong"
        case .strayMarkup: "strayMarkup"
        case .malformed: "malformed"
        case .invalidUTF8: "invalidUTF8"
        case .unknownEntity: "unknownEntity"
        case .fieldTooLong: "fieldTooLong"
        case .invalidPMID: "invalidPMID"
        case .unreadable: "unreadable"
        case .doubtful: "doubtful"
        }
    }
}

import Articles
import Corpus
import Foundation

/// A folder of pages that a browser opens without a server: `index.html`, a page an article, one style sheet.
///
/// Usage: make it with the entries of *all* articles, ``begin()``, ``write(_:)`` the pages that may have changed, in
/// any order and from any number of threads, ``finish()``. The same articles give the same bytes: no dates, no
/// counters. A file whose bytes would stay the same is not touched; every other one is written under another name
/// and renamed, so that a reader never sees half a page. Killed at any instant, the next run mends the folder: only
/// files that `pages.txt` lists are ever removed.
public struct StaticSite: Sendable {
    /// The folder.
    public let folder: String
    /// All articles, in the order of the list.
    public let entries: [SiteEntry]
    /// The path of each article's page.
    private let paths: [EntityID: String]

    /// The list of pages that this program wrote: the ones it may remove.
    private static let ledger = "pages.txt"
    /// The number of articles that the list shows before anything is typed.
    static let shownRows = 200

    /// Makes a site; nothing is written yet.
    ///
    /// - Parameters:
    ///   - folder: The folder to write to; it is made when it is missing.
    ///   - entries: All articles that the site shall hold, in any order.
    public init(folder: String, entries: [SiteEntry]) {
        self.folder = folder
        self.entries = entries.map { (entry: $0, key: $0.sortKey) }.sorted { $0.key < $1.key }.map(\.entry)
        paths = Dictionary(entries.map { ($0.entity, $0.path) }, uniquingKeysWith: { first, _ in first })
    }

    /// Which pages come and go against what the folder holds.
    public struct Changes: Hashable, Sendable {
        /// The entities whose pages are new, or whose identifiers end the names of pages that go.
        public var entities: Set<EntityID>
    }

    /// Prepares the folder.
    ///
    /// - Returns: The entities whose pages are new or will be removed: pages that link to them must be written again.
    /// - Throws: ``SiteError`` when the folder cannot be written.
    @discardableResult
    public func begin() throws(SiteError) -> Changes {
        let old = try pagesWritten()
        try put(Self.ledgerText(old.union(paths.values)), at: Self.ledger)
        try put(Templates.style, at: "style.css")
        try put(Templates.filter, at: "filter.js")
        var changed = Set(paths.filter { !old.contains($0.value) }.keys)
        // A page's name ends in the identifier: gene/mouse/igf1r-16001.html.
        for path in old.subtracting(paths.values) {
            if let entity = SiteEntry.entity(ofPage: path) { changed.insert(entity) }
        }
        return Changes(entities: changed)
    }

    /// Whether the page of an entity is there.
    public func hasPage(of entity: EntityID) -> Bool {
        paths[entity].map { FileManager.default.fileExists(atPath: location(of: $0)) } ?? false
    }

    /// Writes the page of an article.
    ///
    /// - Returns: Whether the file changed.
    /// - Throws: ``SiteError`` when the article has no entry or its file cannot be written.
    @discardableResult
    public func write(_ page: ArticlePage) throws(SiteError) -> Bool {
        guard let path = paths[page.entity.id] else {
            throw SiteError(path: page.entity.id.curie, reason: "the article is not in the list of the site")
        }
        let up = String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
        let own = page.entity.id
        let renderer = ArticleRenderer { [paths] entity in
            entity == own ? nil : paths[entity].map { up + $0 }
        }
        return try put(renderer.bytes(page, stylesheet: up + "style.css", index: up + "index.html"), at: path)
    }

    /// Writes the list of all articles and removes the pages of articles that are gone.
    ///
    /// - Parameter statementCounts: How many statements articles show, where it differs from what their entries say.
    ///
    /// - Returns: How many pages were removed.
    /// - Throws: ``SiteError`` when a file cannot be written or removed.
    @discardableResult
    public func finish(statementCounts: [EntityID: Int] = [:]) throws(SiteError) -> Int {
        let index = SiteIndex(
            entries: entries.map { entry in
                var entry = entry
                entry.statementCount = statementCounts[entry.entity] ?? entry.statementCount
                return entry
            })
        try put(index.html, at: "index.html")
        try put(index.script, at: "articles.js")
        let current = Set(paths.values)
        let gone = try pagesWritten().subtracting(current).sorted()
        var removed = 0
        for path in gone where try remove(path) { removed += 1 }
        try put(Self.ledgerText(current), at: Self.ledger)
        return removed
    }

    /// The path of an article's page within the folder; nil when the site has none.
    public func path(of entity: EntityID) -> String? {
        paths[entity]
    }

    // MARK: Files

    private static func ledgerText(_ paths: Set<String>) -> String {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { $0 + "\n" }.joined()
    }

    /// The pages that earlier runs wrote. A line that could lead out of the folder is not one of ours.
    private func pagesWritten() throws(SiteError) -> Set<String> {
        guard let bytes = FileManager.default.contents(atPath: location(of: Self.ledger)) else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        return Set(lines.filter { !$0.hasPrefix("/") && !$0.contains("..") && $0.hasSuffix(".html") })
    }

    private func location(of path: String) -> String {
        folder + "/" + path
    }

    @discardableResult
    private func put(_ text: String, at path: String) throws(SiteError) -> Bool {
        try put(Array(text.utf8), at: path)
    }

    /// Writes a file unless it has these bytes; says whether it changed.
    @discardableResult
    private func put(_ bytes: [UInt8], at path: String) throws(SiteError) -> Bool {
        let target = location(of: path)
        if FileReplacement.has(bytes, at: target) { return false }
        do {
            try FileReplacement.write(bytes, to: target)
        } catch  where error.isFolderMissing {
            let parent = String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
            do {
                try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            } catch {
                throw SiteError(path: target, reason: error.localizedDescription)
            }
            try FileReplacement.write(bytes, to: target)
        }
        return true
    }

    /// Removes a page, and its folder when that is empty; says whether there was a page.
    private func remove(_ path: String) throws(SiteError) -> Bool {
        let target = location(of: path)
        guard unsafe unlink(target) == 0 else {
            if errno == ENOENT { return false }
            throw SiteError(path: target, reason: unsafe String(cString: strerror(errno)))
        }
        var parent = path[...]
        while let slash = parent.lastIndex(of: "/") {
            parent = parent[..<slash]
            // Fails, as it should, while anything is left in the folder.
            guard unsafe rmdir(location(of: String(parent))) == 0 else { break }
        }
        return true
    }
}

/// A file of a site that cannot be written or removed.
public struct SiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// Why.
    public var reason: String
    /// Whether there is no room, or no more is allowed.
    public var isFull = false
    /// Whether the folder that it was to be written to is not there.
    var isFolderMissing = false

    /// Makes an error.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Makes an error of the number that the system gives.
    init(path: String, code: Int32) {
        self.path = path
        reason = unsafe String(cString: strerror(code))
        isFull = code == ENOSPC || code == EDQUOT || code == EFBIG
        isFolderMissing = code == ENOENT
    }

    /// What happened, where, and what to do.
    public var description: String {
        isFull
            ? "\(path): \(reason); make room, or lift the quota or limit (df, ulimit -f), and run again"
            : "\(path): \(reason); make the folder writable or choose another one, and run again"
    }
}

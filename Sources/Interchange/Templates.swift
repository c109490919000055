import Mustache

/// The templates of the pages, built into the program.
enum Templates {
    /// The page of an article.
    static let article = page("article.mustache", PackageResources.article_mustache)
    /// The list of all articles.
    static let index = template("index.mustache", PackageResources.index_mustache)
    /// The style sheet of every page.
    static let style = String(decoding: PackageResources.style_css, as: UTF8.self)
    /// The script that filters the list.
    static let filter = String(decoding: PackageResources.filter_js, as: UTF8.self)

    private static func page(_ name: String, _ bytes: [UInt8]) -> PageTemplate {
        do {
            return try PageTemplate(bytes)
        } catch {
            preconditionFailure("the built-in template \(name) does not parse: {{\(error.tag)")
        }
    }

    /// Reads a template that the program carries; one that does not parse is a fault of the program, found by any
    /// test that makes a page. Every template escapes with ``HTMLContent``.
    private static func template(_ name: String, _ bytes: [UInt8]) -> MustacheTemplate {
        MustacheContentTypes.register(HTMLContent(), named: HTMLContent.name)
        let text = "{{% CONTENT_TYPE: \(HTMLContent.name)}}\n" + String(decoding: bytes, as: UTF8.self)
        do {
            return try MustacheTemplate(string: text)
        } catch {
            preconditionFailure("the built-in template \(name) does not parse: \(error)")
        }
    }
}

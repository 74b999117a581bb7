import GatePolicy

/// What every page has around its own part.
///
/// Templates find names on the page first and around it next, so what is absent is an empty list, never a nil.
struct PageFrame: Sendable {
    /// A step of the way to the page; a link where the reader may follow it.
    struct Crumb: Sendable {
        var crumbText: String
        var crumbLinks: [String]
    }

    var title: String
    var root: String
    var stylesheet: String
    var icon: String
    var crumbs: [Crumb]
    /// Seconds after which the page asks for itself again; empty for never.
    var refreshes: [Int]

    init(title: String, path: String, crumbs: [Crumb], refreshes: Int? = nil) {
        let root = Paths(from: path).root
        self.title = title.oneLine
        self.root = root
        stylesheet = root + Asset.stylesheet.path
        icon = root + Asset.icon.path
        self.crumbs = crumbs
        self.refreshes = refreshes.map { [$0] } ?? []
    }
}

import GatePolicy

/// The page of a request that gets none.
struct ErrorPage: Sendable {
    var frame: PageFrame
    var errorTitle: String
    var errorMessage: String

    init(title: String, message: String, path: String) {
        frame = PageFrame(title: title, path: path, crumbs: [.init(crumbText: "Countersign", crumbLinks: [])])
        errorTitle = title
        errorMessage = message.oneLine
    }
}

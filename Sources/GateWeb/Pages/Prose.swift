import GatePolicy

/// A sentence; what stands between backquotes in it is shown as code.
struct Prose: Sendable {
    /// A part of it, in one of two fonts.
    struct Run: Sendable {
        var plain: [String] = []
        var code: [String] = []
    }

    var runs: [Run]

    init(_ text: String) {
        let parts = text.oneLine.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        runs = parts.enumerated().compactMap { index, part in
            if index % 2 == 0 { return part.isEmpty ? nil : Run(plain: [part]) }
            // The last backquote has no second one.
            if index == parts.count - 1 { return Run(plain: ["`\(part)"]) }
            return part.isEmpty ? Run(plain: ["``"]) : Run(code: [part])
        }
    }
}

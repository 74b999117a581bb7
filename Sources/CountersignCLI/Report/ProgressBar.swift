/// How far a round is, as a line shows it: `[=====     ] 3/6`.
struct ProgressBar {
    static let width = 20

    let done: Int
    let total: Int

    var text: String {
        let filled = total > 0 ? min(done, total) * Self.width / total : Self.width
        let bar = String(repeating: "=", count: filled)
        return "[\(bar)\(String(repeating: " ", count: Self.width - filled))] \(done)/\(total)"
    }
}

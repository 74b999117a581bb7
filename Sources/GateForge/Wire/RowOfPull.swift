/// A row that tells which pull request it is of.
protocol RowOfPull: ListRow {
    /// The pull request's page.
    var pullURL: String? { get }
}

extension RowOfPull {
    /// What is wrong with it in an answer about a pull request; nil when nothing is.
    func refusal(of number: Int64) -> ForgeError.Kind? {
        guard let pullURL, !pullURL.isEmpty, !pullURL.hasSuffix("/pulls/\(number)") else { return nil }
        return .malformed("it is of another pull request")
    }
}

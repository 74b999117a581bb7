/// A text of the policy with the place of each of its characters in the file.
struct SourceText: Hashable, Sendable {
    /// A line and a column, from 1.
    struct Place: Hashable, Sendable {
        var line: Int
        var column: Int
    }

    var file: String
    var scalars: [Unicode.Scalar]
    /// One for each scalar, and one for the end.
    var places: [Place]

    /// A text that stands on one line.
    init(_ text: String, file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        scalars = Array(text.unicodeScalars)
        places = (0...scalars.count).map { Place(line: line, column: column + $0) }
    }

    /// A text with known places; `places` has one more than `scalars`.
    init(scalars: [Unicode.Scalar], places: [Place], file: String) {
        self.file = file
        self.scalars = scalars
        self.places = places
    }

    /// The text itself.
    var string: String { string(0..<scalars.count) }

    /// A piece of the text.
    func string(_ range: Range<Int>) -> String { Self.string(scalars[range]) }

    /// Scalars as a text.
    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// A file's text without the byte order mark, which says nothing in UTF-8.
    static func withoutMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Where a piece stands; of a piece that goes over several lines, the first.
    func span(_ range: Range<Int>) -> SourceSpan {
        let start = places[range.lowerBound]
        var end = start.column
        for index in range {
            guard places[index].line == start.line else { break }
            end = max(end, places[index].column + 1)
        }
        if range.upperBound < places.count, places[range.upperBound].line == start.line, !range.isEmpty {
            end = max(end, min(places[range.upperBound].column, end + 1))
        }
        return SourceSpan(file: file, line: start.line, column: start.column, length: max(1, end - start.column))
    }

    /// Where the whole stands.
    var span: SourceSpan { span(0..<scalars.count) }
}

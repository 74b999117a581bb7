/// A place in a policy file.
public struct SourceSpan: Hashable, Sendable, Codable {
    /// The file, as the person who asked named it.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int
    /// The length in Unicode scalars, on that line.
    public var length: Int

    /// A place.
    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}

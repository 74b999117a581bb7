/// A path of a repository: a list when it is a directory.
enum ContentsJSON: Decodable, Sendable {
    case entry(Entry)
    case directory([Listed])

    /// What a directory holds.
    struct Listed: Decodable, Sendable {
        var name: String
        var type: String
    }

    /// A file, a link or a submodule.
    struct Entry: Decodable, Sendable {
        var type: String
        var sha: String
        var size: Int
        var encoding: String?
        var content: String?
    }

    init(from decoder: any Decoder) throws {
        if (try? decoder.unkeyedContainer()) != nil {
            self = .directory(try [Listed](from: decoder))
        } else {
            self = .entry(try Entry(from: decoder))
        }
    }
}

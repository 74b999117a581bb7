import GatePolicy
import Yams

/// A policy as an editor's YAML 1.2 sees it.
enum PolicyValue {
    /// A node and all that is in it.
    static func asWritten(_ node: Node) -> JSONValue {
        switch node {
        case .scalar(let scalar) where scalar.style == .plain: self.scalar(scalar.string)
        case .scalar(let scalar): .text(scalar.string)
        case .mapping(let mapping):
            .object(Dictionary(mapping.map { ($0.key.string ?? "", asWritten($0.value)) }) { $1 })
        case .sequence(let sequence): .list(sequence.map(asWritten))
        case .alias: .null
        }
    }

    /// A value without quotes.
    static func scalar(_ text: String) -> JSONValue {
        if let flag = ["true": true, "false": false][text] { return .flag(flag) }
        if ["", "~", "null", "Null", "NULL"].contains(text) { return .null }
        return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .text(text)
    }
}

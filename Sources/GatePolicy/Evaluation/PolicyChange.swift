/// What a pull request does to the policy, and what its gate says besides the signatures.
public struct PolicyChange: Hashable, Sendable, Codable {
    /// One file that it changes.
    public struct File: Hashable, Sendable, Codable {
        /// The path.
        public var path: String
        /// What stands there at the head; nil where nothing is asked of it, or it is not read yet.
        public var file: Known<PolicyFile>?
    }

    /// Why the gate asks for no signature.
    public enum Leave: Hashable, Sendable, Codable {
        /// The policy says `policy: { require: nobody }`.
        case validityOnly
        /// The opener is proven to be the only one who may write the code.
        case onlyWriter(Account)
    }

    /// The files, in the order in which policies are looked for; the other files of the policy after them.
    public var files: [File]
    /// Why no signature is asked for.
    public var leave: Leave?
    /// Whether nothing at any path of the repository would be the policy after the merge.
    public var leavesNone: Bool
}

extension PolicyChange {
    /// The first thing that is wrong with the new policy.
    var mistake: String? {
        for file in files {
            switch file.file {
            case .known(.broken(let diagnostics)):
                guard let first = diagnostics.first else { return "`\(file.path)` is no policy" }
                let more = diagnostics.count > 1 ? " (and \(diagnostics.count - 1) more)" : ""
                return "\(first.span.file):\(first.span.line): \(first.message)\(more)"
            case .known(.notAFile(let kind)): return "`\(file.path)` is a \(kind)"
            case .known(.valid), .known(.absent), .unknown, nil: continue
            }
        }
        return nil
    }

    /// What it comes to where that is not a matter of signatures.
    func phrase(_ outcome: Outcome) -> String? {
        switch (outcome, leave) {
        case (.rejected, _): mistake.map { "the new policy is not valid: \($0)" }
        case (.approved, .validityOnly?): "the new policy is valid, and `policy: { require: nobody }` asks for no more"
        case (.approved, .onlyWriter(let account)?):
            "the new policy is valid, and \(account.login) is the only one who may write"
        default: nil
        }
    }

    /// One line for each file, and what follows from it.
    var lines: [String] {
        var lines = files.flatMap(\.lines)
        if leavesNone {
            lines.append(
                "after the merge the repository has no policy of its own: the organisation's holds, or, without one, "
                    + "every check is an error until an administrator says `countersign forget`")
        }
        if case .validityOnly? = leave {
            lines.append("nobody has to sign: the policy asks for the validity of the new one only")
        }
        return lines
    }
}

extension PolicyChange.Leave {
    /// Why nobody signed, in a few words.
    var wording: String {
        switch self {
        case .validityOnly: "valid; nobody has to sign"
        case .onlyWriter(let account): "\(account.login) alone may write"
        }
    }
}

extension PolicyChange.File {
    fileprivate var lines: [String] {
        switch file {
        case .known(.valid): return ["changes `\(path)`: a valid policy"]
        case .known(.absent): return ["deletes `\(path)`"]
        case .known(.notAFile(let kind)): return ["makes `\(path)` a \(kind), which is no policy"]
        case .known(.broken(let diagnostics)):
            let shown = diagnostics.prefix(10).map { "    \($0.span.file):\($0.span.line): \($0.message)" }
            return ["changes `\(path)`: no valid policy"] + shown
        case .unknown(let unknown): return ["changes `\(path)`: \(unknown.phrase)"]
        case nil: return ["changes `\(path)`, which is part of the policy"]
        }
    }
}

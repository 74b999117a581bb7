import GatePolicy

/// Files that policies are made of, as an `include` names them, and what reading them comes to.
struct Files {
    /// What is known of each file; a text is one that is there.
    var answers: [String: PolicyFileAnswer]
    /// The commit of each version; what has none is of the same commit as the policy.
    var commits: [String: String] = [:]
    var organization: String?
    var repository = RepositoryName(owner: "acme", name: "widget")

    init(_ texts: [String: String] = [:]) {
        answers = texts.mapValues { .text(PolicyText(Array($0.utf8), file: "", identity: "", digest: "")) }
    }

    static func text(_ text: String, _ place: PolicyFilePlace, commit: String) -> PolicyText {
        let repository = place.repository.map { "\($0)" } ?? "acme/widget"
        return PolicyText(
            Array(text.utf8), file: place.description, identity: "\(repository)@\(commit):\(place.path)",
            digest: "sha-of-\(text.hashValue)")
    }

    func compose(_ root: String, role: PolicyFileRole = .repository) -> PolicyComposition {
        let place =
            role == .organization
            ? PolicyFilePlace(repository: RepositoryName("acme/.countersign"), path: "countersign.yml")
            : PolicyFilePlace(path: ".countersign.yml")
        let shared = PolicyFilePlace(repository: RepositoryName("acme/.countersign"), path: "countersign.yml")
        return PolicyReader.compose(
            Self.text(root, place, commit: "base"), at: place, role: role,
            organization: organization.map { (Self.text($0, shared, commit: "tip"), shared) }, repository: repository,
            hash: { "hash of \($0)" },
            file: { [answers, commits] place in
                guard case .text(let text)? = answers["\(place)"] else { return answers["\(place)"] }
                let ref = place.ref?.description
                return .text(
                    Self.text(
                        String(decoding: text.bytes, as: UTF8.self), place,
                        commit: ref.map { commits[$0] ?? $0 } ?? "base"))
            })
    }

    /// Everything that is wrong, one line each: `file:line: message`.
    func mistakes(_ root: String, role: PolicyFileRole = .repository) -> [String] {
        compose(root, role: role).diagnostics.filter { $0.severity == .error }
            .map { "\($0.span.file):\($0.span.line): \($0.message)" }
    }
}

extension PolicyComposition {
    /// The names of the gates, in the policy's order.
    var gates: [String]? { policy?.gates.map(\.name) }

    func gate(_ name: String) -> Gate? { policy?.gates.first { $0.name == name } }
}

/// A policy's text from its lines behind `version: 1`.
func text(_ lines: String...) -> String { (["version: 1"] + lines).joined(separator: "\n") + "\n" }

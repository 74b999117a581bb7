/// `signed`, `signed_with("3AA5C34371567BD2")`, `signed_by(leads)`: every commit is signed, as the forge verified it.
struct Signed: ReadableConditionTest {
    static let words = ["signed", "signed_with", "signed_by"]

    /// Which signatures are good.
    enum Demand: Sendable {
        case any
        case keys([SigningKey])
        case people(People)
    }

    var demand: Demand
    var polarity: Polarity

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        switch call.word {
        case "signed": return Signed(demand: .any, polarity: reader.polarity)
        case "signed_by":
            guard let argument = call.argument else {
                reader.incomplete(call)
                return nil
            }
            return reader.people(argument).map { Signed(demand: .people($0), polarity: reader.polarity) }
        default: return readKeys(call, &reader)
        }
    }

    private static func readKeys(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        var keys: [SigningKey] = []
        for literal in call.strings {
            if let key = SigningKey(literal.value) {
                keys.append(key)
            } else {
                reader.error(
                    literal.span, "\(Quotation.inline(literal.value)) is no key",
                    hint: "write a GPG key's id of 16 digits or its fingerprint, or an SSH key's `SHA256:…`")
            }
        }
        guard !keys.isEmpty, keys.count == call.strings.count else { return nil }
        return Signed(demand: .keys(keys), polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch evaluation.verifications() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let commits):
            // Nothing is signed where there is nothing.
            if commits.isEmpty { return .no }
            return commits.reduce(.yes) { $0 && isGood($1, &evaluation) }
        }
    }

    private func isGood(_ commit: CommitVerification, _ evaluation: inout Evaluation) -> Truth {
        guard commit.isVerified else { return .no }
        switch demand {
        case .any: return .yes
        case .keys(let keys):
            guard let named = commit.key else { return .unknown([commit.untold("with which key")]) }
            return Truth(keys.contains { $0.isKey(named) })
        case .people(let people):
            return evaluation.isSigned(commit, by: people, where: polarity)
        }
    }

    func finding(_ evaluation: inout Evaluation, _ truth: Truth) -> String {
        guard truth == .no, case .known(let commits) = evaluation.verifications() else { return "" }
        guard let bad = commits.first(where: { isGood($0, &evaluation) == .no }) else { return "there is no commit" }
        if !bad.isVerified { return "`\(bad.commit.short)` has no signature that the forge verified" }
        return "`\(bad.commit.short)` is signed by `\(bad.signer ?? "somebody")`, key `\(bad.key ?? "unknown")`"
    }

    var people: [People] { if case .people(let people) = demand { [people] } else { [] } }
    var description: String {
        switch demand {
        case .any: "signed"
        case .keys(let keys): "signed_with(\(keys.map { "\"\($0.text)\"" }.joined(separator: ", ")))"
        case .people(let people): "signed_by(\(people))"
        }
    }
}

extension Evaluation {
    /// How each commit is signed, put together once.
    mutating func signatures() -> Known<[CommitID: CommitVerification]> {
        if let readSignatures { return readSignatures }
        let signatures = verifications().map { Dictionary($0.map { ($0.commit, $0) }) { first, _ in first } }
        readSignatures = signatures
        return signatures
    }

    /// Whether a commit carries a verified signature of one of some people.
    mutating func isSigned(_ commit: CommitVerification, by people: People, where polarity: Polarity) -> Truth {
        guard commit.isVerified else { return .no }
        guard let login = commit.signer else { return .unknown([commit.untold("whose key it is")]) }
        switch user(login) {
        case .unknown(let unknown): return .unknown([unknown])
        // The key of the server itself, or of somebody who is gone.
        case .known(nil): return .no
        case .known(.some(let account)): return membership(of: account, in: people, where: polarity)
        }
    }
}

extension CommitVerification {
    fileprivate func untold(_ what: String) -> Unknown {
        Unknown(
            cause: .notTold, subject: "\(what) of `\(commit.short)`",
            reason: "the forge verified the signature and does not say it",
            cure: "ask for `signed`, or for a signature of people")
    }
}

/// The one line of a commit status: what it came to and the next step, within the forge's room.
public struct StatusDescription: Hashable, Sendable, CustomStringConvertible {
    /// How many Unicode scalars fit.
    public static let maximumScalars = 140
    /// How many bytes fit, whatever the scalars are.
    public static let maximumBytes = 400

    /// The line.
    public let description: String
    /// The same without a cut, for a place that has room.
    public private(set) var sentence: String

    /// A line from any text: what cannot be seen becomes a blank, and what does not fit is cut with an ellipsis.
    public init(_ whole: String) {
        var scalars: [Unicode.Scalar] = []
        var bytes = 0
        var fits = true
        for scalar in whole.unicodeScalars {
            let clean = Quotation.isVisible(scalar) ? scalar : " "
            let size = String(Character(clean)).utf8.count
            if scalars.count == Self.maximumScalars || bytes + size > Self.maximumBytes {
                fits = false
                break
            }
            scalars.append(clean)
            bytes += size
        }
        if !fits {
            while bytes > Self.maximumBytes - 3 || scalars.count >= Self.maximumScalars {
                guard let last = scalars.popLast() else { break }
                bytes -= String(Character(last)).utf8.count
            }
            scalars.append("…")
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        description = text
        sentence = fits ? text : Self.visible(whole)
    }

    /// The same after some words.
    func following(_ words: String) -> StatusDescription {
        var line = StatusDescription(words + description)
        line.sentence = words + sentence
        return line
    }

    private static func visible(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        line.append(contentsOf: text.unicodeScalars.map { Quotation.isVisible($0) ? $0 : " " })
        return String(line)
    }

    /// What is not known, and what to do: where both do not fit, the call that failed is left out, and of what the forge
    /// said to it so much that the rest is read.
    public init(_ phrase: String, cure: String) {
        func lacks(_ phrase: String) -> Int {
            phrase.unicodeScalars.count + 2 + cure.unicodeScalars.count - Self.maximumScalars
        }
        let whole = "\(phrase); \(cure)"
        var phrase = phrase
        if lacks(phrase) > 0, let call = phrase.firstMatch(of: #/ \(`[A-Z]+ \/[^`]*` with [^()]*\)$/#) {
            phrase.removeSubrange(call.range)
        }
        if lacks(phrase) > 0, let said = phrase.firstMatch(of: /: `([^`]*)`$/) {
            let room = said.output.1.unicodeScalars.count - lacks(phrase) - 1
            let kept = String(String.UnicodeScalarView(said.output.1.unicodeScalars.prefix(max(0, room))))
            phrase.replaceSubrange(said.range, with: kept.isEmpty ? "" : ": `\(kept)…`")
        }
        // A word or two of what to do help nobody.
        let isRead = Self.maximumScalars - phrase.unicodeScalars.count >= min(cure.unicodeScalars.count, 20) + 2
        self.init(isRead ? "\(phrase); \(cure)" : phrase)
        sentence = Self.visible(whole)
    }
}

extension GateVerdict {
    /// What the gate's own status says.
    /// - Parameter names: whether people may be named who have not acted yet.
    public func statusDescription(names: Bool) -> StatusDescription {
        let mark = isEnforced || outcome == .off ? "" : "[\(advisoryMark)] "
        let phrase = phrase(names: names)
        guard outcome == .undecided, let unknown = unknowns.first else { return StatusDescription(mark + phrase) }
        return StatusDescription(mark + phrase, cure: unknown.cure)
    }

    /// `advisory`, and until when.
    var advisoryMark: String { "advisory" + (enforcedFrom.map { " until \($0)" } ?? "") }

    /// What it came to, in a few words.
    /// - Parameter names: whether people may be named who have not acted yet.
    public func phrase(names: Bool) -> String {
        if !hasBlockers, let phrase = change?.phrase(outcome) { return phrase }
        switch outcome {
        case .off: return "switched off by the policy" + (enforcedFrom.map { " until \($0)" } ?? "")
        case .notNeeded:
            if when?.mark == .met { return "not needed: no item of the checklist is left" }
            return "not needed: `\(when?.expression ?? "when")` does not hold"
        case .waived:
            guard let waiver else { return "waived" }
            return "waived by \(waivedBy.listed)" + (waiver.reason.isEmpty ? "" : ": \(waiver.reason)")
        case .approved:
            let signers = distinct?.allSigners ?? requirement?.allSigners ?? []
            return signers.isEmpty ? "what it asks for holds" : "approved by \(signers.listed)"
        case .rejected:
            var seen: Set<Account> = []
            let blockers = blockers.filter { seen.insert($0).inserted }
            if !blockers.isEmpty { return "changes requested by \(blockers.listed)" }
            return "cannot pass: needs " + steps.map { $0.wording(names: names) }.joined(separator: " and ")
        case .waiting: return "needs " + steps.map { $0.wording(names: names) }.joined(separator: " and ")
        case .undecided: return unknowns.first.map(\.phrase) ?? "cannot be decided"
        }
    }

    /// Whose waivers count, each once, in the order in which they were given; whose reason is told comes first.
    private var waivedBy: [Account] {
        let counting = waivers.filter { $0.fate == .counts }.map(\.waiver).sorted { $0.givenAt < $1.givenAt }
        var seen: Set<Account> = []
        return ([waiver].compactMap(\.self) + counting).map(\.author).filter { seen.insert($0).inserted }
    }

    /// Who asks for changes, in a review or a comment.
    private var blockers: [Account] {
        let standing =
            reviews.filter { $0.fate == .blocks }.map(\.account) + comments.filter { $0.fate == .blocks }.map(\.account)
        return standing.compactMap { $0 }
    }

    private var hasBlockers: Bool { !blockers.isEmpty }
}

extension Unknown {
    /// What is not known and why.
    public var phrase: String { "cannot know \(subject): \(reason)" }
}

extension Explanation {
    /// Everybody who fills a place anywhere in the tree that holds, each once.
    var allSigners: [Account] {
        var seen: Set<Account> = []
        var found: [Account] = []
        func walk(_ tree: Explanation) {
            // What did not hold approved nothing.
            guard tree.mark == .met else { return }
            for signer in tree.signers where seen.insert(signer).inserted { found.append(signer) }
            tree.children.forEach(walk)
        }
        walk(self)
        return found
    }
}

extension Verdict {
    /// What the summary's status says.
    public var statusDescription: StatusDescription {
        repairs == nil ? summaryDescription : summaryDescription.following("repair of the policy: ")
    }

    private var summaryDescription: StatusDescription {
        let enforced = gates.filter(\.isEnforced)
        let holding = enforced.filter { $0.outcome == summary.outcome }
        switch summary.outcome {
        case .rejected:
            if !summary.blockedBy.isEmpty {
                return StatusDescription("changes requested by \(summary.blockedBy.listed)")
            }
            return list("rejected", holding)
        case .undecided:
            if holding.isEmpty, let unknown = summary.unknowns.first {
                return StatusDescription(unknown.phrase, cure: unknown.cure)
            }
            return list("undecided", holding)
        case .waiting: return list("waiting", holding)
        case .approved, .waived:
            let passed = enforced.filter { $0.outcome == .approved || $0.outcome == .waived }.map { gate in
                gate.name + (gate.change?.leave.map { " (\($0.wording))" } ?? "")
            }
            return StatusDescription("passed: \(passed.joined(separator: ", "))")
        case .notNeeded, .off:
            return StatusDescription(
                summary.enforcedGates == 0 ? "nothing is enforced" : "no gate applies to \(baseBranch)")
        }
    }

    fileprivate func list(_ word: String, _ gates: [GateVerdict]) -> StatusDescription {
        // `qa needs …` is a sentence; the other phrases are not.
        let joint = word == "waiting" ? "" : ":"
        let parts = gates.map { "\($0.name)\(joint) \($0.phrase(names: mayNamePeople))" }
        return StatusDescription("\(word): \(parts.joined(separator: "; "))")
    }
}

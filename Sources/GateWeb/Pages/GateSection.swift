import GatePolicy

/// One gate with everything that was found about it.
struct GateSection: Sendable {
    /// A tree of reasons and what it is for.
    struct Tree: Sendable {
        var treeLabel: String
        var nodes: [ExplanationNode]
    }

    /// A review or a waiver and what became of it.
    struct FateRow: Sendable {
        var fateSubject: String
        var fateWho: String
        var fateText: Prose
        var fateStyle: String
    }

    var anchor: String
    var gateName: String
    var gateSign: String
    var gateStyle: String
    var gateWord: String
    var gatePhrase: Prose
    var isAdvisory: Bool
    var isOpen: Bool
    var gateSummaries: [Prose]
    var gateRules: [PullPage.Rule]
    var gateContexts: [String]
    var trees: [Tree]
    var hasFates: Bool
    var fates: [FateRow]
    var hasGateDoubts: Bool
    var gateDoubts: [PullPage.Doubt]
    var gateAlternatives: [Prose]
    /// How people sign, where that is not by any review alone.
    var gateMethods: [Prose]

    init(_ gate: GateVerdict, names: Bool, rules: RuleLinks, _ view: PullView, _ links: ForgeLinks) {
        anchor = gate.anchor
        gateName = gate.name
        gateSign = gate.outcome.sign
        gateStyle = gate.outcome.style
        gateWord = gate.outcome.wording
        gatePhrase = Prose(gate.phrase(names: names))
        isAdvisory = !gate.isEnforced && gate.outcome != .off
        isOpen = gate.isEnforced && gate.outcome.status != .success
        gateSummaries = gate.summary.map { [Prose($0)] } ?? []
        gateRules = rules.rule(gate.span, nil)
        gateContexts = gate.context.map { [$0.oneLine] } ?? []
        var trees: [Tree] = []
        if let when = gate.when, when.expression != "true" { trees.append(Tree(treeLabel: "when", when)) }
        if let advisory = gate.advisory { trees.append(Tree(treeLabel: "advisory", advisory)) }
        if let requirement = gate.requirement { trees.append(Tree(treeLabel: "require", requirement)) }
        self.trees = trees
        fates = Self.fates(gate)
        gateDoubts = gate.unknowns.map(PullPage.Doubt.init)
        gateAlternatives = gate.alternative.map { [Prose($0)] } ?? []
        gateMethods = gate.shownMethods.map { [Prose($0)] } ?? []
        hasFates = !fates.isEmpty
        hasGateDoubts = !gateDoubts.isEmpty
    }

    private static func fates(_ gate: GateVerdict) -> [FateRow] {
        var rows = gate.reviews.filter { $0.fate != .draft }.map { review in
            FateRow(
                fateSubject: "review #\(review.review)", fateWho: review.account?.login.oneLine ?? "somebody",
                fateText: Prose(review.fate.wording), fateStyle: review.fate.style)
        }
        // Drafts of others are counted, never attributed.
        let drafts = gate.reviews.count { $0.fate == .draft }
        if drafts > 0 {
            rows.append(
                FateRow(
                    fateSubject: drafts == 1 ? "1 draft review" : "\(drafts) draft reviews", fateWho: "",
                    fateText: Prose(Fate.draft.wording), fateStyle: "quiet"))
        }
        rows += gate.comments.map { comment in
            FateRow(
                fateSubject: "comment #\(comment.comment)", fateWho: comment.account?.login.oneLine ?? "somebody",
                fateText: Prose(comment.fate.wording), fateStyle: comment.fate.style)
        }
        return rows
            + gate.waivers.map { waiver in
                FateRow(
                    fateSubject: "waiver", fateWho: waiver.waiver.author.login.oneLine,
                    fateText: Prose(gate.wording(of: waiver)),
                    fateStyle: waiver.fate == .counts && gate.outcome != .rejected ? "good" : "quiet")
            }
    }
}

extension GateSection.Tree {
    fileprivate init(treeLabel: String, _ explanation: Explanation) {
        self.init(treeLabel: treeLabel, nodes: [ExplanationNode(explanation)])
    }
}

extension Fate {
    fileprivate var style: String {
        switch self {
        case .counts: "good"
        case .blocks: "bad"
        case .unknowable, .blockUnknowable: "doubt"
        default: "quiet"
        }
    }
}

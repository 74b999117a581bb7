extension Evaluation {
    /// What the commands in comments come to; unknown without the comments, or without the timeline that dates them.
    mutating func ledger() -> Known<CommandLedger> {
        if let readLedger { return readLedger }
        let ledger: Known<CommandLedger>
        switch (comments(), heads()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): ledger = .unknown(unknown)
        case (.known(let comments), .known(let heads)):
            // Every command begins with a slash.
            let commands = CommandLedger.ordered(comments).filter { $0.body.holds(.slash) }
            let remembered = facts.remembered?.withdrawals ?? []
            let found =
                commands.isEmpty && remembered.isEmpty
                ? CommandLedger()
                : CommandLedger(
                    comments: commands, names: policy.plan.vocabulary, heads: heads,
                    serviceAccount: facts.serviceAccount, remembered: remembered)
            ledger = found.isOverLimit ? .unknown(.tooManyCommands) : .known(found)
        }
        readLedger = ledger
        return ledger
    }

    /// For which head each comment was written, put together once.
    mutating func heads() -> Known<HeadHistory> {
        if let readHeads { return readHeads }
        let heads: Known<HeadHistory>
        switch (comments(), timeline()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): heads = .unknown(unknown)
        case (.known(let comments), .known(let rows)):
            let head = facts.pullRequest.head
            let memory = facts.remembered?.looking(at: comments, timeline: rows, head: head)
            heads = .known(HeadHistory(timeline: rows, present: head, sightings: memory?.heads ?? [:]))
        }
        readHeads = heads
        return heads
    }

    /// Every command and what became of it: where comments are at hand they are told, whether or not a gate asks for them.
    mutating func fates(of gates: [GateVerdict]) -> [CommandFate] {
        if readLedger == nil, facts.comments != nil, facts.timeline != nil { _ = ledger() }
        guard let fates = readLedger?.value?.fates, !fates.isEmpty else { return [] }
        let given = GivenWords(gates)
        return fates.map { $0.judged(by: given) }
    }

    /// Commands in the texts of reviews, of each the first: the page tells that they are not carried out.
    mutating func unheard() -> [CommandFate]? {
        guard readLedger != nil, let reviews = facts.reviews?.value else { return nil }
        var shown: [CommandFate] = []
        var suggestions = CommandParser.suggestionsPerConversation
        for place in reviews.indices where shown.count < Self.unheardShown && reviews[place].body.holds(.slash) {
            let review = reviews[place]
            if review.isDismissed { continue }
            switch review.state {
            case .approved, .requestChanges, .comment: break
            case .pending, .requestReview, .other: continue
            }
            let commands = CommandParser.commands(
                in: review.body, knowing: policy.plan.vocabulary, suggestions: &suggestions)
            guard let first = commands.first else { continue }
            shown.append(CommandFate(comment: review.id, author: review.author, command: first, fate: .inReview))
        }
        return shown.isEmpty ? nil : shown
    }

    /// How many commands in reviews are told.
    private static let unheardShown = 20

    /// The waivers that people gave, and why there may be more.
    mutating func waivers() -> (given: [Waiver], missing: Unknown?) {
        switch ledger() {
        case .known(let ledger): (facts.waivers + ledger.waivers, nil)
        case .unknown(let unknown): (facts.waivers, unknown)
        }
    }
}

extension Unknown {
    fileprivate static let tooManyCommands = Unknown(
        cause: .overLimit, subject: "what the commands in the comments come to",
        reason: "there are more than \(CommandLedger.maximumCommands) of them",
        cure: "delete the comments of whoever wrote so many")
}

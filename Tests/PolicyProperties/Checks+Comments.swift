import GatePolicy

/// What may be said in comments, taken back, edited and deleted.
extension Checks {
    mutating func comments(_ world: World, _ verdict: Verdict) -> Failure? {
        guard case .known(let comments)? = world.facts.comments else { return nil }
        var maker = WorldMaker(random: Random(seed: random.next()))
        // One more word takes no pass away, unless it takes a word back or asks for changes.
        var word = maker.comment(6000)
        if !word.body.hasPrefix("/revoke"), word.body != "veto" {
            var more = world.facts
            more.comments = .known(comments + [word])
            if let difference = Self.contradiction(verdict, evaluate(more, asks: false), onlyPasses: true) {
                return Failure(
                    property: "a word takes no pass away", detail: "\(word.body): \(difference)", facts: world.facts,
                    other: more)
            }
        }
        guard !comments.isEmpty else { return nil }
        var mixed = world.facts
        mixed.comments = .known(comments.shuffled(using: &random))
        if evaluate(mixed) != verdict {
            return Failure(property: "the order of comments", detail: "", facts: world.facts, other: mixed)
        }
        // Editing and deleting can only take away, for whoever remembers what was taken back.
        var less = world.facts
        less.remembered = Remembered(withdrawals: policy.withdrawals(world.facts))
        less.remembered?.objections = policy.objections(world.facts)
        let place = random.below(comments.count)
        var rest = comments
        if random.chance(50) {
            rest.remove(at: place)
        } else {
            word.id = comments[place].id
            word.author = comments[place].author
            word.createdAt = comments[place].createdAt
            word.updatedAt = Timestamp(seconds: max(comments[place].updatedAt.seconds, word.createdAt.seconds) + 1)
            rest[place] = word
        }
        less.comments = .known(rest)
        if let gained = Self.gained(verdict, evaluate(less, asks: false)) {
            return Failure(
                property: "an edit gives nothing", detail: "\(comments[place].body): \(gained)", facts: world.facts,
                other: less)
        }
        return nil
    }

    /// A pass that was none before.
    private static func gained(_ verdict: Verdict, _ other: Verdict) -> String? {
        for (before, after) in zip(verdict.gates, other.gates)
        where before.postedState != .success && after.postedState == .success {
            return "gate \(before.name) was \(before.outcome), and then \(after.outcome)"
        }
        return nil
    }
}

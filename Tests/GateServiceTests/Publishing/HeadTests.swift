import GatePolicy
import Testing

@testable import GateService

/// Which of the pull requests that share a head decides what is shown.
@Suite struct HeadTests {
    static let unknown = Truth.unknown([
        Unknown(cause: .timeout, subject: "who may write", reason: "no answer in time", cure: "nothing")
    ])

    static func claim(_ number: Int64, _ mayWrite: Truth, _ state: StatusState, _ text: String) -> Head.Claim {
        Head.Claim(
            number: number, openerMayWrite: mayWrite,
            statuses: [
                DesiredStatus(context: "countersign/qa: main", state: state, description: text),
                DesiredStatus(context: "countersign: main", state: state, description: text),
            ])
    }

    @Test func theLeastFavourableIsShownAndNamed() {
        let shown = Head.leastFavourable(
            [Self.claim(1, .yes, .success, "passed"), Self.claim(57, .yes, .pending, "needs qa")], asked: 1)
        #expect(shown.map(\.status.state) == [.pending, .pending])
        #expect(shown.last?.status.context == "countersign: main")
        #expect(shown.last?.status.description == "held by #57, same commit: needs qa")
    }

    @Test func anOutsiderHoldsNobody() {
        let shown = Head.leastFavourable(
            [Self.claim(1, .yes, .success, "passed"), Self.claim(57, .no, .failure, "no")], asked: 1)
        #expect(shown.map(\.status.description) == ["passed", "passed"])
    }

    @Test func whoMayWriteAsFarAsIsKnownHolds() {
        let shown = Head.leastFavourable(
            [Self.claim(1, .yes, .success, "passed"), Self.claim(57, Self.unknown, .error, "?")], asked: 1)
        #expect(shown.map(\.status.state) == [.error, .error])
    }

    /// What could not be read may be red in every gate, though it names none.
    @Test func oneThatIsNotDecidedHoldsEveryGate() {
        let blind = Head.Claim(
            number: 57, openerMayWrite: .yes,
            statuses: [DesiredStatus(context: "countersign: main", state: .error, description: "?")])
        for claims in [
            [Self.claim(1, .yes, .success, "passed"), blind], [blind, Self.claim(1, .yes, .success, "ok")],
        ] {
            #expect(Head.leastFavourable(claims, asked: 1).map(\.status.state) == [.error, .error])
        }
        let other = Head.leastFavourable([Self.claim(1, .yes, .failure, "no"), blind], asked: 1)
        #expect(other.map(\.status.state) == [.failure, .failure])
    }

    @Test func amongOutsidersTheOldestCounts() {
        let shown = Head.leastFavourable(
            [Self.claim(57, .no, .success, "passed"), Self.claim(3, .no, .pending, "needs qa")], asked: 57)
        #expect(shown.last?.status.description == "held by #3, same commit: needs qa")
    }

    @Test func aGreenOfASiblingIsShownAsItIs() {
        let shown = Head.leastFavourable(
            [Self.claim(57, .no, .pending, "needs qa"), Self.claim(3, .yes, .success, "passed")], asked: 57)
        #expect(shown.map(\.status.description) == ["passed", "passed"])
    }

    @Test(arguments: [
        (StatusState.failure, StatusState.error), (.error, .pending), (.pending, .warning), (.warning, .success),
    ])
    func statesHaveAnOrder(worse: StatusState, better: StatusState) {
        let one = DesiredStatus(context: "c", state: worse, description: "")
        let other = DesiredStatus(context: "c", state: better, description: "")
        #expect(one.isWorse(than: other))
        #expect(!other.isWorse(than: one))
    }
}

/// In which order statuses are posted.
@Suite struct PublisherStepTests {
    @Test func redsComeFirstAndTheGreenSummaryLast() {
        func status(_ context: String, _ state: StatusState) -> DesiredStatus {
            DesiredStatus(context: context, state: state, description: "")
        }
        let steps = Publisher.steps([
            status("countersign/a: main", .success), status("countersign/b: main", .pending),
            status("countersign: main", .success), status("countersign/c: main", .error),
        ])
        #expect(
            steps.map { $0.map(\.context) } == [
                ["countersign/b: main", "countersign/c: main"], ["countersign/a: main"], ["countersign: main"],
            ])
    }

    /// A blank and an accent behind it are one character; bytes are what the forge compares.
    @Test(arguments: ["\u{301}x", "e\u{301}", "\u{200D}"]) func aBaseThatBeginsWithAnAccent(_ base: String) {
        let (gate, summary) = ("countersign/a: " + base, "countersign: " + base)
        let steps = Publisher.steps([
            DesiredStatus(context: summary, state: .success, description: ""),
            DesiredStatus(context: gate, state: .success, description: ""),
        ])
        #expect(steps.map { $0.map(\.context) } == [[gate], [summary]])
        let allowed: [DecidingSettings.AllowedContext] = []
        #expect(allowed.holdsGate(gate, of: base) && !allowed.holdsGate(gate, of: "x"))
        #expect(!allowed.holdsGate("countersign/a: \u{e9}", of: base))
    }

    @Test func aRedSummaryIsAmongTheFirst() {
        let steps = Publisher.steps([
            DesiredStatus(context: "countersign/a: main", state: .success, description: ""),
            DesiredStatus(context: "countersign: main", state: .failure, description: ""),
        ])
        #expect(steps.first?.map(\.context) == ["countersign: main"])
    }
}

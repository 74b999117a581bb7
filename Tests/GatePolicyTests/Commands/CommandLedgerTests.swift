import Testing

@testable import GatePolicy

// Both modules have a `Comment`.
import struct GatePolicy.Comment

@Suite("Commands: what stands")
struct CommandLedgerTests {
    static let alice = Account(id: 1, login: "alice")
    static let bob = Account(id: 2, login: "bob")
    static let service = Account(id: 9, login: "countersign")

    static func commit(_ digit: Int) throws -> CommitID {
        try #require(CommitID(String(repeating: String(digit), count: 40)))
    }

    static func push(_ id: Int64, _ commits: [Int], forced: Bool = false) throws -> TimelineEntry {
        TimelineEntry(
            id: id, actor: alice, at: Timestamp(seconds: id),
            event: .push(commits: try commits.map(commit), forced: forced))
    }

    static func comment(_ id: Int64, _ author: Account?, _ body: String, edited: Int64 = 0) -> Comment {
        Comment(
            id: id, author: author, body: body, createdAt: Timestamp(seconds: id),
            updatedAt: Timestamp(seconds: id + edited))
    }

    static func ledger(
        _ comments: [Comment], _ timeline: [TimelineEntry]? = nil, head: Int = 1, remembered: Set<Withdrawal> = [],
        sightings: [Int64: CommitID] = [:]
    ) throws -> CommandLedger {
        CommandLedger(
            comments: comments, names: vocabulary,
            heads: HeadHistory(
                timeline: try timeline ?? [push(1, [0, 1])], present: try commit(head), sightings: sightings),
            serviceAccount: service, remembered: remembered)
    }

    /// Fates in a table's words.
    static func fates(_ ledger: CommandLedger) -> [String] { ledger.fates.map { "\($0.comment) \($0.fate.wording)" } }

    @Test("A waiver and acknowledgements carry author, words, head and time")
    func gifts() throws {
        let ledger = try Self.ledger([Self.comment(5, Self.alice, "/waive docs no docs\n/ack 1, 2 fine")])
        let head = try Self.commit(1)
        #expect(
            ledger.waivers == [
                Waiver(
                    gate: "docs", author: Self.alice, reason: "no docs", commit: head, givenAt: Timestamp(seconds: 5),
                    comment: 5)
            ])
        #expect(ledger.acknowledgements.map(\.item) == ["comprehensive-testing", "testing"])
        #expect(ledger.acknowledgements.allSatisfy { $0.note == "fine" && $0.commit == head })
        #expect(Self.fates(ledger) == Array(repeating: "5 given for `1111111111`", count: 3))
    }

    @Test("A comment with too many commands is not read, and a conversation with too many is unknown")
    func tooMany() throws {
        func lines(_ count: Int) -> String {
            Array(repeating: "/waive docs no docs", count: count).joined(separator: "\n")
        }
        let full = try Self.ledger([Self.comment(5, Self.alice, lines(100))])
        #expect(full.waivers.count == 100)
        let over = try Self.ledger([Self.comment(5, Self.alice, lines(101) + "\n/revoke docs")])
        #expect(over.waivers.isEmpty)
        #expect(
            Self.fates(over) == [
                "5 not understood: the comment holds more than 100 commands, so that none of them was read: "
                    + "write several comments"
            ])
        #expect(over.reaches.withdrawals.isEmpty)
        let most = (5..<105).map { Self.comment($0, Self.alice, lines(100)) }
        #expect(try !Self.ledger(most).isOverLimit)
        let flood = try Self.ledger(most + [Self.comment(200, Self.alice, "/recheck")])
        #expect(flood.isOverLimit && flood.waivers.isEmpty && flood.fates.isEmpty)
    }

    @Test("Suggestions for misspelt names end for the whole conversation")
    func suggestions() throws {
        let lines = Array(repeating: "/waive dosc it is small", count: 20).joined(separator: "\n")
        let ledger = try Self.ledger((5..<25).map { Self.comment($0, Self.alice, lines) })
        #expect(ledger.fates.count == 400)
        #expect(ledger.fates.count { $0.fate.wording.contains("did you mean") } == 200)
    }

    @Test("Q-101: what was given belongs to the head of its time")
    func heads() throws {
        let timeline = try [Self.push(20, [3, 4], forced: true), Self.push(1, [0, 1]), Self.push(10, [2])]
        let comments = [0, 5, 10, 15, 25].map { Self.comment(Int64($0), Self.alice, "/ack 1") }
        let ledger = try Self.ledger(comments, timeline, head: 4)
        #expect(ledger.acknowledgements.compactMap { $0.commit?.text.first } == ["1", "1", "2", "4"])
        #expect(Self.fates(ledger).first?.hasPrefix("0 which commit it was given for cannot be told") == true)
        #expect(ledger.fates.map(\.fate.answer) == [.refused, .done, .done, .done, .done])
    }

    @Test("Without a push row, or with one that lists nothing, the head cannot be told, unless it was seen")
    func unknownHeads() throws {
        let comments = [Self.comment(5, Self.alice, "/waive docs x")]
        #expect(try Self.ledger(comments, []).fates.map(\.fate) == [.noHead])
        #expect(try Self.ledger(comments, [Self.push(7, [1])]).waivers.isEmpty)
        #expect(try Self.ledger(comments, [Self.push(1, [1]), Self.push(2, [])]).waivers.isEmpty)
        let seen = try Self.ledger(comments, [], sightings: [5: Self.commit(1)])
        #expect(try seen.waivers.map(\.commit) == [Self.commit(1)])
    }

    @Test("A head that is named: at least 20 digits that only one known commit has")
    func namedHeads() throws {
        let ones = String(repeating: "1", count: 40)
        let table: [(String, CommitID?)] = try [
            (ones, Self.commit(1)), (String(ones.prefix(20)), Self.commit(1)),
            (String(repeating: "0", count: 20), Self.commit(0)), (String(repeating: "7", count: 20), nil),
            (String(repeating: "7", count: 40), nil), (String(repeating: "1", count: 41), nil),
            (String(repeating: "1", count: 64), nil),
        ]
        for (digits, expected) in table {
            let ledger = try Self.ledger([Self.comment(5, Self.alice, "/waive docs @\(digits) x")])
            #expect(ledger.waivers.first?.commit == expected, "\(digits)")
            if expected == nil { #expect(ledger.fates.map(\.fate) == [.unknownHead(digits)]) }
        }
        // One that a comment was seen with is known, too, whatever became of its row.
        let sevens = String(repeating: "7", count: 40)
        let seen = try Self.ledger(
            [Self.comment(5, Self.alice, "/waive docs @\(sevens) x")], sightings: [3: Self.commit(7)])
        #expect(try seen.waivers.map(\.commit) == [Self.commit(7)])
        // Two known commits that begin alike: neither.
        let twin = try #require(CommitID(String(repeating: "1", count: 30) + "0000000000"))
        let row = TimelineEntry(
            id: 1, actor: nil, at: Timestamp(seconds: 1), event: .push(commits: [twin], forced: false))
        let twice = try Self.ledger([Self.comment(5, Self.alice, "/waive docs @\(ones.prefix(25)) x")], [row])
        #expect(twice.waivers.isEmpty)
    }

    @Test("A revoke takes back one's own only, and what comes after it stands")
    func revokes() throws {
        let ledger = try Self.ledger([
            Self.comment(5, Self.alice, "/waive docs x"), Self.comment(6, Self.bob, "/revoke docs"),
            Self.comment(7, Self.bob, "/waive docs y\n/revoke docs\n/waive docs z"),
            Self.comment(8, Self.alice, "/ack 1\n/revoke docs"),
        ])
        #expect(ledger.waivers.map(\.reason) == ["z"])
        #expect(ledger.acknowledgements.map(\.author) == [Self.alice])
        #expect(
            Self.fates(ledger) == [
                "5 taken back in comment #8", "6 found nothing of one's own to take back",
                "7 taken back in comment #7", "7 took back what was given", "7 given for `1111111111`",
                "8 given for `1111111111`", "8 took back what was given",
            ])
    }

    @Test("Said again: both stand, the last is shown")
    func repeated() throws {
        let ledger = try Self.ledger(
            [Self.comment(5, Self.alice, "/waive docs x"), Self.comment(15, Self.alice, "/waive docs y")],
            [Self.push(1, [1]), Self.push(10, [2])], head: 2)
        #expect(ledger.waivers.map(\.reason) == ["x", "y"])
        #expect(
            Self.fates(ledger) == ["5 given for `1111111111`, and again in comment #15", "15 given for `2222222222`"])
    }

    @Test("Q-102: an edited comment gives nothing; its revoke still takes away, up to the edit")
    func edited() throws {
        let ledger = try Self.ledger([
            Self.comment(5, Self.alice, "/waive docs x\n/why\n/recheck", edited: 1),
            Self.comment(6, Self.alice, "/revoke security", edited: 4),
            Self.comment(7, Self.alice, "/waive security a"),
            Self.comment(10, Self.alice, "/waive security b"), Self.comment(11, Self.alice, "/waive security c"),
            Self.comment(12, Self.alice, "/ack 1", edited: -3),
        ])
        #expect(ledger.waivers.map(\.reason) == ["c"])
        #expect(ledger.acknowledgements.isEmpty)
        let edited = "the comment was edited, so it gives nothing: write a new one"
        #expect(
            Self.fates(ledger) == [
                "5 \(edited)", "5 \(edited)", "5 \(edited)", "6 took back what was given",
                "7 taken back in comment #6", "10 taken back in comment #6", "11 given for `1111111111`",
                "12 \(edited)",
            ])
    }

    @Test("The service's comments are passed over; nobody's comments give and take nothing")
    func authors() throws {
        let ghost = Account(id: -1, login: "Ghost")
        let ledger = try Self.ledger([
            Self.comment(5, Self.service, "/waive docs x"), Self.comment(6, nil, "/waive docs x\n/revoke docs"),
            Self.comment(7, ghost, "/ack 1\n/why"), Self.comment(8, Self.alice, "/why docs\n/wave docs\n/why dosc"),
        ])
        #expect(ledger.waivers.isEmpty && ledger.acknowledgements.isEmpty && ledger.reaches.withdrawals.isEmpty)
        let gone = "the comment belongs to no account any more"
        #expect(
            Self.fates(ledger) == [
                "6 \(gone)", "6 \(gone)", "7 \(gone)", "7 \(gone)", "8 asked for",
                "8 not understood: there is no `dosc` here: did you mean `docs`?",
            ])
    }

    @Test("A revoke that was remembered stands after its comment is gone")
    func remembered() throws {
        let gift = Self.comment(5, Self.alice, "/waive docs x")
        let before = try Self.ledger([gift, Self.comment(6, Self.alice, "/revoke docs")])
        #expect(before.waivers.isEmpty)
        #expect(try Self.ledger([gift], remembered: before.reaches.withdrawals).waivers.isEmpty)
        // Without a store it cannot be seen.
        #expect(try Self.ledger([gift]).waivers.count == 1)
    }

    @Test("Of all revokes those that reach furthest are remembered, two for each author and target")
    func fewAreRemembered() throws {
        let revokes = String(repeating: "/revoke docs\n/revoke security\n", count: 50)
        let comments = [
            Self.comment(5, Self.alice, revokes, edited: 9), Self.comment(6, Self.bob, revokes),
            Self.comment(7, Self.alice, revokes), Self.comment(8, Self.bob, revokes),
        ]
        let kept = try Self.ledger(comments).reaches.withdrawals
        #expect(kept.count == 6)
        #expect(Set(kept.map(\.comment)) == [5, 7, 8])
        let memory = Remembered(withdrawals: kept).looking(
            at: nil, timeline: nil, head: try Self.commit(1),
            withdrawals: try Self.ledger([Self.comment(9, Self.bob, revokes)], remembered: kept).reaches.withdrawals)
        #expect(memory.withdrawals.count == 6)
        #expect(memory.withdrawals.filter { $0.author == Self.bob }.map(\.comment) == [9, 9])
    }

    @Test("Of two readings of one comment the later edit counts")
    func readTwice() throws {
        let readings = [
            Self.comment(5, Self.alice, "/waive docs x", edited: 2), Self.comment(5, Self.alice, "/waive docs x"),
        ]
        #expect(try Self.ledger(readings).waivers.isEmpty)
        #expect(try Self.ledger(readings.reversed()).waivers.isEmpty)
    }

    /// After any edits and deletions, with withdrawals remembered, whatever stands stood before.
    ///
    /// Where no revoke is deleted or edited away, the same holds without remembering.
    @Test("Editing and deleting can only take away")
    func onlyTakesAway() throws {
        var random = SeededGenerator(seed: 102)
        let timeline = try [Self.push(3, [0, 1]), Self.push(12, [2]), Self.push(20, [2, 1], forced: true)]
        let gives = [
            "/waive docs a", "/waive docs @11111111111111111111 b", "/ack 1, 2", "/ack 2 — c", "/waive security",
        ]
        let takes = ["/revoke docs", "/revoke 1, 2", "/revoke security no"]
        let people: [Account?] = [Self.alice, Self.bob, Self.service, nil]
        func body(_ lines: [String]) -> String {
            (0..<(1 + random.below(3))).map { _ in random.pick(lines) }.joined(separator: "\n")
        }
        for _ in 0..<1_000 {
            var comments: [Comment] = []
            for id in 1...Int64(25) where random.below(3) == 0 {
                let lines = random.below(3) == 0 ? takes : random.below(3) == 0 ? takes + gives : gives
                let edited = random.below(5) == 0 ? Int64(random.below(9)) : 0
                comments.append(Self.comment(id, random.pick(people), body(lines), edited: edited))
            }
            let before = try Self.ledger(comments, timeline)
            var lostARevoke = false
            var after: [Comment] = []
            for comment in comments.shuffled(using: &random) {
                switch random.below(3) {
                case 0: after.append(comment)
                case 1: lostARevoke = lostARevoke || comment.body.contains("/revoke")
                default:
                    lostARevoke = lostARevoke || comment.body.contains("/revoke")
                    let later = comment.updatedAt.seconds - comment.createdAt.seconds + 1 + Int64(random.below(9))
                    after.append(Self.comment(comment.id, comment.author, body(gives + takes), edited: later))
                }
            }
            let remembering = try Self.ledger(after, timeline, remembered: before.reaches.withdrawals)
            #expect(Set(remembering.waivers).isSubset(of: before.waivers))
            #expect(Set(remembering.acknowledgements).isSubset(of: before.acknowledgements))
            if !lostARevoke {
                let forgetful = try Self.ledger(after, timeline)
                #expect(Set(forgetful.waivers).isSubset(of: before.waivers))
                #expect(Set(forgetful.acknowledgements).isSubset(of: before.acknowledgements))
            }
        }
    }
}

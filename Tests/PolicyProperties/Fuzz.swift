import Foundation
import GatePolicy

/// Bytes nobody meant, for the reader of policies and the parser of commands.
///
/// Both answer, in bounded time, and never trap. A corpus is replayed and mutated; what once went wrong is added to it.
struct Fuzz {
    /// No input may take longer, however unlucky the machine is.
    static let mostSeconds = 10.0

    let corpus: URL
    var random: Random

    /// Whether everything was answered in time.
    mutating func run(policies: Int, comments: Int) -> Bool {
        let start = ContinuousClock.now
        let (policyFiles, commentFiles) = (files("policies"), files("comments"))
        guard !policyFiles.isEmpty, !commentFiles.isEmpty else {
            print("FAILED: no corpus in \(corpus.path)")
            return false
        }
        var slowest = 0.0
        var accepted = 0
        for number in 0..<max(policies, policyFiles.count) {
            let bytes =
                number < policyFiles.count ? policyFiles[number] : random.chance(5) ? looks() : mutated(policyFiles)
            let (seconds, isPolicy) = time { readPolicy(bytes) }
            slowest = max(slowest, seconds)
            accepted += isPolicy ? 1 : 0
            if seconds > Self.mostSeconds { return tooSlow(bytes, seconds) }
        }
        for number in 0..<max(comments, commentFiles.count) {
            let bytes = number < commentFiles.count ? commentFiles[number] : mutated(commentFiles)
            let (seconds, _) = time { readCommands(bytes) }
            slowest = max(slowest, seconds)
            if seconds > Self.mostSeconds { return tooSlow(bytes, seconds) }
        }
        print(
            """
            \(max(policies, policyFiles.count)) policies (\(accepted) valid) and \(max(comments, commentFiles.count)) \
            comments of any bytes were answered, the slowest in \(Int(slowest * 1000)) ms, \(ContinuousClock.now - start)
            """)
        return true
    }

    private func time<Value>(_ body: () -> Value) -> (seconds: Double, value: Value) {
        let clock = ContinuousClock()
        let start = clock.now
        let value = body()
        return ((clock.now - start) / .seconds(1), value)
    }

    private func tooSlow(_ bytes: [UInt8], _ seconds: Double) -> Bool {
        print("FAILED: \(bytes.count) bytes took \(seconds) s, in base64: \(Data(bytes).base64EncodedString())")
        return false
    }

    /// Whether it is a policy; then it is evaluated, and either way every diagnostic is drawn.
    private func readPolicy(_ bytes: [UInt8]) -> Bool {
        // Whatever it includes is itself once more, at another place.
        let text = { (place: PolicyFilePlace) in
            GatePolicy.PolicyText(bytes, file: "\(place)", identity: "\(place)", digest: "d")
        }
        let root = PolicyFilePlace(path: "countersign.yml")
        let composed = PolicyReader.compose(
            text(root), at: root, repository: RepositoryName(owner: "acme", name: "site"), hash: { "\($0.utf8.count)" },
            file: { .text(text($0)) })
        let (policy, diagnostics) = (composed.policy, composed.diagnostics)
        for diagnostic in diagnostics { _ = diagnostic.rendered }
        if let policy {
            var maker = WorldMaker(random: Random(seed: UInt64(bytes.count)))
            _ = policy.evaluate(maker.make(onlyPeople: false, hasGoneNames: false).facts).text
        } else if !diagnostics.contains(where: { $0.severity == .error }) {
            fatalError("no policy and no error: \(Data(bytes).base64EncodedString())")
        }
        return policy != nil
    }

    private func readCommands(_ bytes: [UInt8]) -> Bool {
        let names = CommandVocabulary(
            gates: ["qa-review", "security", "qa"], items: [.init(name: "root-cause", number: 4)],
            aliases: ["sop-ack": "ack", "sop-n/a": "waive", "qa-recheck": "recheck qa-review"])
        let body = String(decoding: bytes, as: UTF8.self)
        for command in CommandParser.commands(in: body, knowing: names) { _ = command.action.wording }
        return true
    }

    private func files(_ folder: String) -> [[UInt8]] {
        let folder = corpus.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
        return names.compactMap { try? Data(contentsOf: folder.appending(path: $0)) }.map(Array.init)
    }

    private mutating func looks() -> [UInt8] {
        var writer = PolicyText(random: Random(seed: random.next()), isSingleQuota: false)
        return Array(writer.writeLooks().utf8)
    }

    /// One of the corpus with some bytes changed, dropped, doubled, or words of the language put in.
    private mutating func mutated(_ corpus: [[UInt8]]) -> [UInt8] {
        var bytes = random.pick(corpus)
        for _ in 0..<(1 + random.below(6)) {
            let place = random.below(bytes.count + 1)
            switch random.below(8) {
            case 0: bytes.insert(UInt8(random.below(256)), at: place)
            case 1: if !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            case 2: if !bytes.isEmpty { bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8))) }
            case 3:
                let length = min(bytes.count - place, random.below(60))
                let piece = Array(bytes[place..<(place + length)])
                bytes.insert(contentsOf: Array(repeating: piece, count: 1 + random.below(40)).joined(), at: place)
            case 4:
                let other = random.pick(corpus)
                let from = random.below(other.count + 1)
                bytes.insert(contentsOf: other[from..<min(other.count, from + random.below(80))], at: place)
            default: bytes.insert(contentsOf: Array(random.pick(Self.words).utf8), at: place)
            }
            if bytes.count > 300_000 { bytes.removeLast(bytes.count - 300_000) }
        }
        return bytes
    }

    private static let words = [
        "(", ")", "[", "]", "{", "}", "'", "\"", ": ", "- ", "\n", "\r\n", "\t", " # ", "&a", "*a", "<<: ", "|", ">",
        "- ",
        " and ", " or ", "not ", "2 of ", "all of ", "99999999999999999999", "gate(\"", "changes(\"re:(a+)+$\")",
        "label(\"x\" by ", "never(", "@", "@acme/qa", "distinct: true\n", "distinct: [a, b]", "require: ", "include: ",
        "\u{FEFF}", "\u{0}", "\u{202E}", "é", "🙂", "\\", "/waive qa-review ", "/ack 4, root-cause — done\n", "/revoke ",
        "```\n", "~~~", "    ", "> ", "<!-- ", " -->", "* ", "1. ", "@0123456789abcdef0123456789abcdef01234567",
    ]
}

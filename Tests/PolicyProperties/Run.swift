import Foundation
import GatePolicy

/// So many cases from one seed.
struct Run {
    let seed: UInt64
    let cases: Int
    private var random: Random
    private var rejected = 0

    init(seed: UInt64, cases: Int) {
        self.seed = seed
        self.cases = cases
        random = Random(seed: seed)
    }

    /// A policy that the reader accepts; others are counted and dropped.
    private mutating func policy(isSingleQuota: Bool) -> (text: String, policy: Policy) {
        while true {
            var writer = PolicyText(random: Random(seed: random.next()), isSingleQuota: isSingleQuota)
            let text = writer.write()
            if let policy = PolicyReader.read(text, file: "countersign.yml", digest: "d").policy {
                return (text, policy)
            }
            rejected += 1
        }
    }

    /// Checks everything and says what was found.
    mutating func properties() -> Bool {
        let start = ContinuousClock.now
        var total = Counts()
        while total.cases < cases {
            if random.chance(15) {
                guard checkSeats(&total) else { return false }
                continue
            }
            if random.chance(15) {
                guard checkFiles(&total) else { return false }
                continue
            }
            let isSingleQuota = random.chance(30)
            let (text, policy) = policy(isSingleQuota: isSingleQuota)
            var checks = Checks(policy: policy, isSingleQuota: isSingleQuota, random: Random(seed: random.next()))
            for _ in 0..<8 {
                var maker = WorldMaker(random: Random(seed: random.next()))
                let world = maker.make(onlyPeople: isSingleQuota, hasGoneNames: random.chance(15))
                if let failure = checks.check(world) {
                    report(failure, text, policy, checks, world)
                    return false
                }
            }
            total.add(checks.counts)
        }
        print(
            """
            \(total.cases) cases hold: \(total.exhaustive) under all completions, \(total.sampled) under samples of them
            \(total.undecided) undecided, \(total.passes) passes, \(total.single) single questions decided exactly
            \(total.seats) of `distinct` gates held against every assignment tried out, \(total.openSeats) of them with
            unknowns under all completions, \(total.files) of several files
            \(total.evaluations) evaluations, \(rejected) texts refused by the reader, \(ContinuousClock.now - start)
            """)
        return true
    }

    /// Gates whose places different people must fill, under complete facts.
    private mutating func checkSeats(_ total: inout Counts) -> Bool {
        var writer = PolicyText(random: Random(seed: random.next()), isSingleQuota: false)
        let (text, seats) = writer.writeSeats()
        guard let policy = PolicyReader.read(text, file: "countersign.yml", digest: "d").policy else {
            print("FAILED with seed \(seed): the reader refuses\n\(text)")
            return false
        }
        for _ in 0..<8 {
            var maker = WorldMaker(random: Random(seed: random.next()))
            let world = maker.make(onlyPeople: true, hasGoneNames: false)
            let checks = SeatChecks(seats: seats, text: text, policy: policy)
            if random.chance(25), let problem = checks.incompleteness(world, &total) {
                let open = world.gaps.map(\.name).joined(separator: ", ")
                print(
                    "FAILED with seed \(seed): distinct: \(problem)\n\(text)\nunknown: \(open)\n\(policy.evaluate(world.facts).text)"
                )
                return false
            }
            var facts = world.facts
            for gap in world.gaps { random.pick(gap.fillings)(&facts) }
            total.cases += 1
            total.seats += 1
            if let problem = checks.contradiction(facts) {
                print("FAILED with seed \(seed): distinct: \(problem)\n\(text)\n\(policy.evaluate(facts).text)")
                return false
            }
        }
        return true
    }

    /// Policies of several files, under everything that policies of one are held to.
    private mutating func checkFiles(_ total: inout Counts) -> Bool {
        var (files, overrides) = PolicyText.files(&random)
        var found = files.compose()
        while found == nil {
            rejected += 1
            (files, overrides) = PolicyText.files(&random)
            found = files.compose()
        }
        guard let composed = found else { return false }
        var checks = Checks(policy: composed, isSingleQuota: false, random: Random(seed: random.next()))
        let apart = FileChecks(files: files, composed: composed, overrides: overrides)
        for _ in 0..<4 {
            var maker = WorldMaker(random: Random(seed: random.next()))
            let world = maker.make(onlyPeople: false, hasGoneNames: random.chance(15))
            if let failure = checks.check(world) {
                report(failure, files.text, composed, checks, world)
                return false
            }
            if let problem = apart.contradiction(world.facts) {
                print(
                    "FAILED with seed \(seed): files: \(problem)\n\(files.text)\n\(composed.evaluate(world.facts).text)"
                )
                return false
            }
        }
        checks.counts.files = checks.counts.cases
        total.add(checks.counts)
        return true
    }

    private func report(_ failure: Failure, _ text: String, _ policy: Policy, _ checks: Checks, _ world: World) {
        let (failure, world) = Shrinking(checks: checks).shrink(failure, world)
        let open = world.gaps.map(\.name).joined(separator: ", ")
        print("FAILED with seed \(seed): \(failure.property): \(failure.detail)\n\(text)\nunknown: \(open)")
        // The facts at length, where somebody asks for them.
        if CommandLine.arguments.contains("--facts") {
            print("facts: \(Self.json(failure.facts))\nother facts: \(Self.json(failure.other))")
        }
        print("\(policy.evaluate(failure.facts).text)")
        print("and with the other facts:\n\(policy.evaluate(failure.other).text)")
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }

    /// A digest of many verdicts' bytes (FNV-1a), the same in every process.
    func digest() -> String {
        var run = self
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for _ in 0..<cases {
            let (_, policy) = run.policy(isSingleQuota: false)
            var maker = WorldMaker(random: Random(seed: run.random.next()))
            let world = maker.make(onlyPeople: false, hasGoneNames: run.random.chance(20))
            let verdict = policy.evaluate(world.facts)
            for byte in (Self.json(verdict) + verdict.text).utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(digest, radix: 16)
    }

    /// Whether two processes, whose hashes are seeded differently, write the same bytes.
    static func sameInTwoProcesses(seed: UInt64) -> Bool {
        let digests = (0..<2).map { _ in
            let process = Process()
            process.executableURL = URL(filePath: CommandLine.arguments[0])
            process.arguments = ["--digest", "--cases", "300", "--seed", "\(seed)"]
            let pipe = Pipe()
            process.standardOutput = pipe
            guard (try? process.run()) != nil else { return "cannot run" }
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self)
        }
        let same = digests[0] == digests[1] && digests[0].count > 4
        print(same ? "two processes write the same bytes of 300 verdicts" : "FAILED: two processes differ: \(digests)")
        return same
    }
}

/// Makes a failing case smaller, as far as that is cheap.
struct Shrinking {
    let checks: Checks

    func shrink(_ failure: Failure, _ world: World) -> (Failure, World) {
        var (best, smallest) = (failure, world)
        var isShrinking = true
        while isShrinking {
            isShrinking = false
            for candidate in smaller(smallest) {
                // Several attempts: completions are sampled.
                for attempt in 0..<20 {
                    var again = checks
                    again.random = Random(seed: UInt64(attempt))
                    guard let found = again.check(candidate), found.property == failure.property else { continue }
                    (best, smallest) = (found, candidate)
                    isShrinking = true
                    break
                }
                if isShrinking { break }
            }
        }
        return (best, smallest)
    }

    private func smaller(_ world: World) -> [World] {
        var result: [World] = []
        for (index, gap) in world.gaps.enumerated() {
            for filling in gap.fillings.prefix(4) {
                var next = world
                next.gaps.remove(at: index)
                filling(&next.facts)
                result.append(next)
            }
        }
        if case .known(let reviews)? = world.facts.reviews, !world.gaps.contains(where: { $0.name == "the reviews" }) {
            for index in reviews.indices {
                var next = world
                var fewer = reviews
                fewer.remove(at: index)
                next.facts.reviews = .known(fewer)
                result.append(next)
            }
        }
        for index in world.facts.waivers.indices {
            var next = world
            next.facts.waivers.remove(at: index)
            result.append(next)
        }
        return result
    }
}

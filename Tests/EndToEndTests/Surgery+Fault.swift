import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

extension Surgery {
    /// Tells a story of a fault: the doctor names it and no other, what it prints cures it, and then every open pull
    /// request is turned to what it should be.
    /// - Parameters:
    ///   - named: the checks that name it.
    ///   - warned: the checks that warn of it.
    ///   - noted: the checks that mention it.
    ///   - members: who is put into the team of a cure.
    ///   - hasService: whether `countersign serve` runs; what comes in is then delivered between the steps.
    ///   - checksMeanwhile: whether checks are made after the fault, as far as they can be.
    ///   - signsLate: whether the last signature comes after the fault although a service runs, which may not hear of it.
    ///   - lent: the file of the administrator's token that the doctor is lent.
    ///   - after: what is to be seen when all is cured.
    ///   - fault: breaks something after pull requests were green or pending as they should.
    static func tell(
        target: String? = nil, arguments: [String] = [], named: [String] = [], warned: [String] = [],
        noted: [String] = [], members: [String] = [], policy: String = Story.policy,
        version: ServerVersion = .promised, hasService: Bool = false, checksMeanwhile: Bool = true,
        signsLate: Bool = false, lent: String = "/administrator",
        prepare: (Story, Surgery) async throws -> Void = { _, _ in },
        fault: (Story, Surgery) async throws -> Void, after: (Story) async throws -> Void = { _ in }
    ) async throws {
        try await Story.tell(policy: policy, version: version) { story in
            let surgery = Surgery(story, target: target, arguments: arguments, lent: lent)
            func happens() async throws {
                try await surgery.tell(
                    named: named, warned: warned, noted: noted, members: members, checksMeanwhile: checksMeanwhile,
                    signsLate: signsLate, prepare: prepare, fault: fault)
            }
            guard hasService else {
                try await happens()
                return try await after(story)
            }
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                try await happens()
                surgery.listen(to: nil)
                try await after(story)
            }
        }
    }

    private func tell(
        named: [String], warned: [String], noted: [String], members: [String], checksMeanwhile: Bool,
        signsLate: Bool, prepare: (Story, Surgery) async throws -> Void, fault: (Story, Surgery) async throws -> Void
    ) async throws {
        let signed = try await story.pull()
        try await story.approve(signed, as: story.bob)
        // Where a service runs it hears of the other one, or looks by itself.
        let approvesMeanwhile = signsLate || checksMeanwhile && running.withLock { $0 } == nil
        if !approvesMeanwhile { try await story.approve(signed, as: story.carol) }
        let waiting = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
        try await prepare(story, self)
        let ready = await run(["refire", story.repository])
        #expect(ready.status == 0, "\(ready)")
        try await story.forge.protect("main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
        // Servers that do not know the switch pass over it.
        try await story.forge.must(
            .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
            ["block_admin_merge_override": true])
        let sound = try await doctor()
        #expect(sound.blocking.isEmpty && sound.warnings.isEmpty, "\(sound)")
        #expect(sound.exitStatus <= 1, "\(sound)")

        try await fault(story, self)
        if approvesMeanwhile {
            if let faults = story.simulator?.faults {
                try await faults.pausing { try await story.approve(signed, as: story.carol) }
            } else {
                try await story.approve(signed, as: story.carol)
            }
        }
        // What checks in between posted, as far as they could post anything.
        if checksMeanwhile { _ = await run(["refire", story.repository, "--all"]) }
        let found = try await doctor(isRead: true)
        #expect(Set(found.blocking) == Set(named), "\(found.text)")
        #expect(found.warnings == warned, "\(found.text)")
        #expect(found.notes.filter { !sound.notes.contains($0) } == noted, "\(found.text)")
        #expect(found.exitStatus == (named.isEmpty ? (warned.isEmpty ? sound.exitStatus : 1) : 2))

        let everybody = [story.bob, story.carol]
        for cure in found.cures where (named + warned + noted).contains(cure.check) {
            try await carryOut(cure.lines, of: cure.check, members: everybody.filter { members.contains($0.name) })
        }
        let cured = try await doctor()
        #expect(cured.blocking.isEmpty && cured.warnings.isEmpty, "\(cured)")

        let turned = await run(["refire", story.repository])
        #expect(turned.status == 0, "\(turned)")
        #expect(try await summary(signed) == "success", "\(turned)")
        #expect(try await summary(waiting) == "pending", "\(turned)")
        let printed = printed.withLock { $0 }
        for secret in environment.withLock({ $0 }).filter({ $0.key.hasSuffix("TOKEN") }).values where !secret.isEmpty {
            #expect(!printed.contains(secret), "a token was printed")
        }
        #expect(!printed.contains(hookSecret), "a secret was printed")
    }
}

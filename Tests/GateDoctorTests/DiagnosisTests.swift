import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

/// What a diagnosis comes to as a whole.
@Suite struct DiagnosisTests {
    @Test func allIsWell() {
        let diagnosis = Diagnosis(Healthy.examination)
        #expect(diagnosis.severity == .sound)
        for entry in diagnosis.entries {
            #expect(entry.outcome.findings.isEmpty, "\(entry.check.id)")
            #expect(entry.outcome.notMade.isEmpty, "\(entry.check.id): \(entry.outcome.notMade)")
            // Its gates wait for people alone.
            guard entry.check != ConditionsCanHold.self else { continue }
            #expect(entry.outcome.examined > 0, "\(entry.check.id) looked at nothing")
        }
    }

    /// Identifiers are for scripts and pages: one each, `area.matter`.
    @Test func identifiers() {
        let ids = CheckRegistry.all.map { $0.id }
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.wholeMatch(of: /[a-z]+\.[a-z-]+/) != nil, "\(id)") }
    }

    /// Nothing was reached: no check but the one about reach says anything, and none says sound.
    @Test func nothingWasReached() {
        var examination = Examination(
            address: "https://git.example.org", now: Timestamp(seconds: 0),
            greeting: .failure(Healthy.error(.unreachable("refused"))))
        examination.credentials = Healthy.examination.credentials
        let diagnosis = Diagnosis(examination)
        #expect(diagnosis.severity == .blocking)
        let found = diagnosis.entries.filter { !$0.outcome.findings.isEmpty }.map { $0.check.id }
        #expect(found == ["reach.unreachable"])
        for entry in diagnosis.entries where ![.reach, .credentials, .service].contains(entry.check.area) {
            #expect(entry.outcome.examined == 0 && !entry.outcome.notMade.isEmpty, "\(entry.check.id)")
        }
    }

    /// Two cures make one rule otherwise: the second changes the one that the first makes.
    @Test func ruleThatTwoCuresMake() {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(["ci"]))
            $0.repositories[0].rules = .success([
                ProtectionRule(
                    name: "*", isStatusCheckEnabled: true, contexts: ["ci"], bindsAdministrators: true,
                    settings: ["enable_push": false])
            ])
        }
        func calls(_ check: String) -> [String] {
            (found[check]?.first?.cure.steps ?? []).compactMap { step in
                guard case .call(let request) = step else { return nil }
                return "\(request.method) \(request.path) \(request.body ?? "")"
            }
        }
        #expect(
            calls("protection.not-required") == [
                "POST /repos/acme/widget/branch_protections "
                    + #"{"enable_push":false,"enable_status_check":true,"rule_name":"main","#
                    + #""status_check_contexts":["ci","countersign: main"]}"#
            ])
        #expect(
            calls("protection.nobody-posts") == [
                "PATCH /repos/acme/widget/branch_protections/main "
                    + #"{"enable_push":false,"enable_status_check":true,"status_check_contexts":["countersign: main"]}"#
            ])
    }

    /// What could not be seen is told, and the whole is not sound.
    @Test func whatCannotBeSeenIsNotSound() {
        var examination = Healthy.examination
        examination.repositories[0].rules = nil
        examination.service = .absent(socket: "countersign.sock")
        let diagnosis = Diagnosis(examination)
        #expect(diagnosis.severity == .unverifiable)
        let notMade = diagnosis.entries.filter { !$0.outcome.notMade.isEmpty }.map { $0.check.id }
        #expect(
            notMade == [
                "protection.push", "protection.administrators", "hook.silent", "hook.secret", "service.running",
                "service.ready",
                "service.lag", "service.failing", "service.undecided", "service.foreign-status", "service.pending",
            ])
    }

    /// Every failure of every call leads somewhere else than to "sound".
    @Test(arguments: [
        ForgeError.Kind.timeout, .malformed("x"), .serverError(status: 500, message: ""), .forbidden(message: "no"),
        .notFound(message: "", details: []), .cancelled,
    ])
    func aFailedCallIsNeverSound(kind: ForgeError.Kind) {
        let failure = Healthy.error(kind)
        let spoils: [(inout Examination) -> Void] = [
            { $0.repositories[0].branch = .failure(failure) },
            { $0.repositories[0].rights = .failure(failure) },
            { $0.organizations[0].teams[.directory] = .failure(failure) },
            { $0.organizations[0].members[2] = [.directory: .failure(failure)] },
            { $0.repositories[0].statuses = .failure(failure) },
            { $0.rowsPerPage = .failure(failure) },
        ]
        for (index, spoil) in spoils.enumerated() {
            var examination = Healthy.examination
            spoil(&examination)
            #expect(Diagnosis(examination).severity != .sound, "\(index)")
        }
    }
}

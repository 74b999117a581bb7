#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GateDoctor

extension Diagnosis {
    private struct Data: Encodable {
        struct Entry: Encodable {
            var id: String
            var area: Area
            var promise: String
            var examined: Int
            var looked: Bool
            var findings: [Found]
            var notMade: [String]
            var told: [String]
        }
        struct Found: Encodable {
            var severity: Severity
            var subject: String
            var asked: [String]
            var answer: String
            var meaning: String
            var blocks: [Blocked]
            var cure: [String]
        }
        var address: String
        var severity: Severity
        var exitStatus: Int32
        var checks: [Entry]
    }

    /// The diagnosis as data.
    func json() throws -> String {
        let data = Data(
            address: examination.address, severity: severity, exitStatus: exitStatus,
            checks: entries.map { entry in
                Data.Entry(
                    id: entry.check.id, area: entry.check.area, promise: entry.check.promise,
                    examined: entry.outcome.examined, looked: entry.isAboutSomething,
                    findings: entry.outcome.findings.map { finding in
                        Data.Found(
                            severity: finding.severity, subject: finding.subject, asked: finding.asked,
                            answer: finding.answer, meaning: finding.meaning, blocks: finding.blocks,
                            cure: finding.cure.lines(address: examination.address, invocation: examination.invocation))
                    }, notMade: entry.outcome.notMade, told: entry.outcome.told)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(data), as: UTF8.self)
    }
}

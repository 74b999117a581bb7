#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import GateService

extension CheckReport {
    /// The result as data; the same facts and policy give the same bytes.
    private struct Data: Encodable {
        struct Status: Encodable {
            var context: String
            var state: StatusState
            var description: String
            var result: String?
        }
        struct Sibling: Encodable {
            var number: Int64
            var outcome: String
        }
        var pullRequest: String
        var result: String
        var exitStatus: Int32
        var verdict: Verdict?
        var diagnostics: [Diagnostic]?
        var unknowns: [Unknown]?
        var warnings: [Diagnostic]
        /// Reviews that were begun and not submitted.
        var drafts: Int
        var siblings: [Sibling]
        var holder: Int64?
        var statuses: [Status]
    }

    func json() throws -> String {
        var data = Data(
            pullRequest: report.decision.subject.description, result: "", exitStatus: status.rawValue,
            warnings: report.decision.warnings, drafts: report.decision.drafts,
            siblings: report.siblings.map {
                Data.Sibling(number: $0.subject.number, outcome: $0.outcome?.rawValue ?? "unmanaged")
            },
            holder: report.holder,
            statuses: report.statuses.map { status in
                let posted = report.posted?.first { $0.status.context == status.context }
                return Data.Status(
                    context: status.context, state: status.state, description: status.description,
                    result: posted.map(Self.word))
            })
        switch report.decision.result {
        case .verdict(let verdict):
            data.result = verdict.summary.outcome.rawValue
            data.verdict = verdict
        case .unmanaged: data.result = "unmanaged"
        case .broken(let diagnostics):
            data.result = "invalid-policy"
            data.diagnostics = diagnostics
        case .undecided(let unknowns):
            data.result = "undecided"
            data.unknowns = unknowns
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(data), as: UTF8.self)
    }

    private static func word(_ posted: Publisher.Posted) -> String {
        switch posted.result {
        case .posted: "posted"
        case .unchanged: "unchanged"
        case .heldBack: "held-back"
        case .overtaken: "overtaken"
        case .failed: "failed"
        }
    }
}

import GateForge
import GatePolicy
import GateService

extension CheckReport {
    /// The result as workflow commands, one line each, which CI shows beside the run.
    var annotations: String {
        var lines: [String] = []
        switch report.decision.result {
        case .unmanaged: break
        case .broken(let diagnostics):
            for item in diagnostics {
                let properties = "file=\(Self.property(item.span.file)),line=\(item.span.line),col=\(item.span.column)"
                lines.append("::error \(properties)::\(Self.text(item.message))")
            }
        case .undecided(let unknowns):
            for unknown in unknowns { lines.append("::error::\(Self.text("\(unknown.phrase); \(unknown.cure)"))") }
        case .verdict(let verdict):
            for gate in verdict.gates where gate.outcome.status != .success {
                let word = gate.isEnforced ? "error" : "warning"
                let description = gate.statusDescription(names: verdict.mayNamePeople).description
                lines.append("::\(word) title=\(Self.property(gate.name))::\(Self.text(description))")
            }
        }
        if report.holder != nil, status != .passed {
            lines += siblingLines.map { "::error::\(Self.text($0))" }
        }
        for item in report.posted ?? [] {
            guard case .failed(let error) = item.result else { continue }
            let text = "not posted: \(error); \(error.cure)"
            lines.append("::error title=\(Self.property(item.status.context))::\(Self.text(text))")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func text(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        Self.text(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

import GateDoctor

extension Diagnosis {
    /// What the command ends with.
    var exitStatus: Int32 {
        switch severity {
        case .sound: 0
        case .warning, .unverifiable: 1
        case .blocking: 2
        }
    }

    /// The diagnosis for people: the worst first, then what could not be checked, then what is sound.
    var text: String {
        var lines: [String] = []
        for severity in [Severity.blocking, .warning, .sound] {
            for entry in entries {
                for finding in entry.outcome.findings where finding.severity == severity {
                    lines += tell(finding, entry.check.id) + [""]
                }
            }
        }
        let notMade = notMade
        if !notMade.isEmpty { lines += ["not checked:"] + notMade.map { "    \($0)" } + [""] }
        let idle = idle
        if !idle.isEmpty { lines += ["not looked at:"] + idle.map { "    \($0)" } + [""] }
        let isSound = { (entry: Entry) in entry.outcome.examined > 0 && entry.outcome.findings.isEmpty }
        let besides = entries.filter { !isSound($0) && !$0.outcome.told.isEmpty }
        if !besides.isEmpty {
            lines.append("told besides:")
            for entry in besides { lines += ["    \(entry.check.id):"] + told(entry) }
            lines.append("")
        }
        let sound = entries.filter(isSound)
        if !sound.isEmpty {
            lines.append("sound:")
            for entry in sound {
                lines.append("    \(entry.check.id): \(entry.check.promise) (\(entry.outcome.examined) looked at)")
                lines += told(entry)
            }
            lines.append("")
        }
        lines.append(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func told(_ entry: Entry) -> [String] {
        let told = entry.outcome.told
        return told.prefix(10).map { "        \($0)" }
            + (told.count > 10 ? ["        and \(told.count - 10) more"] : [])
    }

    /// Of how many checks a reason is told once for all of them.
    private static let many = 3

    /// What could not be checked, with its reasons, in the order of the checks.
    private var notMade: [String] {
        let all = entries.flatMap { entry in entry.outcome.notMade.map { (check: entry.check.id, reason: $0) } }
        let checks = Dictionary(grouping: all, by: \.reason).mapValues { $0.map(\.check) }
        var told: Set<String> = []
        return all.compactMap { check, reason in
            guard let same = checks[reason], same.count >= Self.many else { return "\(check): \(reason)" }
            return told.insert(reason).inserted
                ? "\(same.count) checks: \(reason): \(same.joined(separator: ", "))" : nil
        }
    }

    /// What nothing here is about, and what would make it so.
    private var idle: [String] {
        let idle = entries.filter { !$0.isAboutSomething }
        func told(_ checks: [Entry], _ reason: String) -> [String] {
            checks.isEmpty ? [] : ["\(checks.map { $0.check.id }.joined(separator: ", ")): \(reason)"]
        }
        let hooks = examination.hookAddress == nil ? idle.filter { $0.check.area == .hooks } : []
        let service = examination.service == nil ? idle.filter { $0.check.area == .service } : []
        let others = idle.filter { entry in
            !(hooks + service).contains { $0.check == entry.check }
        }
        return told(hooks, "give `--hook-url URL`, where webhooks come in")
            + told(service, "give `--settings FILE` of the service, on the machine where it runs")
            + told(others, "there is nothing of the kind")
    }

    private var summary: String {
        let findings = entries.flatMap(\.outcome.findings)
        let blocking = findings.count { $0.severity == .blocking }
        let warnings = findings.count { $0.severity == .warning }
        let notMade = entries.count { !$0.outcome.notMade.isEmpty }
        return "\(blocking) blocking, \(warnings == 1 ? "1 warning" : "\(warnings) warnings"), "
            + "\(notMade == 1 ? "1 check" : "\(notMade) checks") not made or not in full; "
            + "\(examination.repositories.count == 1 ? "1 repository" : "\(examination.repositories.count) repositories")"
    }

    private func tell(_ finding: Finding, _ id: String) -> [String] {
        let word =
            switch finding.severity {
            case .blocking: "BLOCKS"
            case .warning: "WARNS"
            case .unverifiable: "UNKNOWN"
            case .sound: "NOTE"
            }
        var lines = ["\(word) \(id): \(finding.subject)"]
        func add(_ label: String, _ texts: [String]) {
            for (index, text) in texts.flatMap({ $0.split(separator: "\n").map(String.init) }).enumerated() {
                let shown = index == 0 ? label : ""
                lines.append("    \(shown)\(String(repeating: " ", count: max(1, 10 - shown.count)))\(text)")
            }
        }
        add("asked", finding.asked)
        add("answered", [finding.answer])
        add("means", [finding.meaning])
        let blocks = finding.blocks.prefix(10).map(\.description)
        add(
            "blocks", blocks + (finding.blocks.count > 10 ? ["and \(finding.blocks.count - 10) more repositories"] : [])
        )
        add("cure", finding.cure.lines(address: examination.address, invocation: examination.invocation))
        add("more", ["Documentation/doctor/\(id).md"])
        return lines
    }
}

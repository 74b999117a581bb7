import ArgumentParser
import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `countersign test`: asks policies about made-up pull requests, without a forge.
struct TestPolicies: ContextCommand {
    // Not `Test`: that is a name of Swift Testing, and tests import both.
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test policies against made-up pull requests, without a forge.",
        discussion: """
            Exit codes: 0 every case is as expected, 1 a case failed, 3 a policy or test file is not valid, 64 usage.
            """)

    /// How the results are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(
        help: "Test files, or folders in which every *.test.yml is one; the working directory by default.",
        completion: .file())
    var paths: [String] = ["."]

    @Option(name: .long, help: "How to print the results: text or json.")
    var format: Format = .text

    func run(_ context: CommandContext) async throws {
        var files: [String] = []
        do {
            for path in paths { files += try context.testFiles(path).filter { !files.contains($0) } }
        } catch {
            context.talk("countersign: \(error)")
            throw ExitStatus.usage.code
        }
        var reports: [PolicyTestReport] = []
        for file in files {
            let report = report(file, context)
            for diagnostic in report.diagnostics { context.talk(diagnostic.rendered) }
            if format == .text, !report.results.isEmpty { context.output("\(file)\n\(report.text)\n") }
            reports.append(report)
        }
        let summary = Summary(reports)
        switch format {
        case .text: context.output(summary.text + "\n")
        case .json: context.output(summary.json + "\n")
        }
        if summary.status != .passed { throw summary.status.code }
    }

    private func report(_ file: String, _ context: CommandContext) -> PolicyTestReport {
        var read = PolicyTestFile.Result(tests: nil, diagnostics: [])
        do {
            read = PolicyTestFile.read(try Settings.read(file, context), file: file)
        } catch {
            read.diagnostics = [Self.unreadable(file, error)]
        }
        guard let tests = read.tests else {
            return PolicyTestReport(file: file, policy: "", diagnostics: read.diagnostics)
        }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let policyFile = folder + tests.policy
        let given = PolicyFolder(of: policyFile, context, given: tests.files.mapValues { folder + $0 })
        do {
            let organization = try tests.organization.map { path in
                PolicyText(
                    try Settings.read(folder + path, context), file: folder + path, identity: folder + path, digest: "")
            }
            var report = PolicyTestRunner.run(
                tests, policy: try Settings.read(policyFile, context), policyFile: policyFile,
                organization: organization, file: given.answer)
            report.diagnostics = read.diagnostics + report.diagnostics
            return report
        } catch {
            return PolicyTestReport(file: file, policy: policyFile, diagnostics: [Self.unreadable(policyFile, error)])
        }
    }

    private static func unreadable(_ file: String, _ error: any Error) -> Diagnostic {
        Diagnostic(span: SourceSpan(file: file, line: 1, column: 1), message: "this file cannot be read: \(error)")
    }
}

extension TestPolicies {
    /// What all files together come to.
    struct Summary: Encodable {
        var cases: Int
        var failures: Int
        var exitStatus: Int32
        var files: [PolicyTestReport]

        init(_ reports: [PolicyTestReport]) {
            files = reports
            cases = reports.reduce(0) { $0 + $1.results.count }
            failures = reports.reduce(0) { $0 + $1.failures }
            exitStatus = 0
            exitStatus = status.rawValue
        }

        var status: ExitStatus {
            if files.contains(where: { !$0.isValid }) { return .invalidPolicy }
            return failures == 0 ? .passed : .held
        }

        var text: String {
            let invalid = files.count { !$0.isValid }
            let broken = invalid == 0 ? "" : ", \(invalid == 1 ? "1 file is" : "\(invalid) files are") not valid"
            return "\(cases == 1 ? "1 case" : "\(cases) cases"): \(cases - failures) ok, \(failures) failed\(broken)"
        }

        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            guard let bytes = try? encoder.encode(self) else { return "{}" }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

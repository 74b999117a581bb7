import AsyncHTTPClient
import Foundation
import GateDoctor
import GatePolicy
import NIOCore
import NIOHTTP1

/// The doctor as a canary: looks again and again, exports each check, and tells when one turns.
struct Watching: Sendable {
    /// What one look saw.
    struct Picture: Sendable {
        /// How bad each check was, by id; one that looked at nothing knows nothing.
        var checks: [String: Severity] = [:]
        /// How bad what each check found was, by check and then by what it is about.
        var findings: [String: [String: Severity]] = [:]
        /// When it looked.
        var at: Timestamp

        init(_ diagnosis: Diagnosis) {
            at = diagnosis.examination.now
            for entry in diagnosis.entries {
                let id = entry.check.id
                checks[id] = entry.isAboutSomething ? entry.severity : .unverifiable
                for finding in entry.outcome.findings where finding.severity != .sound {
                    findings[id, default: [:]][finding.subject] = finding.severity
                }
            }
        }
    }

    /// Where the metrics are written for a collector of text files; nil for nowhere.
    let metricsFile: String?
    /// What is called when a check turns; nil for nothing.
    let alertURL: String?
    let context: CommandContext

    /// Tells of one look; gives back what it saw.
    func tell(_ diagnosis: Diagnosis, after earlier: Picture?, isBack: Bool = false) async -> Picture {
        let picture = Picture(diagnosis)
        export(picture.checks, at: picture.at)
        guard let earlier else { return picture }
        var turned = isBack ? [Turned(check: Self.itself, before: .unverifiable, after: .sound)] : []
        for id in Set(picture.checks.keys).union(earlier.checks.keys).sorted() {
            guard earlier.checks[id] == picture.checks[id] else {
                turned.append(Turned(check: id, before: earlier.checks[id], after: picture.checks[id]))
                continue
            }
            // A second thing may be wrong where one was already, and the first put right while the second is not.
            let (before, after) = (earlier.findings[id] ?? [:], picture.findings[id] ?? [:])
            for subject in Set(before.keys).union(after.keys).sorted() where before[subject] != after[subject] {
                turned.append(
                    Turned(
                        check: id, subject: subject, before: before[subject] ?? .sound,
                        after: after[subject] ?? .sound))
            }
        }
        await announce(turned.worstFirst)
        return picture
    }

    /// Tells that it could not look: nothing is known from then on.
    /// - Parameter isNew: whether it could the last time.
    func tellBlind(after earlier: Picture, isNew: Bool) async {
        export(earlier.checks.mapValues { _ in .unverifiable }, at: earlier.at)
        if isNew { await announce([Turned(check: Self.itself, before: .sound, after: .unverifiable)]) }
    }

    /// What is said of the canary's own sight, in the place of a check.
    private static let itself = "doctor"

    private func export(_ checks: [String: Severity], at moment: Timestamp) {
        guard let metricsFile else { return }
        do { try context.writeFile(metricsFile, Array(Self.metrics(checks, at: moment).utf8)) } catch {
            context.talk("countersign: the metrics cannot be written: \(error)")
        }
    }

    private func announce(_ turned: [Turned]) async {
        guard !turned.isEmpty else { return }
        for one in turned {
            let subject = one.subject.map { ": \($0)" } ?? ""
            context.output(
                "\(one.check)\(subject): \(one.before?.rawValue ?? "new") → \(one.after?.rawValue ?? "gone")\n")
        }
        await alert(turned)
    }

    /// From the best to the worst.
    fileprivate static let order: [Severity] = [.sound, .unverifiable, .warning, .blocking]

    /// A check that turned, or one of the things that it is about.
    struct Turned: Encodable {
        var check: String
        var subject: String?
        var before: Severity?
        var after: Severity?
    }

    private func alert(_ turned: [Turned]) async {
        guard let alertURL else { return }
        do {
            var request = HTTPClientRequest(url: alertURL)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try Self.body(turned)))
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            guard (200..<300).contains(response.status.code) else {
                context.talk("countersign: the webhook for turned checks answered \(response.status.code)")
                return
            }
        } catch {
            // The address may hold a secret: it is not shown.
            context.talk("countersign: the webhook for turned checks could not be called")
        }
    }

    /// What the webhook is told.
    static func body(_ turned: [Turned]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(["turned": turned])
    }

    /// The checks as Prometheus text: 0 sound, 1 not checked, 2 warning, 3 blocking; and when they were made.
    static func metrics(_ checks: [String: Severity], at moment: Timestamp) -> String {
        var text = """
            # HELP countersign_doctor_check How bad a check of the doctor's is: 0 sound, 1 not checked, 2 warning, 3 blocking.
            # TYPE countersign_doctor_check gauge

            """
        for (id, severity) in checks.sorted(by: { $0.key < $1.key }) {
            text += "countersign_doctor_check{check=\"\(id)\"} \(order.firstIndex(of: severity) ?? 3)\n"
        }
        text += """
            # HELP countersign_doctor_last_look_timestamp_seconds When the doctor could look the last time.
            # TYPE countersign_doctor_last_look_timestamp_seconds gauge
            countersign_doctor_last_look_timestamp_seconds \(moment.seconds)

            """
        return text
    }
}

extension [Watching.Turned] {
    /// What blocks now, then what warns: the cause comes before what only follows from it.
    var worstFirst: [Watching.Turned] {
        func rank(_ turned: Watching.Turned) -> Int { turned.after.flatMap(Watching.order.firstIndex(of:)) ?? 0 }
        return enumerated().sorted { (-rank($0.element), $0.offset) < (-rank($1.element), $1.offset) }.map(\.element)
    }
}

import AsyncHTTPClient
import Foundation
import GateDoctor
import NIOCore
import NIOHTTP1

/// The doctor as a canary: looks again and again, exports each check, and tells when one turns.
struct Watching: Sendable {
    /// How bad each check was, by id.
    typealias Picture = [String: Severity]

    /// Where the metrics are written for a collector of text files; nil for nowhere.
    let metricsFile: String?
    /// What is called when a check turns; nil for nothing.
    let alertURL: String?
    let context: CommandContext

    /// Tells of one look; gives back what it saw.
    func tell(_ diagnosis: Diagnosis, after earlier: Picture?) async -> Picture {
        let picture = Dictionary(uniqueKeysWithValues: diagnosis.entries.map { ($0.check.id, $0.severity) })
        if let metricsFile {
            do { try context.writeFile(metricsFile, Array(Self.metrics(picture).utf8)) } catch {
                context.talk("countersign: the metrics cannot be written: \(error)")
            }
        }
        guard let earlier else { return picture }
        let turned = picture.filter { earlier[$0.key] != $0.value }.keys.sorted()
        guard !turned.isEmpty else { return picture }
        for id in turned {
            context.output("\(id): \(earlier[id]?.rawValue ?? "new") → \(picture[id]?.rawValue ?? "gone")\n")
        }
        await alert(turned.map { Turned(check: $0, before: earlier[$0], after: picture[$0]) })
        return picture
    }

    /// A check that turned.
    struct Turned: Encodable {
        var check: String
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

    /// The picture as Prometheus text: 0 sound, 1 not checked, 2 warning, 3 blocking.
    static func metrics(_ picture: Picture) -> String {
        let order: [Severity] = [.sound, .unverifiable, .warning, .blocking]
        var text = """
            # HELP countersign_doctor_check How bad a check of the doctor's is: 0 sound, 1 not checked, 2 warning, 3 blocking.
            # TYPE countersign_doctor_check gauge

            """
        for (id, severity) in picture.sorted(by: { $0.key < $1.key }) {
            text += "countersign_doctor_check{check=\"\(id)\"} \(order.firstIndex(of: severity) ?? 3)\n"
        }
        return text
    }
}

import Foundation
import GateDoctor
import GatePolicy
import GateService
import GateStore
import GateWeb
import Hummingbird
import LastingConnections
import Logging
import NIOCore
import ServiceLifecycle

/// The operator's door: a socket that only the service's own user may open.
struct ControlServer: Service {
    /// What can be asked for.
    enum Request: String, CaseIterable, Sendable {
        case status, evidence, refire, refired, reload, backup, forget, confirm, merged
    }

    let path: String
    let assembly: ServiceAssembly

    init(_ path: String, _ assembly: ServiceAssembly) {
        self.path = path
        self.assembly = assembly
    }

    func run() async throws {
        guard !(await Self.isAnswered(path)) else {
            throw SettingsError("`control.socket` is `\(path)`: another service listens there; give each its own")
        }
        let antechamber = try SocketAntechamber(for: path)
        defer { antechamber.remove() }
        let application = Application(
            router: router, server: .lasting(),
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: antechamber.socket)),
            onServerRunning: { _ in
                do {
                    try antechamber.open(at: path)
                } catch {
                    assembly.logger.error("the control socket is not there", metadata: ["problem": "\(error)"])
                }
            }, logger: assembly.logger)
        defer { SocketAntechamber.remove(at: path) }
        do {
            try await withTaskExecutorPreference(AnsweringThreads.shared) { try await application.run() }
        } catch let error as IOError {
            throw ListenError(setting: "control.socket", address: path, error)
        }
    }

    /// Whether a living service listens on a socket.
    private static func isAnswered(_ path: String) async -> Bool {
        (try? await ControlClient(path: path).ask(.status)) != nil
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        for request in Request.allCases {
            router.post("/\(request.rawValue)") { call, _ -> Response in
                let argument = call.uri.queryParameters["argument"].map { String($0) } ?? ""
                let answer = await assembly.answer(request, argument)
                return Response(
                    status: answer.isDone ? .ok : .unprocessableContent,
                    headers: [.contentType: "text/plain; charset=utf-8"],
                    body: .init(byteBuffer: ByteBuffer(string: answer.text)))
            }
        }
        return router
    }
}

/// What the service answers an operator.
struct ControlAnswer: Sendable {
    var isDone: Bool
    var text: String

    /// The text as a sentence of ours that goes to standard error.
    var sentence: String { text.hasSuffix("\n") ? String(text.dropLast()) : text }
}

extension ServiceAssembly {
    /// Does what an operator asks for.
    func answer(_ request: ControlServer.Request, _ argument: String) async -> ControlAnswer {
        do {
            switch request {
            case .status:
                return ControlAnswer(isDone: true, text: try await ServiceStatus(gates.current, pulse, refused).text)
            case .reload:
                try reload()
                return ControlAnswer(isDone: true, text: "reloaded\n")
            case .backup:
                try await store.backup(to: argument)
                return ControlAnswer(isDone: true, text: "copied to \(argument)\n")
            case .evidence:
                let evidence = try await ServiceEvidence(gates.current, readiness, web.deliveries.page)
                return ControlAnswer(isDone: true, text: try JSONText.pretty(evidence))
            case .refire: return try await refire(argument)
            case .refired: return try await refired(argument)
            case .forget: return try await forget(argument)
            case .confirm: return try await confirm(argument)
            case .merged:
                let facts = try await store.factsOfMerge(argument)
                return try ControlAnswer(
                    isDone: facts != nil, text: facts.map(FactsFile.text) ?? Store.noFacts(of: argument) + "\n")
            }
        } catch {
            return ControlAnswer(isDone: false, text: "\(error)\n")
        }
    }

    private func confirm(_ argument: String) async throws -> ControlAnswer {
        guard let text = try await store.confirm(argument) else {
            return ControlAnswer(isDone: false, text: Store.notConfirmed(argument) + "\n")
        }
        if let name = argument.split(separator: " ").first.flatMap({ RepositoryName(String($0)) }) {
            try await gates.current.refire(name, .repository)
        }
        return ControlAnswer(isDone: true, text: text)
    }

    private func forget(_ argument: String) async throws -> ControlAnswer {
        try await store.forget(argument, now: gates.current.now()).map { text in
            if let name = RepositoryName(argument) { try await gates.current.refire(name, .repository) }
            if let subject = Subject(argument) {
                for number in try await store.openSiblings(of: subject) {
                    try await gates.current.refire(subject.repository, .pull(number))
                }
            }
            return ControlAnswer(isDone: true, text: text)
        }
            ?? ControlAnswer(isDone: false, text: Store.notForgotten(argument) + "\n")
    }
}

extension Optional where Wrapped == String {
    fileprivate func map(_ transform: (String) async throws -> ControlAnswer) async rethrows -> ControlAnswer? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

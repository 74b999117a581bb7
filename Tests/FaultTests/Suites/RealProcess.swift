import Foundation
import Glibc
import Testing

@testable import GiteaSimulator

extension Faults {
    /// Signals to a real process.
    @Suite struct RealProcess {
        @Test func aHangUpExchangesSecrets() async throws {
            try await Scene.run(isRealTime: true) { scene in
                try await TestFolder.with { folder in
                    scene.here("PATCH", "", as: "keeper", ["description": "anything that is told"])
                    try scene.world.push(
                        to: "feature/one", of: Scene.repository, as: "alice", files: ["src/one.txt": "one\n"])
                    let delivery = try #require(scene.world.takeDeliveries().first { $0.event == "push" })
                    let process = try ServeProcess(scene, in: folder)
                    try await process.ready()
                    #expect(await process.deliver(delivery) == 202)
                    let secret = folder.appending(path: "hook_secret")
                    try Data("another secret of the same length".utf8).write(to: secret)
                    #expect(await process.deliver(delivery) == 202, "nobody has told it")
                    Glibc.kill(process.identifier, SIGHUP)
                    #expect(try await ServeProcess.until(20) { await process.deliver(delivery) == 403 })
                    // What cannot be read changes nothing, and is told.
                    try Data("short".utf8).write(to: secret)
                    Glibc.kill(process.identifier, SIGHUP)
                    #expect(
                        try await ServeProcess.until(20) {
                            try String(contentsOf: process.logFile, encoding: .utf8).contains("settings not reloaded")
                        })
                    #expect(process.isRunning)
                    #expect(await process.deliver(delivery) == 403)
                    try Data(Scene.secret.utf8).write(to: secret)
                    Glibc.kill(process.identifier, SIGHUP)
                    #expect(try await ServeProcess.until(20) { await process.deliver(delivery) == 202 })
                    #expect(process.terminate() == 0)
                }
            }
        }

        /// A call that would take ten minutes more does not keep the service from ending.
        @Test func anEndIsNotPutOffForEver() async throws {
            try await Scene.run(isRealTime: true) { scene in
                try await TestFolder.with { folder in
                    try scene.world.push(
                        to: "feature/one", of: Scene.repository, as: "alice", files: ["src/one.txt": "one\n"])
                    scene.here(
                        "POST", "/pulls", as: "alice", ["title": "Something", "head": "feature/one", "base": "main"])
                    let opened = try #require(scene.world.takeDeliveries().first { $0.event == "pull_request" })
                    scene.simulator.faults.add(Fault(path: "*/pulls/1*", as: "gate", kind: .hang))
                    let process = try ServeProcess(
                        scene, in: folder, environment: ["COUNTERSIGN_FORGE_DEADLINE": "600"])
                    try await process.ready()
                    #expect(await process.deliver(opened) == 202)
                    #expect(
                        try await ServeProcess.until(20) {
                            scene.simulator.requests.all.contains { $0.path.contains("/pulls/1") && $0.ended == nil }
                        })
                    let asked = ContinuousClock.now
                    _ = process.terminate()
                    let took = ContinuousClock.now - asked
                    FaultSettings.tell("an end while a call hangs: \(took)")
                    #expect(took < .seconds(25))
                    // What was accepted is not lost: the next process has it to do.
                    scene.simulator.faults.clear()
                    scene.simulator.requests.reset()
                    let next = try ServeProcess(scene, in: folder)
                    try await next.ready()
                    #expect(
                        try await ServeProcess.until(20) {
                            scene.simulator.requests.all.contains { $0.path.hasSuffix("/pulls/1") && $0.status == 200 }
                        })
                    #expect(next.terminate() == 0)
                }
            }
        }
    }
}

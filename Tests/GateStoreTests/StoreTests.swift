import Foundation
import Testing

@testable import GateStore

struct StoreTests {
    @Test func anAnsweredDeliverySurvivesAPowerCut() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(folder.appendingPathComponent("countersign.sqlite").path)
        #expect(try store.pragma("synchronous") == 2)
    }
}

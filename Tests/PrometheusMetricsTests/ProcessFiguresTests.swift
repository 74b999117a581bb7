import Foundation
import Testing

@testable import PrometheusMetrics

/// What a program shows of itself.
struct ProcessFiguresTests {
    private func value(_ name: String, _ factory: PrometheusFactory) -> Double? {
        factory.text().split(separator: "\n").first { $0.hasPrefix("\(name) ") }?.split(separator: " ").last
            .flatMap { Double($0) }
    }

    @Test func whatTheKernelTells() throws {
        let factory = PrometheusFactory(help: ProcessFigures.help)
        let figures = ProcessFigures(start: 1_780_000_000)
        figures.record(in: factory)
        let text = factory.text()
        for name in ProcessFigures.Name.allCases.map(\.rawValue) {
            #expect(text.contains("# TYPE \(name) gauge\n") && text.contains("# HELP \(name) "), "\(text)")
        }
        #expect(value("process_start_time_seconds", factory) == 1_780_000_000)
        let memory = try #require(value("process_resident_memory_bytes", factory))
        #expect(memory > 1_000_000 && memory < 1e11, "\(memory)")
        #expect(try #require(value("process_open_fds", factory)) >= 3)
    }

    /// Each reading is of its moment, and a list does not count itself.
    @Test func whatIsOpenNow() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "figures-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "fd"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("500 20 10 1 0 5 0\n".utf8).write(to: folder.appending(path: "statm"))
        let factory = PrometheusFactory()
        let figures = ProcessFigures(start: 0, folder: folder.path)
        for open in 1...3 {
            try Data().write(to: folder.appending(path: "fd/\(open)"))
            figures.record(in: factory)
            // One of them stands for the list that the kernel would show.
            #expect(value("process_open_fds", factory) == Double(open - 1))
        }
        #expect(value("process_resident_memory_bytes", factory) == Double(20 * sysconf(Int32(_SC_PAGESIZE))))
    }

    @Test func whatTheKernelDoesNotTellIsNotShown() {
        let factory = PrometheusFactory()
        ProcessFigures(start: 7, folder: "/nowhere").record(in: factory)
        #expect(factory.text() == "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 7\n")
    }
}

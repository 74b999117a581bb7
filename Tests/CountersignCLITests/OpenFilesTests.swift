import Testing

@testable import CountersignCLI

/// Connections that come in never take the last file that a process may open.
@Suite struct OpenFilesTests {
    @Test(arguments: [(4096, 1000), (2200, 1000), (1024, 412), (256, 28), (100, 8), (0, 8)])
    func connections(limit: Int, each: Int) {
        #expect(OpenFiles.connections(of: limit) == each)
    }

    /// What systemd and login shells give is raised as far as the system allows.
    @Test func theLimitIsRaised() { #expect(OpenFiles.raise() >= OpenFiles.besides) }
}

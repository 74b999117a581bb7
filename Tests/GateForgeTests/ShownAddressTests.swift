import Testing

@testable import GateForge

/// An address that is printed has no password in it.
struct ShownAddressTests {
    @Test(arguments: [
        ("https://user:secret@hooks.example.org:8443/gitea", "https://…@hooks.example.org:8443/gitea"),
        ("https://user:p@ss@hooks.example.org?x", "https://…@hooks.example.org?x"),
        ("https://hooks.example.org/a@b", "https://hooks.example.org/a@b"), ("nonsense", "nonsense"),
    ])
    func noPassword(_ address: String, _ shown: String) { #expect(address.shownAddress == shown) }
}

import GatePolicy
import HummingbirdTesting
import Testing

@testable import GateWeb

/// The pages in a real browser: nothing in the console, nothing beside the window, the answers on the first screen.
@Suite(.enabled(if: Browser.folder != nil, "make browser"), .serialized)
struct BrowserTests {
    /// A window and a preference.
    struct Window: Sendable {
        var name: String
        var width: Int
        var height: Int
        var isDark: Bool
    }

    static let windows = [
        Window(name: "light", width: 1200, height: 900, isDark: false),
        Window(name: "dark", width: 1200, height: 900, isDark: true),
        Window(name: "narrow", width: 390, height: 844, isDark: false),
    ]

    @Test func threePagesInThreeWindows() async throws {
        let web = try Web([try Scenes.waiting()] + numbered())
        try await web.server().application(.operators).test(.live) { client in
            let address = "http://localhost:\(client.port ?? 0)"
            try await Browser.run { browser in
                for window in Self.windows {
                    for (name, path) in [
                        ("overview", "/"), ("repository", "/acme/widget"), ("pull", "/acme/widget/pulls/12"),
                        ("undecided", "/acme/widget/pulls/103"), ("hostile", "/acme/widget/pulls/107"),
                    ] {
                        try await browser.open(
                            address + path, width: window.width, height: window.height, isDark: window.isDark)
                        try await browser.shoot("\(name)-\(window.name)")
                        #expect(try await browser.console().isEmpty, "\(name) \(window.name)")
                        let overhang = try await browser.number(
                            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                        #expect(overhang <= 0, "\(name) \(window.name) is \(overhang) too wide")
                        #expect(try await browser.number("document.scripts.length") == 0)
                        let narrowest = try await browser.number(
                            "Math.min(1000, ...[...document.querySelectorAll('tbody th')].map(cell => cell.offsetWidth))"
                        )
                        #expect(narrowest > 70, "\(name) \(window.name) has a column of \(narrowest)")
                        guard name == "pull" else { continue }
                        let bottom = try await browser.number(
                            "document.querySelector('.missing').getBoundingClientRect().bottom")
                        #expect(bottom <= Double(window.height), "the answers end at \(bottom) of \(window.height)")
                    }
                }
            }
        }
    }

    /// Every state under a number of its own.
    private func numbered() throws -> [PullView] {
        try Scenes.all().enumerated().map { index, scene in
            var view = scene.view
            view.number = Int64(100 + index)
            return view
        }
    }
}

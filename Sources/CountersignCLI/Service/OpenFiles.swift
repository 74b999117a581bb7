import Foundation

/// How many files and connections a process may have open.
enum OpenFiles {
    /// What the service has open besides the connections of both its addresses: the store, the forge's connections, the
    /// control socket, the log, with room to spare.
    static let besides = 200
    /// For each of two addresses.
    static let mostConnections = 1000

    /// Asks the system for as many as are of use.
    /// - Returns: how many there may be; a low number where that cannot be told.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return besides }
        let wanted = rlim_t(besides + 2 * mostConnections)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(min(limit.rlim_cur, wanted))
    }

    /// How many connections each of both addresses may have, so that all else still finds room: a process that cannot open
    /// anything more may be ended by its own libraries.
    static func connections(of limit: Int) -> Int { min(mostConnections, max(8, (limit - besides) / 2)) }

    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
}

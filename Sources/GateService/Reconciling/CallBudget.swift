import GateStore
import Synchronization

/// Calls for what no person waits for: so many a second, paid after they were made.
final class CallBudget: Sendable {
    private struct Account {
        var balance: Double
        var at: Moment?
    }

    let perSecond: Double
    private let burst: Double
    private let account: Mutex<Account>

    /// A budget; it saves up to two seconds' worth.
    init(perSecond: Double) {
        self.perSecond = max(perSecond, 0.01)
        burst = max(self.perSecond * 2, 1)
        account = Mutex(Account(balance: burst, at: nil))
    }

    /// How long to wait until something may be spent; zero for now.
    func delay(_ now: Moment) -> Duration {
        account.withLock { account in
            refill(&account, now)
            return account.balance > 0 ? .zero : .milliseconds(Int64((1 - account.balance) / perSecond * 1000) + 1)
        }
    }

    /// Pays for calls.
    func spend(_ calls: Int, _ now: Moment) {
        account.withLock { account in
            refill(&account, now)
            account.balance -= Double(calls)
        }
    }

    private func refill(_ account: inout Account, _ now: Moment) {
        // A clock that jumps gives nothing and takes nothing.
        let seconds = account.at.map { Double(now.since($0).wholeMilliseconds) / 1000 } ?? 0
        account.balance = min(burst, account.balance + max(0, min(seconds, 60)) * perSecond)
        account.at = now
    }
}

import NIOCore
import NIOHTTP1

/// Has a connection closed after the answer where the client does not keep it, for clients of HTTP/1.0 read to its end;
/// and where the answer says so, or comes before the end of the request: nobody waits for what else is to come of it, and
/// as long as something of it came, however slowly, the connection would count as one in use.
final class UnkeptConnections: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a client that is told to go may take to.
    private static let patience = TimeAmount.seconds(2)

    private var isLast = false
    /// Requests that came as a whole and are not answered yet: clients may send the next one before they are told.
    private var unanswered = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head) where head.version == .http1_0 || !head.isKeepAlive:
            head.headers.replaceOrAdd(name: "connection", value: "close")
            return context.fireChannelRead(wrapInboundOut(.head(head)))
        case .end: unanswered += 1
        case .head, .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if unanswered == 0 { head.headers.replaceOrAdd(name: "connection", value: "close") }
            isLast = head.headers["connection"].contains { $0.lowercased() == "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isLast:
            let written = promise ?? context.eventLoop.makePromise()
            // A connection that is closed while something comes in takes the answer along.
            written.futureResult.whenSuccess { [channel = context.channel] in
                channel.close(mode: .output, promise: nil)
                channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            }
            context.write(data, promise: written)
        case .end:
            unanswered -= 1
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        }
    }
}

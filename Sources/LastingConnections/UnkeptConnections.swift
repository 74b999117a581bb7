import NIOCore
import NIOHTTP1

/// Has a connection closed after the answer where the client does not keep it, for clients of HTTP/1.0 read to its end;
/// and where the answer says so, for what else of the request is to come is read by nobody.
final class UnkeptConnections: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a client that is told to go may take to.
    private static let patience = TimeAmount.seconds(2)

    private var isLast = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0 || !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headers["connection"].contains { $0.lowercased() == "close" }
            context.write(data, promise: promise)
        case .end where isLast:
            let written = promise ?? context.eventLoop.makePromise()
            // A connection that is closed while something comes in takes the answer along.
            written.futureResult.whenSuccess { [channel = context.channel] in
                channel.close(mode: .output, promise: nil)
                channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            }
            context.write(data, promise: written)
        default: context.write(data, promise: promise)
        }
    }
}

import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Reads the requests of a connection and answers as the receiver is told.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let receiver: SampleReceiver
    private let connection: Int
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isKeptAlive = true

    init(receiver: SampleReceiver, connection: Int) {
        self.receiver = receiver
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.removeAll(keepingCapacity: true)
        case .body(let bytes):
            if receiver.remembers, body.count + bytes.readableBytes <= 1 << 20 { body += bytes.readableBytesView }
        case .end:
            guard let head else { return }
            isKeptAlive = head.isKeepAlive
            answer(context, receiver.arrived(message(head), id: head.headers.first(name: "webhook-id") ?? ""))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func message(_ head: HTTPRequestHead) -> SampleReceiver.Message? {
        guard receiver.remembers else { return nil }
        var headers: [String: String] = [:]
        for (name, value) in head.headers { headers[name.lowercased()] = value }
        return SampleReceiver.Message(
            arrivedAt: Date(), method: head.method.rawValue, path: head.uri, headers: headers, body: body,
            connection: connection)
    }

    private func answer(_ context: ChannelHandlerContext, _ behaviour: SampleReceiver.Behaviour) {
        switch behaviour {
        case .answers(let status, let headers, let body): answer(context, status, headers, body)
        case .slow(let pause):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(pause)) {
                let (handler, context) = bound.value
                handler.answer(context, 200, [:], "ok")
            }
        case .failing: answer(context, 500, [:], "not yet")
        case .hangs: break
        case .resets:
            // Without lingering the connection ends with a reset.
            guard let socket = context.channel as? any SocketOptionProvider else { return context.close(promise: nil) }
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        case .redirects(let target): answer(context, 302, ["location": target], "elsewhere")
        case .gone: answer(context, 410, [:], "gone")
        case .retryAfter(let value, let status): answer(context, status, ["retry-after": value], "later")
        case .garbage: sendRaw(context, "220 this is no HTTP\r\nat all\r\n\r\n", thenCloses: true)
        case .breaksOff(let status):
            sendRaw(context, "HTTP/1.1 \(status) -\r\ncontent-length: 100\r\n\r\nhalf", thenCloses: true)
        case .endlessBody(let status):
            sendRaw(context, "HTTP/1.1 \(status) -\r\n\r\n", thenCloses: false)
            keepSending(context, String(repeating: "endless ", count: 8192), every: .milliseconds(1))
        case .trickles(let status):
            sendRaw(context, "HTTP/1.1 \(status) -\r\ncontent-length: 1000000\r\n\r\n", thenCloses: false)
            keepSending(context, ".", every: .milliseconds(50))
        case .endlessHead:
            sendRaw(context, "HTTP/1.1 200 -\r\n", thenCloses: false)
            keepSending(
                context, String(repeating: "x-endless: \(String(repeating: "e", count: 1000))\r\n", count: 8),
                every: .milliseconds(1))
        }
    }

    private func answer(_ context: ChannelHandlerContext, _ status: Int, _ headers: [String: String], _ body: String) {
        var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
        fields.replaceOrAdd(name: "content-length", value: "\(body.utf8.count)")
        if !isKeptAlive { fields.replaceOrAdd(name: "connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: body)))), promise: nil)
        let isKeptAlive = isKeptAlive
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            if !isKeptAlive { context.close(promise: nil) }
        }
    }

    /// Sends bytes past the encoder of HTTP.
    private func sendRaw(_ context: ChannelHandlerContext, _ text: String, thenCloses: Bool) {
        guard let first = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self) else {
            return
        }
        let sent = first.writeAndFlush(NIOAny(context.channel.allocator.buffer(string: text)))
        if thenCloses { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    private func keepSending(_ context: ChannelHandlerContext, _ text: String, every pause: TimeAmount) {
        guard context.channel.isActive else { return }
        if context.channel.isWritable { sendRaw(context, text, thenCloses: false) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: pause) {
            let (handler, context) = bound.value
            handler.keepSending(context, text, every: pause)
        }
    }
}

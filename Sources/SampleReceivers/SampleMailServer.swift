import NIOCore
import NIOPosix
import Synchronization

/// A mail server in this process, for tests: it takes letters over SMTP on loopback and keeps them.
public final class SampleMailServer: Sendable {
    /// How the server answers.
    public enum Behaviour: Hashable, Sendable {
        /// It takes every letter.
        case takes
        /// It refuses recipients with a status.
        case refusesRecipients(status: Int = 550)
        /// It refuses the text with a status.
        case refusesText(status: Int = 451)
        /// It never says a word.
        case hangs
        /// It offers to encrypt (STARTTLS), and then does not.
        case breaksEncryption
    }

    /// A letter as it arrived.
    public struct Letter: Hashable, Sendable {
        /// Who the envelope says it is from.
        public let sender: String
        /// To whom the envelope says it goes.
        public let recipients: [String]
        /// The message with CR LF, the doubling of points undone.
        public let message: String
    }

    private struct State {
        var behaviour: Behaviour
        var letters: [Letter] = []
        var commands: [String] = []
    }

    private let state: Mutex<State>
    private let listener: any Channel

    private static let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Starts a server on any free port of 127.0.0.1.
    public static func start(_ behaviour: Behaviour = .takes) async throws -> SampleMailServer {
        let waiting = WaitingServer()
        let listener = try await ServerBootstrap(group: threads)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(LineDecoder()), MailHandler(server: waiting),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = SampleMailServer(behaviour, listener)
        waiting.server.withLock { $0 = server }
        return server
    }

    private init(_ behaviour: Behaviour, _ listener: any Channel) {
        state = Mutex(State(behaviour: behaviour))
        self.listener = listener
    }

    /// Stops listening.
    public func stop() async { try? await listener.close().get() }

    /// The port that it listens on.
    public var port: Int { listener.localAddress?.port ?? 0 }

    /// How it answers.
    public var behaviour: Behaviour {
        get { state.withLock { $0.behaviour } }
        set { state.withLock { $0.behaviour = newValue } }
    }

    /// The letters that it took, in their order.
    public var letters: [Letter] { state.withLock { $0.letters } }

    /// The commands that it heard, in their order.
    public var commands: [String] { state.withLock { $0.commands } }

    func heard(_ command: String) { state.withLock { $0.commands.append(command) } }

    func took(_ letter: Letter) { state.withLock { $0.letters.append(letter) } }
}

/// The server, which is there once its port is bound.
final class WaitingServer: Sendable {
    let server = Mutex<SampleMailServer?>(nil)
}

/// Lines without their end.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = String

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return .needMoreData }
        let length = end - buffer.readableBytesView.startIndex
        var line = buffer.readString(length: length) ?? ""
        buffer.moveReaderIndex(forwardBy: 1)
        if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
        context.fireChannelRead(wrapInboundOut(line))
        return .continue
    }
}

/// Speaks SMTP on a connection.
final class MailHandler: ChannelInboundHandler {
    typealias InboundIn = String
    typealias OutboundOut = ByteBuffer

    private let waiting: WaitingServer
    private var sender = ""
    private var recipients: [String] = []
    private var text: [String]?

    init(server: WaitingServer) { waiting = server }

    private var server: SampleMailServer? { waiting.server.withLock { $0 } }

    func channelActive(context: ChannelHandlerContext) {
        if server?.behaviour != .hangs { say(context, "220 sample") }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let line = unwrapInboundIn(data)
        guard let server, server.behaviour != .hangs else { return }
        if text != nil { return read(context, line, server) }
        server.heard(line)
        let command = line.uppercased()
        if command.hasPrefix("EHLO") {
            say(context, server.behaviour == .breaksEncryption ? "250-sample\r\n250 STARTTLS" : "250 sample")
        } else if command == "STARTTLS", server.behaviour == .breaksEncryption {
            say(context, "220 go on\r\nthis is no TLS")
        } else if command.hasPrefix("MAIL FROM:") {
            sender = address(in: line)
            recipients = []
            say(context, "250 ok")
        } else if command.hasPrefix("RCPT TO:") {
            if case .refusesRecipients(let status) = server.behaviour { return say(context, "\(status) unknown") }
            recipients.append(address(in: line))
            say(context, "250 ok")
        } else if command == "DATA" {
            text = []
            say(context, "354 go on")
        } else if command == "QUIT" {
            say(context, "221 bye")
            context.close(promise: nil)
        } else if command == "RSET" || command == "NOOP" {
            say(context, "250 ok")
        } else {
            say(context, "502 unknown")
        }
    }

    private func read(_ context: ChannelHandlerContext, _ line: String, _ server: SampleMailServer) {
        guard line == "." else {
            text?.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
            return
        }
        let message = (text ?? []).joined(separator: "\r\n")
        text = nil
        if case .refusesText(let status) = server.behaviour { return say(context, "\(status) not now") }
        server.took(SampleMailServer.Letter(sender: sender, recipients: recipients, message: message))
        say(context, "250 taken")
    }

    private func address(in line: String) -> String {
        String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
    }

    private func say(_ context: ChannelHandlerContext, _ text: String) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: text + "\r\n")), promise: nil)
    }
}

/// Where the application listens and what it allows.
public struct WebConfiguration: Sendable {
    /// Address to listen on.
    public var host: String
    /// Port to listen on; 0 takes any free one.
    public var port: Int
    /// The address that links begin with, for instance `https://registry.example`, without a slash at the end; links
    /// are relative where it is `nil`.
    public var publicAddress: String?
    /// The largest body taken, in bytes.
    public var maximumBodyBytes = 40 << 20
    /// How many bytes of bodies are held at once over all requests.
    public var maximumBytesInFlight = 256 << 20
    /// How long a body may take to arrive.
    public var bodyTimeout: Duration = .seconds(60)
    /// After how long without traffic a connection is closed.
    public var idleTimeout: Duration = .seconds(90)
    /// How many connections are open at once.
    public var maximumConnections = 512
    /// How long an interactive screening is waited for where the request does not say.
    public var usualWait: Duration = .seconds(10)
    /// How long a request may ask to wait.
    public var longestWait: Duration = .seconds(30)
    /// Requests of one API key.
    public var keyRate = Rate(burst: 120, perSecond: 20)
    /// Requests with a wrong key from one address.
    public var failedAuthenticationRate = Rate(burst: 20, perSecond: 0.2)
    /// Requests without a key (pages and their photographs) from one address.
    public var pageRate = Rate(burst: 240, perSecond: 20)

    /// An allowance that fills up again.
    public struct Rate: Hashable, Sendable {
        /// Requests at once, at least 1.
        public var burst: Double
        /// Requests regained each second.
        public var perSecond: Double

        /// An allowance.
        public init(burst: Double, perSecond: Double) {
            self.burst = burst
            self.perSecond = perSecond
        }
    }

    /// The usual limits.
    public init(host: String = "127.0.0.1", port: Int = 8080, publicAddress: String? = nil) {
        self.host = host
        self.port = port
        self.publicAddress = publicAddress
    }
}

import CLibCurl
import Foundation
import Registry

/// A transfer on its way, and what has come of its answer.
///
/// Used on the thread of transfers alone; libcurl's functions get it as their pointer.
final class Flight {
    let transfer: Transfer
    let completion: @Sendable (Answer?) -> Void
    let startedAt = Date()
    let started = ContinuousClock.now
    /// Place in the target's addresses.
    var addressIndex = 0
    private(set) var body: [UInt8] = []
    private(set) var isHeadTooLarge = false
    /// Whether the head of the answer came whole, up to its empty line.
    private(set) var isHeadComplete = false
    private var headBytes = 0
    private var outgoing: ArraySlice<UInt8>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let reason = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Bytes of an answer's head that are read.
    static let headLimit = 32_768

    init(_ transfer: Transfer, completion: @escaping @Sendable (Answer?) -> Void) {
        self.transfer = transfer
        self.completion = completion
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        if case .letter(let letter, let server) = transfer.content {
            outgoing = letter.message(from: server.sender)[...]
        } else {
            outgoing = []
        }
    }

    deinit {
        for list in lists { curl_slist_free_all(list) }
        reason.deallocate()
    }

    /// The address that may be connected to; `nil` for the operator's own mail server.
    var address: NetworkAddress? {
        guard case .request(let request) = transfer.content else { return nil }
        return request.target.addresses[addressIndex]
    }

    /// Turns to the next address.
    ///
    /// - Returns: Whether there is one.
    func turnToNextAddress() -> Bool {
        guard case .request(let request) = transfer.content, addressIndex + 1 < request.target.addresses.count else {
            return false
        }
        addressIndex += 1
        return true
    }

    /// Hands the transfer to libcurl.
    func configure(_ easy: EasyHandle, limits: Transfers.Limits, userAgent: String) throws(EasyHandle.Failure) {
        let left = max(.milliseconds(1), limits.whole - started.duration(to: .now))
        easy.reset()
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_ERRORBUFFER, pointer: reason)
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_FOLLOWLOCATION, 0)
        try easy.set(CURLOPT_USERAGENT, userAgent)
        try easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // With a folder of certificates libcurl would trust it beside an endpoint's own, and read the bundle anew for
        // every connection.
        try easy.set(CURLOPT_CAPATH, String?.none)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
        try easy.set(CURLOPT_TIMEOUT_MS, left.milliseconds)
        try easy.setWriting(CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, to: self) { bytes, size, count, flight in
            flight.map(Flight.at)?.take(body: bytes, size * count) ?? 0
        }
        try easy.setWriting(CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, to: self) { bytes, size, count, flight in
            flight.map(Flight.at)?.take(head: bytes, size * count) ?? 0
        }
        switch transfer.content {
        case .request(let request): try configure(easy, request)
        case .letter(let letter, let server): try configure(easy, letter, server)
        }
    }

    private func configure(_ easy: EasyHandle, _ request: Transfer.Request) throws(EasyHandle.Failure) {
        let url = request.target.url
        try easy.set(CURLOPT_PROTOCOLS_STR, url.scheme)
        try easy.set(CURLOPT_URL, url.description)
        try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Requests that follow at once share one connection where the server speaks HTTP/2.
        try easy.set(CURLOPT_PIPEWAIT, url.scheme == "https" ? 1 : 0)
        try easy.set(CURLOPT_POST, 1)
        try easy.set(CURLOPT_POSTFIELDSIZE, request.body.count)
        try easy.set(CURLOPT_COPYPOSTFIELDS, bytes: request.body)
        try easy.set(CURLOPT_HTTPHEADER, list(["Expect:"] + request.headers.map { "\($0.name): \($0.value)" }))
        // An empty name and port stand for all; connections are kept by the address that was checked.
        let address = request.target.addresses[addressIndex]
        try easy.set(
            CURLOPT_CONNECT_TO, list(["::" + (address.isVersion6 ? "[\(address)]" : "\(address)") + ":\(url.port)"]))
        try easy.setOpeningSockets(for: self) { flight, purpose, address in
            guard let flight, let address else { return CURL_SOCKET_BAD }
            return Flight.at(flight).openSocket(purpose, address)
        }
        if let authorities = request.trust.authorities {
            try easy.set(CURLOPT_CAINFO_BLOB, blob: Array(authorities.utf8))
        }
        if let client = request.trust.client {
            try easy.set(CURLOPT_SSLCERT_BLOB, blob: Array(client.certificate.utf8))
            try easy.set(CURLOPT_SSLKEY_BLOB, blob: client.key)
        }
    }

    private func configure(
        _ easy: EasyHandle, _ letter: Letter, _ server: MailServer
    ) throws(EasyHandle.Failure) {
        try easy.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        try easy.set(CURLOPT_URL, server.url)
        if let user = server.user { try easy.set(CURLOPT_USERNAME, user) }
        if let password = server.password { try easy.set(CURLOPT_PASSWORD, password) }
        try easy.set(CURLOPT_USE_SSL, Int((server.requiresTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue))
        // libcurl would use an open connection again for a letter that has to be encrypted.
        try easy.set(CURLOPT_FORBID_REUSE, server.requiresTLS ? 0 : 1)
        try easy.set(CURLOPT_MAIL_FROM, "<\(server.sender)>")
        try easy.set(CURLOPT_MAIL_RCPT, list(["<\(letter.to)>"]))
        try easy.set(CURLOPT_UPLOAD, 1)
        try easy.setWriting(CURLOPT_READFUNCTION, CURLOPT_READDATA, to: self) { buffer, size, count, flight in
            flight.map(Flight.at)?.give(buffer, size * count) ?? 0
        }
    }

    /// A list that lives as long as the flight.
    private func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts { list = curl_slist_append(list, text) ?? list }
        if let list { lists.append(list) }
        return list
    }

    static func at(_ pointer: UnsafeMutableRawPointer) -> Flight {
        Unmanaged<Flight>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func take(body bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        body += UnsafeRawBufferPointer(start: bytes, count: min(count, ResponseText.limit - body.count))
        // What is kept is what is read: the rest of a longer body is not waited for.
        return body.count < ResponseText.limit ? count : 0
    }

    private func take(head bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        if case .letter = transfer.content {
            // A mail server answers in lines; the last says how it ended, but for the farewell.
            if !line.starts(with: "221".utf8) { body = Array(line.prefix(ResponseText.limit)) }
            return count
        }
        headBytes += count
        isHeadTooLarge = headBytes > Self.headLimit
        if line.starts(with: "HTTP/".utf8) {
            isHeadComplete = false
        } else if line.elementsEqual([13, 10]) || line.elementsEqual([10]) {
            isHeadComplete = true
        }
        return isHeadTooLarge ? 0 : count
    }

    private func give(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        let piece = outgoing.prefix(room)
        UnsafeMutableRawBufferPointer(start: buffer, count: room).copyBytes(from: piece)
        outgoing = outgoing.dropFirst(piece.count)
        return piece.count
    }

    /// Opens a socket to the checked address, and to no other whatever libcurl was told.
    private func openSocket(_ purpose: curlsocktype, _ asked: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard purpose == CURLSOCKTYPE_IPCXN, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
            let address, NetworkAddress(UnsafeRawPointer(asked) + offset, length: Int(asked.pointee.addrlen)) == address
        else { return CURL_SOCKET_BAD }
        return andrias_curl_open_socket(asked)
    }

    /// Where libcurl could not connect at all, so that nothing was sent and another address may be tried.
    private func isUnconnected(_ easy: EasyHandle, _ code: CURLcode) -> Bool {
        code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT && easy.offset(CURLINFO_CONNECT_TIME_T) == 0
    }

    /// Whether the transfer goes on with the next address.
    func goesOn(_ easy: EasyHandle, after code: CURLcode, limits: Transfers.Limits) -> Bool {
        isUnconnected(easy, code) && started.duration(to: .now) < limits.whole && turnToNextAddress()
    }

    /// What became of the transfer.
    ///
    /// A whole head with a 2xx status is the receiver's word that it took the message, whatever follows: a body that is
    /// too large, slow or broken off makes no failure of it, for that would send the message again for days.
    func answer(_ easy: EasyHandle, _ code: CURLcode) -> Answer {
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        let isAnswered =
            switch transfer.content {
            case .request: isHeadComplete && status >= 200
            case .letter: code == CURLE_OK || status >= 400
            }
        let failure = isAnswered ? Self.failure(status: status) : failure(code)
        let wish = isAnswered ? easy.offset(CURLINFO_RETRY_AFTER) : 0
        return Answer(
            startedAt: startedAt, milliseconds: started.duration(to: .now) / .milliseconds(1),
            status: isAnswered ? status : nil, failure: failure,
            response: isAnswered ? ResponseText.text(of: body) : reasonText(code),
            retryAfter: wish > 0 ? .seconds(min(wish, 1 << 32)) : nil)
    }

    private static func failure(status: Int) -> DeliveryAttempt.Failure? {
        switch status {
        case 200..<300: nil
        case 410: .gone
        default: .refused
        }
    }

    private func failure(_ code: CURLcode) -> DeliveryAttempt.Failure {
        if isHeadTooLarge { return .tooLarge }
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS: .certificate
        case CURLE_LOGIN_DENIED, CURLE_USE_SSL_FAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
            CURLE_OUT_OF_MEMORY, CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN:
            .misconfigured
        default: .connection
        }
    }

    private func reasonText(_ code: CURLcode) -> String {
        if isHeadTooLarge { return "The head of the answer is larger than \(Self.headLimit) bytes." }
        let detail = String(cString: reason)
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }
}

import CLibCurl

/// libcurl's easy handle with typed options; used on one thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// An option that libcurl did not take.
    struct Failure: Error {
        let option: CURLoption
        let code: CURLcode
    }

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }

    /// Forgets all options; connections and sessions stay.
    func reset() { curl_easy_reset(pointer) }

    func set(_ option: CURLoption, _ value: Int) throws(Failure) {
        try check(option, andrias_curl_set_number(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: String?) throws(Failure) {
        try check(option, andrias_curl_set_text(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) throws(Failure) {
        try check(option, andrias_curl_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) throws(Failure) {
        try check(option, andrias_curl_set_list(pointer, option, value))
    }

    /// For options of which libcurl takes a copy.
    func set(_ option: CURLoption, bytes: [UInt8]) throws(Failure) {
        var bytes = bytes
        let code = bytes.withUnsafeMutableBytes { andrias_curl_set_pointer(pointer, option, $0.baseAddress) }
        try check(option, code)
    }

    func set(_ option: CURLoption, blob bytes: [UInt8]) throws(Failure) {
        var bytes = bytes
        let code = bytes.withUnsafeMutableBytes { bytes in
            var blob = curl_blob(data: bytes.baseAddress, len: bytes.count, flags: UInt32(CURL_BLOB_COPY))
            return andrias_curl_set_blob(pointer, option, &blob)
        }
        try check(option, code)
    }

    /// Sets a function that moves bytes, and the flight that it gets.
    func setWriting(
        _ function: CURLoption, _ data: CURLoption, to flight: Flight, _ body: curl_write_callback
    ) throws(Failure) {
        try check(function, andrias_curl_set_data_function(pointer, function, body))
        try set(data, pointer: Unmanaged.passUnretained(flight).toOpaque())
    }

    func setOpeningSockets(for flight: Flight, _ body: curl_opensocket_callback) throws(Failure) {
        try check(CURLOPT_OPENSOCKETFUNCTION, andrias_curl_set_socket_function(pointer, body))
        try set(CURLOPT_OPENSOCKETDATA, pointer: Unmanaged.passUnretained(flight).toOpaque())
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return andrias_curl_get_number(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return andrias_curl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    private func check(_ option: CURLoption, _ code: CURLcode) throws(Failure) {
        guard code == CURLE_OK else { throw Failure(option: option, code: code) }
    }
}

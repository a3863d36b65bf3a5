import Foundation
import FoundationNetworking
import SampleAnimals

/// A submitter of a running service.
struct ServiceClient: Sendable {
    let address: URL
    let key: String
    /// Foundation's own session holds six connections to a host, and would let clients wait for each other.
    private let session: URLSession = {
        let configuration = URLSessionConfiguration.default
        configuration.httpMaximumConnectionsPerHost = 64
        return URLSession(configuration: configuration)
    }()

    init(address: URL, key: String) {
        self.address = address
        self.key = key
    }

    struct Uploaded: Sendable {
        let id: String
        let box: SamplePhoto.HeadBox
    }

    /// The answer of a screening.
    struct Answer: Sendable {
        let id: String
        let milliseconds: Double
        let outcome: String?
        /// The animal named.
        let individual: String?
        /// The score of the most probable animal; 0 where nothing resembles.
        let firstScore: Double
        let photosSearched: Int
    }

    func upload(_ photo: SamplePhoto) async throws -> Uploaded {
        guard let box = photo.headBox else { throw BenchmarkError("the drawn photograph has no head") }
        let answer = try await post("v1/photos", Data(photo.jpeg), type: "image/jpeg")
        guard let id = answer["id"] as? String else { throw BenchmarkError("no photograph in \(answer)") }
        return Uploaded(id: id, box: box)
    }

    /// Posts a screening and waits until it is answered.
    func screen(_ photo: Uploaded) async throws -> Answer {
        let box = ["x": photo.box.x, "y": photo.box.y, "width": photo.box.width, "height": photo.box.height]
        let body = try JSONSerialization.data(
            withJSONObject: ["photoIds": [photo.id], "bodyRegion": "head", "box": box] as [String: Any])
        let start = ContinuousClock.now
        var answer = try await post("v1/screenings", body, type: "application/json")
        guard let id = answer["id"] as? String else { throw BenchmarkError("no screening in \(answer)") }
        while answer["outcome"] as? String == nil {
            try await Task.sleep(for: .milliseconds(20))
            answer = try await send(URLRequest(url: address.appending(path: "v1/screenings/\(id)")))
        }
        let first = (answer["candidates"] as? [[String: Any]])?.first
        return Answer(
            id: id, milliseconds: (ContinuousClock.now - start) / .milliseconds(1),
            outcome: answer["outcome"] as? String,
            individual: (answer["individual"] as? [String: Any])?["name"] as? String,
            firstScore: first?["score"] as? Double ?? 0,
            photosSearched: answer["photosSearched"] as? Int ?? 0)
    }

    private func post(_ path: String, _ body: Data, type: String) async throws -> [String: Any] {
        var request = URLRequest(url: address.appending(path: path))
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue("wait=30", forHTTPHeaderField: "Prefer")
        return try await send(request)
    }

    private func send(_ request: URLRequest) async throws -> [String: Any] {
        var request = request
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        let (data, _) = try await session.data(for: request)
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw BenchmarkError("an answer is not a JSON object")
        }
        return object
    }
}

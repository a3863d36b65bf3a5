import Foundation
import FoundationNetworking
import Registry
import SampleAnimals

/// Screens photographs through a running service: one after the other, then from ten clients at once.
struct ServiceLoad: Sendable {
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

    func run() async throws {
        var large = SampleConditions.random(seed: 70, difficulty: .good)
        large.width = 4032
        large.height = 3024
        let original = try await upload(try draw(1, large))
        var times: [Double] = []
        for _ in 0..<15 { times.append(try await screen(original).milliseconds) }
        print("step                                          median ms   quartiles")
        row("12 MP screening over HTTP, verdict committed", times)

        var small = SampleConditions.random(seed: 71, difficulty: .ordinary)
        small.width = 1600
        small.height = 1200
        let photos = try await withThrowingTaskGroup(of: Uploaded.self) { group in
            for animal in 1...10 {
                group.addTask { [small] in try await upload(try draw(UInt64(animal), small)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let start = ContinuousClock.now
        let answers = try await withThrowingTaskGroup(of: [Answer].self) { group in
            for photo in photos {
                group.addTask {
                    var answers: [Answer] = []
                    for _ in 0..<5 { answers.append(try await screen(photo)) }
                    return answers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let sorted = answers.map(\.milliseconds).sorted()
        row("50 screenings from 10 clients", sorted)
        print(
            "p99 \(fixed(sorted[min(sorted.count - 1, sorted.count * 99 / 100)], 0)) ms, "
                + "\(fixed(Double(answers.count) / elapsed, 1)) a second; answered \(answers.count) of 50, "
                + "\(Set(answers.map(\.id)).count) distinct, \(answers.count { $0.outcome != nil }) with an outcome")
    }

    private struct Uploaded: Sendable {
        let id: String
        let box: SamplePhoto.HeadBox
    }

    private struct Answer: Sendable {
        let id: String
        let outcome: String?
        let milliseconds: Double
    }

    private func draw(_ animal: UInt64, _ conditions: SampleConditions) throws -> SamplePhoto {
        try renderPhoto(of: SampleAnimal(seed: animal), under: conditions, capturedAt: nil, position: nil)
    }

    private func upload(_ photo: SamplePhoto) async throws -> Uploaded {
        guard let box = photo.headBox else { throw BenchmarkError("the drawn photograph has no head") }
        let answer = try await post("v1/photos", Data(photo.jpeg), type: "image/jpeg")
        guard let id = answer["id"] as? String else { throw BenchmarkError("no photograph in \(answer)") }
        return Uploaded(id: id, box: box)
    }

    /// Posts a screening and waits until it is answered.
    private func screen(_ photo: Uploaded) async throws -> Answer {
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
        return Answer(
            id: id, outcome: answer["outcome"] as? String,
            milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
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

    private func row(_ name: String, _ times: [Double]) {
        let spread = Spread(times)
        print(
            name.padding(toLength: 46, withPad: " ", startingAt: 0)
                + fixed(spread.median, 0).padding(toLength: 12, withPad: " ", startingAt: 0)
                + "\(fixed(spread.low, 0))–\(fixed(spread.high, 0))")
    }
}

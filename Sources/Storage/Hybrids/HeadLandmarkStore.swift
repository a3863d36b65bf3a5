public import Hybrids
import Postgres
public import Registry
import Screening

/// Landmarks of a head before the registry keeps them.
public struct SubmittedHead: Hashable, Sendable {
    /// Name and version of the scheme of landmarks.
    public let scheme: String
    /// The landmarks in their order.
    public let landmarks: [Landmark]
    /// Where they come from.
    public let source: PlacedHead.Source

    /// One landmark.
    public struct Landmark: Hashable, Sendable {
        /// Its name in the scheme.
        public let name: String
        /// Where it is, in pixels of the upright photograph.
        public let point: SIMD2<Double>

        /// A landmark.
        public init(name: String, point: SIMD2<Double>) {
            self.name = name
            self.point = point
        }
    }

    /// Landmarks.
    public init(
        scheme: String = HeadLandmark.scheme, landmarks: [Landmark], source: PlacedHead.Source = .person
    ) {
        self.scheme = scheme
        self.landmarks = landmarks
        self.source = source
    }

    /// - Throws: `LandmarkRejection` where they are no head on the photograph.
    func checked(on photo: Photo) throws(LandmarkRejection) -> DorsalHead {
        guard scheme == HeadLandmark.scheme else { throw .otherScheme(scheme) }
        return try DorsalHead.measurable(
            landmarks.map { ($0.name, $0.point) }, width: photo.width, height: photo.height)
    }
}

extension RegistryStore {
    /// Appends landmarks of a head on a photograph; a person's count from then on, a suggestion where there are none of a
    /// person.
    ///
    /// - Returns: The landmarks: new, or those that the same request led to before.
    /// - Throws: `LandmarkRejection` where they are no head on the photograph; ``StorageError/notFound(_:_:)`` for an
    ///   unknown photograph; ``StorageError/ruleBroken(rule:)`` for a blank name.
    @discardableResult
    public func placeHead(
        _ submitted: SubmittedHead, on photo: Identifier<Photo>, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<PlacedHead> {
        guard let found = try await self.photo(photo) else {
            throw StorageError.notFound(.photo, photo.description)
        }
        let head = try submitted.checked(on: found)
        return try await once(idempotency, .headLandmarks, id: \.id) { session, id in
            Added(try await session.place(head, submitted, on: photo, id: id, by: reviewer), .created)
        } find: { session, id in
            try await session.rows(.headLandmarksByID, [.id(id)]).first.map(PlacedHead.init)
        }
    }

    /// Appends landmarks of many photographs, whole or not at all.
    ///
    /// - Returns: The landmarks in their order.
    /// - Throws: As ``placeHead(_:on:by:idempotency:)``.
    @discardableResult
    public func placeHeads(
        _ submitted: [(head: SubmittedHead, photo: Photo)], by reviewer: Reviewer
    ) async throws -> [PlacedHead] {
        let checked = try submitted.map { (head: try $0.head.checked(on: $0.photo), $0) }
        return try await transaction { session in
            var placed: [PlacedHead] = []
            for (head, (submitted, photo)) in checked {
                placed.append(try await session.place(head, submitted, on: photo.id, by: reviewer))
            }
            return placed
        }
    }

    /// Assesses anew what was assessed of screenings with a photograph before its landmarks were placed, where a model is
    /// in force to hear.
    ///
    /// Asked again it does what is left: nothing is assessed twice for the same landmarks.
    ///
    /// - Returns: The new assessments.
    /// - Throws: As ``assessHybrid(_:scores:learned:by:idempotency:)``.
    @discardableResult
    public func reassessScreenings(of photo: Identifier<Photo>, by reviewer: Reviewer) async throws
        -> [HybridAssessment]
    {
        guard try await modelInForce(HybridModelRecord.self) != nil else { return [] }
        var assessments: [HybridAssessment] = []
        for row in try await rows(.screeningsAssessedBeforeLandmarks, [.id(photo)]) {
            assessments.append(try await assessHybrid(row.identifier("screening_id"), by: reviewer).record)
        }
        return assessments
    }

    /// All landmarks of a photograph's head, oldest first.
    public func heads(of photo: Identifier<Photo>) async throws -> [PlacedHead] {
        try await rows(.headLandmarksOfPhoto, [.id(photo)]).map(PlacedHead.init)
    }

    /// The landmarks of a photograph's head that count: the latest that a person placed, else the latest suggestion.
    public func currentHead(of photo: Identifier<Photo>) async throws -> PlacedHead? {
        try await rows(.headLandmarksThatCount, [.id(photo)]).first.map(PlacedHead.init)
    }

    /// The photograph on which landmarks were placed.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)`` where it is gone.
    public func photo(of head: PlacedHead) async throws -> Photo {
        guard let photo = try await photo(head.photo) else {
            throw StorageError.notFound(.photo, head.photo.description)
        }
        return photo
    }

    /// Measures a head on its photograph's file.
    ///
    /// Nothing of it is kept: a drawn photograph of 12 megapixels took half a second of a processor in a debug build.
    ///
    /// - Throws: `HeadUnmeasured`; ``PhotoFileError`` where the file is missing or changed.
    public func measured(_ head: PlacedHead, on photo: Photo) async throws -> MeasuredHead {
        let bytes = try await bytes(of: photo)
        return try await withTaskExecutorPreference(measuring) {
            try MeasuredHead(head, width: photo.width, height: photo.height, on: bytes)
        }
    }

    /// What the model in force says of a screening's photographs with landmarks; `nil` where there is no model.
    ///
    /// - Parameters:
    ///   - screening: The screening.
    ///   - river: Code of its water system, where it is known.
    /// - Returns: What it says, or why it says nothing.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    func learnedEvidence(of screening: Identifier<Screening>, river: String?) async throws -> LearnedEvidence? {
        guard let kept = try await modelInForce(HybridModelRecord.self) else { return nil }
        let (name, model) = (kept.label, kept.record.model)
        var asked: [AskedPhotograph] = []
        var remarks: [Finding] = []
        let heads = try await rows(.headLandmarksOfScreening, [.id(screening)]).map(PlacedHead.init)
        for head in heads {
            let photo = try await photo(of: head)
            do {
                let measured = try await measured(head, on: photo)
                asked.append(
                    AskedPhotograph(
                        river: river, camera: photo.camera, values: measured.values,
                        sharpness: measured.sharpness, headPixels: measured.headPixels))
            } catch let error as HeadUnmeasured {
                remarks.append(error.finding)
            } catch is PhotoFileError {
                remarks.append(
                    Finding(
                        .hybridPhotoUnread,
                        ["reason": BilingualText { ProblemText.photoFileLost.detail(in: $0) }.findingValue]))
            }
        }
        guard !asked.isEmpty else {
            if heads.isEmpty { remarks.append(Finding(.hybridNoLandmarks, ["model": name])) }
            return LearnedEvidence(ratio: nil, model: name, reasons: model.remarks(named: name) + remarks)
        }
        let opinion = try model.opinion(on: asked, names: HeadMeasure.allCases.map(\.rawValue))
        return LearnedEvidence(opinion, named: name, of: model, remarks: remarks)
    }
}

/// As many photographs at once as there are processors: each decoded one takes tens of megabytes.
let measuring = Compute()

extension Session {
    fileprivate func place(
        _ head: DorsalHead, _ submitted: SubmittedHead, on photo: Identifier<Photo>,
        id: Identifier<PlacedHead> = Identifier(), by reviewer: Reviewer
    ) async throws -> PlacedHead {
        let rows = try await rows(
            .headLandmarksInsert,
            [
                .id(id), .id(photo), .text(submitted.scheme), try .json(encoding: head.points),
                .text(submitted.source.model), .text(reviewer.name), .id(reviewer.key),
            ])
        guard let row = rows.first else { throw StorageError.notFound(.photo, photo.description) }
        return try PlacedHead(row: row)
    }
}

extension HeadUnmeasured {
    /// Why, as a sentence that is worded where it is read.
    public var finding: Finding {
        switch self {
        case .photograph(let error):
            Finding(.hybridPhotoUnread, ["reason": BilingualText { error.finding.text(in: $0) }.findingValue])
        case .landmarks(let rejection):
            Finding(
                .hybridPhotoUnread, ["reason": BilingualText { rejection.text(in: $0) }.findingValue])
        case .field(.headCovered): Finding(.hybridHeadCovered)
        case .field(.bedMissing): Finding(.hybridBedMissing)
        }
    }
}

extension BilingualText {
    fileprivate init(_ text: (Language) -> String) { self.init(ja: text(.ja), en: text(.en)) }
}

extension PlacedHead {
    init(row: Row) throws {
        let model: String? = try row.optional("suggested_by")
        self.init(
            id: try row.identifier("id"), photo: try row.identifier("photo_id"), scheme: try row.get("scheme"),
            points: try row.json("points"), source: model.map { .suggested(by: $0) } ?? .person,
            placedBy: Reviewer(name: try row.get("placed_by"), key: try row.optionalIdentifier("api_key_id")),
            placedAt: try row.get("placed_at"))
    }
}

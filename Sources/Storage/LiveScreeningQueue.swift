import Identification
import Registry
public import Screening

extension ScreeningQueue {
    /// The queue of screenings in the registry.
    ///
    /// - Parameters:
    ///   - store: The registry.
    ///   - gallery: What is searched.
    ///   - worker: Name of the worker, for people who look at the queue.
    /// - Returns: Closures over the store.
    public static func live(store: RegistryStore, gallery: LiveGallery, worker: String) -> ScreeningQueue {
        ScreeningQueue(
            claim: { try await store.claimScreening(lane: $0, worker: worker, lease: ScreeningWorker.lease) },
            renew: { try await store.extendLease($0, by: ScreeningWorker.lease) },
            finish: { try await store.finishScreening($0, $1) },
            release: { try await store.releaseScreening($0, $1) },
            photos: { submission in
                var photos: [SubmittedPhoto] = []
                for id in submission.photos {
                    guard let photo = try await store.photo(id) else {
                        throw StorageError.notFound(.photo, id.description)
                    }
                    photos.append(
                        SubmittedPhoto(
                            id: id, sha256: photo.sha256, bytes: try await store.bytes(of: photo),
                            mark: submission.marks[id]))
                }
                return photos
            },
            gallery: { try await gallery.current() },
            rules: { screening, scorer in
                let region = screening.submission.region
                return ScreeningRules(
                    decider: Decider(
                        policy: try await store.policy(of: screening.agency),
                        calibrations: CalibrationSet(
                            try await store.activeCalibrations(region: region, scorer: scorer))),
                    chance: try await store.activeMatchChance(region: region, scorer: scorer))
            },
            movement: { screening, individual, identity in
                (
                    try await store.movementQuestion(on: screening, of: individual, identity: identity),
                    try await store.movementParameters(of: screening.agency)
                )
            },
            tags: { try await store.tagEvidence(for: $0, candidates: $1) })
    }
}

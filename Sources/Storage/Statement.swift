import SQL

/// The statements the registry runs, by their names in the SQL folder.
enum Statement: String, CaseIterable {
    case ping, registryCounts
    case agencyInsert, agencies, agencyByName, agencyByID
    case apiKeyInsert, apiKeyRevoke, apiKeys, apiKeyByHash
    case individualFindOrInsert, individuals, individualByID, individualByName
    case encounterFindOrInsert, encounters, encounterByID
    case photoInsert, photoByID, photoByFile, photos, photosOfEncounter, photoHashes
    case fileLock, annotationInsert, annotationsByFile, annotationsOfPhoto
    case templateInsert, galleryChanges
    case idempotencyInsert, idempotencyByKey, idempotencySetResource, idempotencyPurge
    case screeningInsert, screeningPhotosInsert, screeningByID, screeningAnswer, candidatesInsert
    case screenings, screeningsOpen, screeningsFailed, screeningsDone
    case jobInsert, jobClaim, jobExtend, jobFinish, jobReturn, jobRetry
    case decisionInsert, decisionByID, decisionsOfScreening
    case eventInsert, events

    /// The statement's text.
    ///
    /// - Throws: ``StorageError/statementMissing(_:)``.
    var sql: String {
        get throws(StorageError) {
            guard let query = Schema.query(named: rawValue) else { throw .statementMissing(rawValue) }
            return query
        }
    }
}

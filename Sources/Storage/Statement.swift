import SQL

/// The statements the registry runs, by their names in the SQL folder.
enum Statement: String, CaseIterable {
    case ping, registryCounts
    case agencyInsert, agencies, agencyByName, agencyByID
    case apiKeyInsert, apiKeyRevoke, apiKeys, apiKeyByHash, apiKeyByID
    case individualFindOrInsert, individualInsert, individualSetPopulation, individuals, individualByID
    case individualByName, individualSettled
    case encounterFindOrInsert, encounters, encounterByID, encounterIDsOfIndividual
    case photoInsert, photoByID, photoByFile, photosOfFile, photos, photosOfEncounter, photoHashes
    case fileLock, annotationInsert, annotationsByFile, annotationsOfPhoto
    case templateInsert, galleryChanges
    case idempotencyInsert, idempotencyByKey, idempotencySetResource, idempotencyPurge
    case screeningInsert, screeningPhotosInsert, screeningByID, screeningAnswer, candidatesInsert
    case screenings, screeningsOpen, screeningsFailed, screeningsDone
    case jobInsert, jobClaim, jobExtend, jobFinish, jobReturn, jobRetry
    case decisionInsert, decisionByID, decisionsOfScreening
    case eventInsert, events, eventsEnd, eventsOfEndpoint, eventByID
    case areaFault, areaCodesKnown, endpointInsert, endpointUpdate, endpointByID, endpoints, endpointDisable
    case endpointEnable, endpointRemove, endpointHealthInsert, endpointSecretInsert, endpointSecrets
    case endpointClientKeys, endpointStatuses
    case fanOut, workerBeat, workerEnd, deliveriesClaim, deliveriesReturn, deliveriesFinish, deliveriesOfEndpoint
    case deliveryAttempts, replay, announceDeliveries, deliveryCounts
    case municipalitiesReplace, municipalitiesInsert, municipalities
    case identityLock, identityLockShared, identityChangeInsert, identityChangeMove, identityChangeToUndoFirst
    case identityChanges, identityChangeByID, mergeInForce
    case duplicateLock, duplicatePropose, duplicateProposals, duplicateProposalByID
    case duplicateReviewInsert, duplicateReviewByID, duplicateReviewsOfProposal
    case reviewedHistory, reviewedPairs
    case calibrationInsert, calibrations, calibrationByID, calibrationsActive, calibrationActivate
    case matchChanceInsert, matchChances, matchChanceByID, matchChancesActive, matchChanceActivate
    case reviewedQualities
    case policyInsert, policyOfAgency
    case movementParameters, sightingsOfIndividual, movementParameterInsert
    case translocationInsert, translocationByID, translocations
    case highWaterInsert, highWaterByID, highWaters, highWatersBetween
    case responsibleContactSet, responsibleContacts
    case positionPolicyInsert, positionPolicies, positionPolicyOfAgency
    case tagFindOrInsert, tagByCode, tags, tagSetDuplicated, tagHolders, tagsBorne, tagCounts, tagRates
    case tagAssignmentInsert, tagAssignmentEnd, tagAssignmentByID, tagAssignmentsOfCode, tagAssignmentsOfIndividual
    case tagAssignmentsMove, individualsPhotographed
    case tagReadInsert, tagReadByID, tagReadsOfCode
    case caseOfScreening, caseInsert, caseByID, cases, caseResolutionInsert, caseResolutionByID, caseResolutionsOfCase
    case riverSourceReplace, riverSourceInsert, riverNumbersReserve, waterSystemsInsert, riversInsert, riverNodesInsert
    case riverSegmentsInsert, weirsInsert, unitBasinsInsert, riverSources, riverNetworkLoaded
    case riverSegmentsWithin, riverChain, riverStretches, riverCourses, riverPoint
    case riversNamed, riverNames, weirsOfSegments, weirsNamed
    case dnaSampleInsert, dnaSampleByID, dnaSampleByLabel, dnaSamples, dnaLock, dnaCustodyInsert, dnaCustodyByID
    case dnaCustodyOfSample, dnaResultInsert, dnaResultByID, dnaResults, dnaResultsOfIndividual, dnaResultsOfSample
    case dnaResultsOfScreening, dnaTestedAnimals, dnaTestedPlaces, dnaDisagreementOpen, hybridParameters,
        hybridParameterInsert
    case hybridCountInsert, hybridCounts, hybridCharacters, hybridCharacterInsert, hybridScoreInsert
    case hybridScoresOfScreening, hybridPolicyInsert, hybridPolicyOfAgency, hybridAssessmentInsert
    case hybridAssessmentByID, hybridAssessmentOfScreening, hybridAssessmentsOfScreening, hybridAssessedScreenings
    case hybridAssessmentsOfIndividual, animalOfScreening, screeningConcernsDNA
    case headLandmarksInsert, headLandmarksByID, headLandmarksOfPhoto, headLandmarksOfScreening, testedHeads
    case headLandmarksThatCount, headMarkOfPhoto, headsPlacedByPeople
    case screeningsAssessedBeforeLandmarks
    case modelLock, modelInsert, modelByID, models, modelInForce, modelRetire

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

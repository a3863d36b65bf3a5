import Foundation

/// Which photographs were taken before which, for protocols that name no galleries.
///
/// Sessions are numbers or ISO dates, compared as people count: 9 comes before 10.
struct EvaluationSessions {
    private let sessions: [String: String]
    private let earlier: [String: [String]]

    /// Orders photographs by their sessions; those without one are never searched.
    ///
    /// - Parameters:
    ///   - sessions: The session of each file.
    ///   - gallery: Whether all earlier sessions are searched or the first alone.
    init(_ sessions: [String: String], gallery: Evaluate.GalleryKind) {
        self.sessions = sessions
        let files = Dictionary(grouping: sessions.keys) { sessions[$0] ?? "" }.mapValues { $0.sorted() }
        let ordered = files.keys.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        var earlier: [String: [String]] = [:]
        var before: [String] = []
        for session in ordered {
            earlier[session] = before
            if gallery == .rolling || before.isEmpty { before += files[session] ?? [] }
        }
        self.earlier = earlier
    }

    /// The photographs that a probe is searched among; empty in the first session and for unknown files.
    func gallery(of probe: String) -> [String] {
        sessions[probe].flatMap { earlier[$0] } ?? []
    }
}

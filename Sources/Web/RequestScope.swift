import Hummingbird
import Logging
import NIOCore
import Registry
import Storage

/// What is known of one request.
struct RequestScope: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The request's number in answers and in the log; Hummingbird's own is lost where the logger keeps no metadata.
    let number = Identifier<RequestScope>().description
    /// The connection, to be closed after an answer to an unfinished request.
    let channel: any Channel
    /// Whose key it came under; present behind ``Authentication``.
    var authenticated: Authenticated?
    /// The language of the answer.
    var language = Language.en

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The sender's address without port.
    var remoteAddress: String { channel.remoteAddress?.ipAddress ?? "unknown" }

    /// Who asks.
    ///
    /// - Throws: `Problem` where the route was not put behind authentication.
    func caller() throws(Problem) -> Authenticated {
        guard let authenticated else { throw Problem(.unauthorized) }
        return authenticated
    }
}

extension Authenticated {
    /// - Throws: `Problem` where the role does not include the permission.
    func require(_ permission: Role.Permission) throws(Problem) {
        guard key.role.allows(permission) else {
            throw Problem(.forbidden, ["role": key.role.rawValue, "permission": "\(permission)"])
        }
    }

    /// Whether records of an agency may be seen at all.
    func maySee(_ owner: Identifier<Agency>) -> Bool { owner == agency.id || key.role.allows(.readRegistry) }

    /// Whether exact positions of an agency's records may be seen.
    func maySeePositions(_ owner: Identifier<Agency>) -> Bool {
        owner == agency.id || key.role.allows(.exactPositions)
    }

    /// The only agency whose records are listed; `nil` for all.
    var onlyAgency: Identifier<Agency>? { key.role.allows(.readRegistry) ? nil : agency.id }
}

import Foundation

/// The operating system's user that the server runs as.
struct ServiceUser: Hashable, Sendable {
    let name: String
    let uid: uid_t
    let gid: gid_t

    /// This process's user; for root an unprivileged one, for the server refuses to run as root.
    static func current() -> ServiceUser? {
        if getuid() != 0 { return ServiceUser(getpwuid(getuid())) }
        return ServiceUser(getpwnam("postgres")) ?? ServiceUser(getpwnam("nobody"))
    }

    private init?(_ entry: UnsafeMutablePointer<passwd>?) {
        guard let entry else { return nil }
        name = String(cString: entry.pointee.pw_name)
        uid = entry.pointee.pw_uid
        gid = entry.pointee.pw_gid
    }

    /// A command as this user would run it.
    func command(_ path: String, _ arguments: [String]) -> Command {
        guard getuid() == 0 else { return Command(path: path, arguments: arguments) }
        let identity = ["--reuid", String(uid), "--regid", String(gid), "--clear-groups"]
        return Command(path: "/usr/bin/setpriv", arguments: identity + [path] + arguments)
    }

    /// The first folder on the way to a path that this user cannot enter.
    func obstacle(on path: String) -> String? {
        guard getuid() == 0 else { return nil }
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent().standardizedFileURL
        while folder.path != "/" {
            var status = stat()
            if stat(folder.path, &status) == 0 {
                let bit: mode_t = status.st_uid == uid ? 0o100 : status.st_gid == gid ? 0o010 : 0o001
                if status.st_mode & bit == 0 { return folder.path }
            }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }
}

package dev.asrdoctor.remoting.ntlm;

import java.util.Optional;

/** How an acceptor judges a logon. */
public sealed interface NtlmVerdict {
    String domain();

    String user();

    /**
     * The password is right and nothing was changed on the way.
     *
     * @param bound the attributes the client's proof covers, among them target name and channel binding if it sent them
     * @param exportedSessionKey 16 bytes
     * @param session empty where the client did not ask for sealing with extended session security
     */
    record Accepted(
            String domain,
            String user,
            String workstation,
            TargetInfo bound,
            byte[] exportedSessionKey,
            Optional<NtlmSession> session)
            implements NtlmVerdict {}

    record Refused(Reason reason, String domain, String user) implements NtlmVerdict {}

    enum Reason {
        ANONYMOUS,
        NTLM_VERSION_1,
        UNKNOWN_ACCOUNT,
        WRONG_PASSWORD,
        WRONG_MIC
    }
}

package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.RemotingFailure;
import java.util.Optional;

/** What a dialogue of logging on wants next. */
sealed interface LogonStep {
    /** Send a request with an empty body and this Authorization header. */
    record Send(String authorization) implements LogonStep {}

    /** @param seal empty over TLS when the server grants no sealing, which is not needed there */
    record LoggedOn(Optional<MessageSeal> seal) implements LogonStep {}

    record Failed(RemotingFailure failure) implements LogonStep {}
}

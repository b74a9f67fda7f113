package dev.asrdoctor.remoting.gss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the place of a password: which one is at fault is told, and no domain is asked. */
class KerberosFilesTest {
    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamed() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(failure(new Proof.Keytab(nowhere))).hasMessage("there is no keytab " + nowhere);
        assertThat(failure(new Proof.TicketCache(nowhere))).hasMessage("there is no ticket cache " + nowhere);
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws Exception {
        Path odd = Files.writeString(folder.resolve("odd"), "this is neither of both");
        assertThat(failure(new Proof.Keytab(odd)))
                .hasMessage("the keytab " + odd + " is none, or has no key of svc@CONTOSO.LOCAL");
        assertThat(failure(new Proof.TicketCache(odd)))
                .hasMessage("the ticket cache " + odd + " is none, or has no ticket that is still good");
    }

    private static KerberosException failure(Proof proof) {
        Identity identity = Identity.of("svc@CONTOSO.LOCAL", new char[0], proof);
        KerberosException failure = catchThrowableOfType(
                KerberosException.class,
                () -> new KerberosLogins(InstantSource.system())
                        .subject(identity, KerberosSettings.DEFAULT, Deadline.after(Duration.ofSeconds(20))));
        assertThat(failure.trouble()).isEqualTo(KerberosTrouble.NO_TICKET);
        return failure;
    }
}

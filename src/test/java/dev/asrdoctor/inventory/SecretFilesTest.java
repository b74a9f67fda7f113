package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
    private static final Path FILE = Path.of("secret.txt");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTOSO\\svc-asr",
                "contoso\\SVC-ASR",
                "BUILTIN\\Administrators",
                "NT AUTHORITY\\SYSTEM",
                "VORDEFINIERT\\Administratoren",
                "AUTORITE NT\\Système",
                "BUILTIN\\Administradores",
            })
    void theAccountItselfAndAdministratorsMayReadIt(String reader) {
        assertThat(SecretFiles.whyNotPrivate(FILE, Set.of(reader), "BUILTIN\\Administrators", "CONTOSO\\svc-asr"))
                .isEmpty();
    }

    @Test
    void somebodyElseMayNotAndTheMendLeavesTheAccountItsAccess() {
        assertThat(SecretFiles.whyNotPrivate(
                        FILE, Set.of("BUILTIN\\Users"), "BUILTIN\\Administrators", "CONTOSO\\svc-asr"))
                .contains(
                        "BUILTIN\\Users can read it: run icacls \"secret.txt\" /inheritance:r /grant:r \"CONTOSO\\svc-asr:F\"");
    }
}

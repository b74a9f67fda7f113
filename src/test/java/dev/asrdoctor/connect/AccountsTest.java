package dev.asrdoctor.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final int ALLOWED = 2;

    @Test
    void wipesEveryPasswordWhenItIsClosed() {
        List<Identity> identities = List.of(
                new Identity("", "svc", "secret".toCharArray()),
                new Identity("", "SVC", "secret".toCharArray()),
                new Identity("", "other", "secret".toCharArray()));
        Accounts accounts = new Accounts();
        for (int i = 0; i < identities.size(); i++) {
            accounts.keep("c" + i, identities.get(i));
        }
        accounts.close();
        assertThat(identities)
                .allSatisfy(identity -> assertThat(identity.password()).containsOnly('\0'));
    }

    @Test
    void aRefusedPasswordStaysRefusedInEveryFurtherVisit() {
        Accounts accounts = Accounts.of(Map.of("fleet", new Identity("CONTOSO", "svc", "wrong".toCharArray())));
        int presented = 0;
        for (int visit = 0; visit < 20; visit++) {
            accounts.visitBegins();
            for (int server = 0; server < 5; server++) {
                presented += refused(accounts, "fleet", "ps" + server);
            }
        }
        assertThat(presented).isEqualTo(ALLOWED);
    }

    @Test
    void twoCredentialsOfOneAccountWithOnePasswordAreCountedTogether() {
        Map<String, Identity> both = new LinkedHashMap<>();
        both.put("paris", new Identity("CONTOSO", "svc", "wrong".toCharArray()));
        both.put("berlin", new Identity("contoso", "SVC", "wrong".toCharArray()));
        Accounts accounts = Accounts.of(both);
        int presented = 0;
        for (int server = 0; server < 5; server++) {
            presented += refused(accounts, "paris", "par" + server) + refused(accounts, "berlin", "ber" + server);
        }
        assertThat(presented).isEqualTo(ALLOWED);
    }

    @Test
    void localAccountsOfOneNameWithPasswordsOfTheirOwnAreNotMixedUp() {
        Accounts accounts = Accounts.of(Map.of(
                "paris", new Identity("", "admin", "one".toCharArray()),
                "berlin", new Identity("", "admin", "another".toCharArray()),
                "keys", new Identity("", "admin", new char[0], new Proof.Keytab(Path.of("admin.keytab")))));
        for (String credential : List.of("paris", "berlin", "keys")) {
            assertThat(refused(accounts, credential, "ps1")).isEqualTo(1);
            assertThat(refused(accounts, credential, "ps2")).isEqualTo(1);
            assertThat(refused(accounts, credential, "ps3")).isZero();
        }
    }

    @Test
    void aServerThatIsStillStartingMayRefuseWhatOthersAcceptButNotForEver() throws Exception {
        Accounts accounts = Accounts.of(Map.of("fleet", new Identity("CONTOSO", "svc", "right".toCharArray())));
        int presented = 0;
        for (int visit = 0; visit < 20; visit++) {
            accounts.visitBegins();
            Logon well = accounts.gate("fleet", ALLOWED).forServer("well");
            well.begin();
            well.accepted();
            presented += refused(accounts, "fleet", "starting");
        }
        assertThat(presented).isEqualTo(ALLOWED);
    }

    @Test
    void whatWasAcceptedOnceIsTriedAgainWhereItWasRefusedOnce() throws Exception {
        Accounts accounts = Accounts.of(Map.of("fleet", new Identity("CONTOSO", "svc", "right".toCharArray())));
        Logon well = accounts.gate("fleet", ALLOWED).forServer("well");
        well.begin();
        well.accepted();
        accounts.visitBegins();
        assertThat(refused(accounts, "fleet", "ps1")).isEqualTo(1);
        assertThat(refused(accounts, "fleet", "ps2")).isEqualTo(1);
        assertThat(refused(accounts, "fleet", "ps3")).isZero();
        accounts.visitBegins();
        Logon now = accounts.gate("fleet", ALLOWED).forServer("ps1");
        assertThat(now.begin().user()).isEqualTo("svc");
        now.accepted();
    }

    /** One where the password was presented. */
    private static int refused(Accounts accounts, String credential, String server) {
        Logon logon = accounts.gate(credential, ALLOWED).forServer(server);
        try {
            logon.begin();
        } catch (RemotingException e) {
            assertThat(e).hasMessageContaining("not tried");
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        logon.refused();
        return 1;
    }
}

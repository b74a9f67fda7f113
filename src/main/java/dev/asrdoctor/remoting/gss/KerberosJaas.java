package dev.asrdoctor.remoting.gss;

import dev.asrdoctor.remoting.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/** The JDK's Kerberos login, set up by code for one account at a time, so that no file and no property of the JVM is needed. */
final class KerberosJaas {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private KerberosJaas() {}

    /** @param refresh the Kerberos configuration has changed since Java read it */
    static Subject logIn(Identity identity, String principal, boolean refresh) throws LoginException {
        Map<String, String> options = new HashMap<>();
        options.put("isInitiator", "true");
        options.put("refreshKrb5Config", Boolean.toString(refresh));
        switch (identity.proof()) {
            case Identity.Proof.Password password -> options.put("principal", principal);
            case Identity.Proof.Keytab keytab -> {
                options.put("principal", principal);
                options.put("useKeyTab", "true");
                options.put("keyTab", keytab.file().toString());
                options.put("doNotPrompt", "true");
            }
            case Identity.Proof.TicketCache cache -> {
                options.put("useTicketCache", "true");
                options.put("doNotPrompt", "true");
                Path file = cache.file();
                if (file != null) {
                    options.put("ticketCache", file.toString());
                }
                if (!identity.user().isEmpty()) {
                    options.put("principal", principal);
                }
            }
            case Identity.Proof.ClientCertificate certificate ->
                throw new LoginException("a client certificate is no proof for Kerberos");
        }
        Subject subject = new Subject();
        new LoginContext("asrdoctor", subject, new Answers(identity.password()), new OneModule(options)).login();
        return subject;
    }

    private static final class OneModule extends Configuration {
        private final AppConfigurationEntry entry;

        OneModule(Map<String, String> options) {
            entry = new AppConfigurationEntry(MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options);
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {entry};
        }
    }

    /** The callback keeps a copy, which the login module clears. */
    private record Answers(char[] password) implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                switch (callback) {
                    case PasswordCallback asked -> asked.setPassword(password);
                    case NameCallback asked -> asked.setName(asked.getDefaultName());
                    default -> throw new UnsupportedCallbackException(callback);
                }
            }
        }
    }
}

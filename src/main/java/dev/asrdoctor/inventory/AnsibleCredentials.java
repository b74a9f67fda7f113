package dev.asrdoctor.inventory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts of an Ansible inventory: equal ones are one, and bear the user's name. */
final class AnsibleCredentials {
    final Map<String, Credential> all = new LinkedHashMap<>();

    /** Where the password comes from and what proves the account. */
    record Secret(Credential.Source source, Credential.Proof proof) {}

    /** The account's name in the inventory; null where no user is said. */
    @Nullable String name(Optional<String> user, Secret secret) {
        if (user.isEmpty()) {
            return null;
        }
        for (Credential known : all.values()) {
            if (known.user().equals(user.get())
                    && same(known.password(), secret.source())
                    && known.proof().equals(secret.proof())) {
                return known.name();
            }
        }
        String key = user.get();
        for (int i = 2; all.containsKey(key); i++) {
            key = user.get() + " (" + i + ")";
        }
        all.put(key, new Credential(key, user.get(), secret.source(), secret.proof()));
        return key;
    }

    private static boolean same(Credential.Source one, Credential.Source other) {
        if (one instanceof Credential.Inline a && other instanceof Credential.Inline b) {
            return Arrays.equals(a.password(), b.password());
        }
        return one.equals(other);
    }
}

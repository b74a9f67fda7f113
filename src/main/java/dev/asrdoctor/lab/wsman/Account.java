package dev.asrdoctor.lab.wsman;

/**
 * A user an endpoint knows.
 *
 * @param domain empty for an account of the host itself
 */
public record Account(String domain, String user, String password) {

    public static Account local(String user, String password) {
        return new Account("", user, password);
    }

    @Override
    public String toString() {
        return domain.isEmpty() ? user : domain + "\\" + user;
    }
}

package dev.asrdoctor.remoting;

/**
 * Hands out the account at the moment of authentication and learns how it went, so that a fleet run can stop using an
 * account before a domain locks it out. Each {@link #begin} is followed by exactly one of the other calls.
 */
public interface Logon {

    /**
     * Waits for leave to present the account to one more server.
     *
     * @throws RemotingException when the account may not be used any more in this run
     */
    Identity begin() throws RemotingException, InterruptedException;

    void accepted();

    /** The server said no to this account and password. */
    void refused();

    /** The attempt ended without a verdict about the password. */
    void abandoned();

    /** An account that is used without any limit. */
    static Logon unlimited(Identity identity) {
        return new Logon() {
            @Override
            public Identity begin() {
                return identity;
            }

            @Override
            public void accepted() {}

            @Override
            public void refused() {}

            @Override
            public void abandoned() {}
        };
    }
}

package dev.asrdoctor.lab.wsman;

/** What is right or wrong with the certificate an endpoint shows. */
public enum CertificateProfile {
    /** Signed by the lab's authority, for the endpoint's address. */
    TRUSTED,
    SELF_SIGNED,
    /** Signed by the lab's authority, and no longer valid. */
    EXPIRED,
    /** Signed by the lab's authority, for another host. */
    WRONG_NAME
}

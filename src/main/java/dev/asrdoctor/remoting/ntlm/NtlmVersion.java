package dev.asrdoctor.remoting.ntlm;

/** The version field: servers keep it for debugging only (MS-NLMP 2.2.2.10). */
final class NtlmVersion {
    private NtlmVersion() {}

    /** 6.1.7601, NTLM revision 15. */
    static byte[] client() {
        return new byte[] {6, 1, (byte) 0xb1, 0x1d, 0, 0, 0, 15};
    }

    /** 10.0.14393, NTLM revision 15. */
    static byte[] server() {
        return new byte[] {10, 0, 0x39, 0x38, 0, 0, 0, 15};
    }
}

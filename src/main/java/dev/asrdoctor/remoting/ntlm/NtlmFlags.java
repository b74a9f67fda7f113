package dev.asrdoctor.remoting.ntlm;

/** The negotiate flags that matter here (MS-NLMP 2.2.2.5). */
public final class NtlmFlags {
    public static final int UNICODE = 0x1;
    public static final int OEM = 0x2;
    public static final int REQUEST_TARGET = 0x4;
    public static final int SIGN = 0x10;
    public static final int SEAL = 0x20;
    public static final int NTLM = 0x200;
    public static final int ANONYMOUS = 0x800;
    public static final int ALWAYS_SIGN = 0x8000;
    public static final int TARGET_TYPE_DOMAIN = 0x10000;
    public static final int TARGET_TYPE_SERVER = 0x20000;
    public static final int EXTENDED_SESSIONSECURITY = 0x80000;
    public static final int TARGET_INFO = 0x800000;
    public static final int VERSION = 0x2000000;
    public static final int KEY_128 = 0x20000000;
    public static final int KEY_EXCHANGE = 0x40000000;
    public static final int KEY_56 = 0x80000000;

    /**
     * What the client asks for. Without {@link #REQUEST_TARGET} some servers leave out the target information, without
     * which there is no NTLMv2.
     */
    public static final int CLIENT = UNICODE
            | REQUEST_TARGET
            | SIGN
            | SEAL
            | NTLM
            | ALWAYS_SIGN
            | EXTENDED_SESSIONSECURITY
            | TARGET_INFO
            | VERSION
            | KEY_128
            | KEY_EXCHANGE;

    /** Without all of these no message can be sealed with 128 bits. */
    public static final int SEALING = SIGN | SEAL | EXTENDED_SESSIONSECURITY | KEY_128 | KEY_EXCHANGE;

    private NtlmFlags() {}

    static boolean has(int flags, int wanted) {
        return (flags & wanted) == wanted;
    }
}

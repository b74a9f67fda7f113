package dev.asrdoctor.remoting.ntlm;

/**
 * Message 3: who the client is, and the proof (MS-NLMP 2.2.1.3).
 *
 * @param lmResponse 24 bytes, zero where the server's time is part of the NT response
 * @param ntResponse 24 bytes of NTLMv1, or the proof and the client's blob of NTLMv2
 * @param encryptedSessionKey 16 bytes where a key is exchanged, else empty
 */
public record AuthenticateMessage(
        int flags,
        String domain,
        String user,
        String workstation,
        byte[] lmResponse,
        byte[] ntResponse,
        byte[] encryptedSessionKey) {
    static final int MIC_AT = 72;
    static final int MIC_LENGTH = 16;

    private static final int TYPE = 3;

    /** Accepts the short form of old clients, which ends after the workstation field. */
    public static AuthenticateMessage parse(byte[] bytes) throws NtlmException {
        MessageReader reader = new MessageReader(bytes, TYPE, 52);
        int flags = reader.length() >= 64 ? reader.int32(60) : NtlmFlags.OEM;
        return new AuthenticateMessage(
                flags,
                reader.text(28, flags, "domain"),
                reader.text(36, flags, "user"),
                reader.text(44, flags, "workstation"),
                reader.payload(12, "LM response"),
                reader.payload(20, "NT response"),
                reader.payload(52, "session key"));
    }

    /** With room for the message integrity code, all zero, at byte 72. */
    public byte[] encode() {
        MessageWriter writer = new MessageWriter(TYPE, MIC_AT + MIC_LENGTH)
                .int32(60, flags)
                .text(28, flags, domain)
                .text(36, flags, user)
                .text(44, flags, workstation)
                .payload(12, lmResponse)
                .payload(20, ntResponse)
                .payload(52, encryptedSessionKey);
        if (NtlmFlags.has(flags, NtlmFlags.VERSION)) {
            writer.bytes(64, NtlmVersion.client());
        }
        return writer.toBytes();
    }
}

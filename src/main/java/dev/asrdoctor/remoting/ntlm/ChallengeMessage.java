package dev.asrdoctor.remoting.ntlm;

/**
 * Message 2: what was agreed on, and the server's challenge (MS-NLMP 2.2.1.2).
 *
 * @param targetName the server's or the domain's name, as {@code flags} say
 * @param serverChallenge 8 bytes
 */
public record ChallengeMessage(int flags, String targetName, byte[] serverChallenge, TargetInfo targetInfo) {
    private static final int TYPE = 2;

    public static ChallengeMessage parse(byte[] bytes) throws NtlmException {
        MessageReader reader = new MessageReader(bytes, TYPE, 32);
        int flags = reader.int32(20);
        return new ChallengeMessage(
                flags,
                reader.text(12, flags, "target name"),
                reader.bytes(24, 8),
                NtlmFlags.has(flags, NtlmFlags.TARGET_INFO)
                        ? TargetInfo.parse(reader.payload(40, "target information"))
                        : TargetInfo.EMPTY);
    }

    public byte[] encode() {
        MessageWriter writer = new MessageWriter(TYPE, 56)
                .int32(20, flags)
                .bytes(24, serverChallenge)
                .text(12, flags, targetName);
        if (NtlmFlags.has(flags, NtlmFlags.TARGET_INFO)) {
            writer.payload(40, targetInfo.encode());
        }
        if (NtlmFlags.has(flags, NtlmFlags.VERSION)) {
            writer.bytes(48, NtlmVersion.server());
        }
        return writer.toBytes();
    }
}

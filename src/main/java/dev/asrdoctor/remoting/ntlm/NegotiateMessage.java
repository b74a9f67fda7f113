package dev.asrdoctor.remoting.ntlm;

/** Message 1: what the client can do (MS-NLMP 2.2.1.1). */
public record NegotiateMessage(int flags) {
    private static final int TYPE = 1;

    public static NegotiateMessage parse(byte[] bytes) throws NtlmException {
        return new NegotiateMessage(new MessageReader(bytes, TYPE, 16).int32(12));
    }

    public byte[] encode() {
        MessageWriter writer = new MessageWriter(TYPE, 40)
                .int32(12, flags)
                .payload(16, new byte[0])
                .payload(24, new byte[0]);
        if (NtlmFlags.has(flags, NtlmFlags.VERSION)) {
            writer.bytes(32, NtlmVersion.client());
        }
        return writer.toBytes();
    }
}

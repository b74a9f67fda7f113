package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.nio.ByteBuffer;

/** Sealing with the keys of an NTLM logon. */
record NtlmSeal(NtlmSession session) implements MessageSeal {
    @Override
    public String contentType() {
        return EncryptedMultipart.CONTENT_TYPE;
    }

    @Override
    public byte[] seal(byte[] plain) {
        return EncryptedMultipart.seal(plain, session);
    }

    @Override
    public byte[] seal(Envelope plain) {
        return EncryptedMultipart.seal(plain, session);
    }

    @Override
    public ByteBuffer unseal(byte[] body) throws SealException {
        try {
            return EncryptedMultipart.unseal(body, session);
        } catch (NtlmException e) {
            throw new SealException(e);
        }
    }
}

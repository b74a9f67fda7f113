package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.gss.KerberosContext;
import dev.asrdoctor.remoting.gss.KerberosException;
import dev.asrdoctor.remoting.gss.WrapToken;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import java.nio.ByteBuffer;

/**
 * Sealing with the keys of a Kerberos logon.
 *
 * @param protocol as the scheme of the logon demands
 */
record KerberosSeal(KerberosContext context, String protocol) implements MessageSeal {
    @Override
    public String contentType() {
        return EncryptedMultipart.contentType(protocol);
    }

    @Override
    public byte[] seal(byte[] plain) throws SealException {
        try {
            WrapToken.Parts parts = context.seal(plain);
            return EncryptedMultipart.frame(protocol, plain.length, parts.signature(), parts.data());
        } catch (KerberosException e) {
            throw new SealException(e);
        }
    }

    @Override
    public ByteBuffer unseal(byte[] body) throws SealException {
        try {
            return ByteBuffer.wrap(context.unseal(EncryptedMultipart.sealed(body)));
        } catch (KerberosException | NtlmException e) {
            throw new SealException(e);
        }
    }
}

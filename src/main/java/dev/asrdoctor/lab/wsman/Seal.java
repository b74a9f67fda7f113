package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.remoting.gss.KerberosException;
import dev.asrdoctor.remoting.gss.KerberosService;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;

/** How the messages of one logon are sealed. */
interface Seal {
    String contentType();

    /** The envelope in a request's body. */
    byte[] open(byte[] multipart) throws BrokenSealException;

    /** The body of an answer. */
    byte[] close(byte[] plain);

    /** A sealed message that cannot be opened. */
    final class BrokenSealException extends Exception {
        BrokenSealException(Exception cause) {
            super(cause);
        }
    }

    record Ntlm(NtlmSession session) implements Seal {
        @Override
        public String contentType() {
            return Sealing.CONTENT_TYPE;
        }

        @Override
        public byte[] open(byte[] multipart) throws BrokenSealException {
            try {
                return Sealing.open(multipart, session);
            } catch (NtlmException e) {
                throw new BrokenSealException(e);
            }
        }

        @Override
        public byte[] close(byte[] plain) {
            return Sealing.close(plain, session);
        }
    }

    /** @param scheme of the logon: messages under Negotiate say SPNEGO even where Kerberos seals them */
    record Kerberos(KerberosService.Acceptance session, String scheme) implements Seal {
        private String protocol() {
            return scheme.equals("Kerberos")
                    ? "application/HTTP-Kerberos-session-encrypted"
                    : "application/HTTP-SPNEGO-session-encrypted";
        }

        @Override
        public String contentType() {
            return "multipart/encrypted;protocol=\"" + protocol() + "\";boundary=\"Encrypted Boundary\"";
        }

        @Override
        public byte[] open(byte[] multipart) throws BrokenSealException {
            try {
                Sealing.Parts parts = Sealing.parts(multipart);
                byte[] plain = session.unseal(parts.sealed());
                if (plain.length != parts.plainLength()) {
                    throw new NtlmException("a sealed body's length is not what it says");
                }
                return plain;
            } catch (KerberosException | NtlmException e) {
                throw new BrokenSealException(e);
            }
        }

        @Override
        public byte[] close(byte[] plain) {
            try {
                var parts = session.seal(plain);
                return Sealing.frame(protocol(), plain.length, parts.signature(), parts.data());
            } catch (KerberosException e) {
                throw new IllegalStateException("nothing to seal with", e);
            }
        }
    }
}

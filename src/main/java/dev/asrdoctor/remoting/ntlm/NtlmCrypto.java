package dev.asrdoctor.remoting.ntlm;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** The four old algorithms of NTLM. They are what the protocol prescribes, not a choice. */
final class NtlmCrypto {
    private NtlmCrypto() {}

    static byte[] md4(byte[] data) {
        return Md4.of(data);
    }

    static byte[] md5(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which every Java must have", e);
        }
    }

    static Mac hmacMd5(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-MD5, without which there is no NTLM", e);
        }
    }

    static byte[] hmacMd5(byte[] key, byte[]... parts) {
        Mac mac = hmacMd5(key);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    static Cipher rc4(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("ARCFOUR");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RC4, without which there is no NTLM", e);
        }
    }

    /** What comes next in the cipher's stream, where it stands. */
    static void apply(Cipher rc4, byte[] buffer, int from, int length) {
        try {
            rc4.update(buffer, from, length, buffer, from);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("RC4 gives as many bytes as it takes", e);
        }
    }

    static byte[] rc4(byte[] key, byte[] data) {
        byte[] out = data.clone();
        apply(rc4(key), out, 0, out.length);
        return out;
    }
}

package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.ntlm.NtlmException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.jspecify.annotations.Nullable;

/** NTLM messages inside SPNEGO tokens (RFC 4178), which some clients send in place of the bare messages. */
final class Spnego {
    private static final ASN1ObjectIdentifier NTLM = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.2.10");
    private static final byte[] NTLMSSP = "NTLMSSP\0".getBytes(US_ASCII);
    private static final int ACCEPT_COMPLETED = 0;
    private static final int ACCEPT_INCOMPLETE = 1;

    private Spnego() {}

    /**
     * @param first it opens the negotiation
     * @param message the NTLM message; null where the client offers NTLM only after another mechanism
     */
    record Token(boolean first, byte @Nullable [] message) {}

    static boolean isBare(byte[] token) {
        return token.length >= 12 && Arrays.equals(Arrays.copyOf(token, NTLMSSP.length), NTLMSSP);
    }

    static Token read(byte[] token) throws NtlmException {
        try {
            ASN1TaggedObject outer = ASN1TaggedObject.getInstance(ASN1Primitive.fromByteArray(token));
            if (outer.hasTag(BERTags.APPLICATION, 0)) {
                ASN1Sequence framed = ASN1Sequence.getInstance(outer.getBaseUniversal(false, BERTags.SEQUENCE));
                return init(ASN1TaggedObject.getInstance(framed.getObjectAt(1)));
            }
            return new Token(false, message(ASN1Sequence.getInstance(outer.getExplicitBaseObject())));
        } catch (IOException | RuntimeException e) {
            throw new NtlmException("this is neither an NTLM message nor a SPNEGO token");
        }
    }

    private static Token init(ASN1TaggedObject choice) throws NtlmException {
        ASN1Sequence sequence = ASN1Sequence.getInstance(choice.getExplicitBaseObject());
        ASN1Encodable offered = field(sequence, 0);
        List<ASN1Encodable> mechanisms = offered == null
                ? List.of()
                : List.of(ASN1Sequence.getInstance(offered).toArray());
        if (!mechanisms.contains(NTLM)) {
            throw new NtlmException("a SPNEGO token does not offer NTLM");
        }
        // The message belongs to the mechanism that comes first.
        return new Token(true, mechanisms.getFirst().equals(NTLM) ? message(sequence) : null);
    }

    /** Field 2 in the first token and in later ones alike. */
    private static byte @Nullable [] message(ASN1Sequence sequence) {
        ASN1Encodable value = field(sequence, 2);
        return value == null ? null : ASN1OctetString.getInstance(value).getOctets();
    }

    private static @Nullable ASN1Encodable field(ASN1Sequence sequence, int number) {
        for (ASN1Encodable each : sequence) {
            ASN1TaggedObject field = ASN1TaggedObject.getInstance(each);
            if (field.getTagNo() == number) {
                return field.getExplicitBaseObject();
            }
        }
        return null;
    }

    /** @param message null: the client is to send its first NTLM message */
    static byte[] challenge(byte @Nullable [] message) {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERTaggedObject(true, 0, new ASN1Enumerated(ACCEPT_INCOMPLETE)));
        fields.add(new DERTaggedObject(true, 1, NTLM));
        if (message != null) {
            fields.add(new DERTaggedObject(true, 2, new DEROctetString(message)));
        }
        return response(fields);
    }

    static byte[] completed() {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERTaggedObject(true, 0, new ASN1Enumerated(ACCEPT_COMPLETED)));
        return response(fields);
    }

    private static byte[] response(ASN1EncodableVector fields) {
        try {
            return new DERTaggedObject(true, 1, new DERSequence(fields)).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

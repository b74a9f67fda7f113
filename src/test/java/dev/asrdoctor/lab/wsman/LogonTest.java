package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.ntlm.AuthenticateMessage;
import dev.asrdoctor.remoting.ntlm.NtlmClient;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.Test;

class LogonTest {
    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());

    @Test
    void runsACommandSealedFromEndToEnd() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                RawClient client = RawClient.to(endpoint)) {
            RawClient.Answer loggedOn = client.logOn("", Given.USER, Given.PASSWORD);
            assertThat(loggedOn.statusLine()).isEqualTo("HTTP/1.1 200 ");
            assertThat(loggedOn.headerNames()).containsExactly("Server", "Date", "Content-Length");

            String shell = Soap.shellId(client.sealed(Soap.create()));
            String command = Soap.commandId(client.sealed(Soap.command(shell, "whoami")));
            RawClient.Answer received = client.sealed(Soap.receive(shell, command));

            assertThat(received.header("Content-Type")).isEqualTo(Sealing.CONTENT_TYPE);
            assertThat(Soap.output(received, "stdout")).asString().isEqualTo("whoami|");
            assertThat(client.sealed(Soap.delete(shell)).status()).isEqualTo(200);
            assertThat(Soap.faultCode(client.sealed(Soap.delete(shell)))).isEqualTo(2150858843L);
            assertThat(endpoint.logonFailures()).isZero();
        }
    }

    @Test
    void refusesClearTextAgainAndAgainWhereItIsToBeSealed() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo())) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = RawClient.to(endpoint)) {
                    assertThat(client.logOn("PS01", Given.USER, Given.PASSWORD).status())
                            .isEqualTo(200);
                    assertThat(client.soap(Soap.create()).statusLine()).isEqualTo("HTTP/1.1 401 ");
                }
            }
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void countsAWrongPasswordOnceAndTheRightOneNever() throws Exception {
        Accounts accounts = Accounts.of(Account.local(Given.USER, Given.PASSWORD));
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(EndpointSettings.of(HostIdentity.named("PS01"), accounts), Given.echo())) {
            assertThat(logOn(endpoint, "", "wrong").status()).isEqualTo(401);
            assertThat(accounts.failures("ADMIN")).isEqualTo(1);
            assertThat(logOn(endpoint, "", Given.PASSWORD).status()).isEqualTo(200);
            assertThat(accounts.failures(Given.USER)).isZero();
            assertThat(endpoint.logonFailures()).isEqualTo(1);
        }
    }

    @Test
    void locksAnAccountEverywhereAfterTooManyFailures() throws Exception {
        Accounts shared = new Accounts(List.of(new Account("CORP", Given.USER, Given.PASSWORD)), 3);
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), shared);
        try (WinRmEndpoint one = WinRmEndpoint.start(settings, Given.echo());
                WinRmEndpoint two = WinRmEndpoint.start(settings, Given.echo())) {
            logOn(one, "CORP", "wrong");
            logOn(two, "CORP", "wrong");
            assertThat(shared.locked(Given.USER)).isFalse();
            logOn(one, "corp", "wrong");

            assertThat(shared.locked(Given.USER)).isTrue();
            assertThat(logOn(two, "CORP", Given.PASSWORD).status()).isEqualTo(401);
        }
    }

    @Test
    void knowsDomainAccountsInBothSpellings() throws Exception {
        Accounts accounts = Accounts.of(new Account("CORP", "svc", "secret"));
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(EndpointSettings.of(HostIdentity.named("PS01"), accounts), Given.echo())) {
            assertThat(logOn(endpoint, "CORP", "svc", "secret").status()).isEqualTo(200);
            assertThat(logOn(endpoint, "", "svc@corp.example", "secret").status())
                    .isEqualTo(200);
            assertThat(logOn(endpoint, "", "svc", "secret").status()).isEqualTo(401);
            assertThat(logOn(endpoint, "OTHER", "svc", "secret").status()).isEqualTo(401);
        }
    }

    @Test
    void refusesNtlmVersionOneAndNobody() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo())) {
            byte[] old = new AuthenticateMessage(
                            NtlmFlags.UNICODE, "", Given.USER, "", new byte[24], new byte[24], new byte[0])
                    .encode();
            byte[] nobody = new AuthenticateMessage(
                            NtlmFlags.UNICODE, "", "", "", new byte[0], new byte[0], new byte[0])
                    .encode();

            assertThat(thirdMessage(endpoint, old).status()).isEqualTo(401);
            assertThat(endpoint.logonFailures()).isEqualTo(1);
            assertThat(thirdMessage(endpoint, nobody).status()).isEqualTo(401);
            assertThat(endpoint.logonFailures()).isEqualTo(1);
        }
    }

    @Test
    void refusesAThirdMessageThatWasChangedOnTheWay() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                RawClient client = RawClient.to(endpoint)) {
            NtlmClient ntlm = ntlm(Given.PASSWORD);
            byte[] third = ntlm.authenticate(challenge(client, ntlm), NtlmClient.Target.NONE);
            third[12 + 2] ^= 1;

            assertThat(client.post(List.of(RawClient.negotiate(third)), new byte[0])
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesAThirdMessageOutOfTheBlueAndASecondUseOfOne() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                RawClient client = RawClient.to(endpoint);
                RawClient other = RawClient.to(endpoint)) {
            NtlmClient ntlm = ntlm(Given.PASSWORD);
            byte[] third = ntlm.authenticate(challenge(client, ntlm), NtlmClient.Target.NONE);

            assertThat(other.post(List.of(RawClient.negotiate(third)), new byte[0])
                            .status())
                    .isEqualTo(401);
            assertThat(client.post(List.of(RawClient.negotiate(third)), new byte[0])
                            .status())
                    .isEqualTo(200);
            assertThat(client.post(List.of(RawClient.negotiate(third)), new byte[0])
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void closesAfterASealedBodyThatWasTamperedWith() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                RawClient client = RawClient.to(endpoint)) {
            client.logOn("", Given.USER, Given.PASSWORD);

            RawClient.Answer answer = client.post(
                    List.of("Content-Type: " + Sealing.CONTENT_TYPE),
                    ("--Encrypted Boundary\r\n\tOriginalContent: type=x;Length=4\r\n--Encrypted Boundary\r\n"
                                    + "\tContent-Type: application/octet-stream\r\n\u0010\0\0\0signaturesignaturDATA--")
                            .getBytes(US_ASCII));

            assertThat(answer.status()).isIn(400, 401);
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void takesBasicOverTlsAndNotOverPlainHttp() throws Exception {
        EndpointSettings basic = Given.host().with(LogonRules.WITH_BASIC);
        try (WinRmEndpoint plain = WinRmEndpoint.start(basic, Given.echo());
                WinRmEndpoint tls = WinRmEndpoint.start(
                        basic.with(Listening.https(CERTIFICATES, CertificateProfile.TRUSTED)), Given.echo());
                RawClient clear = Given.client(plain);
                RawClient secured = RawClient.tls(tls)) {
            secured.useBasic(Given.USER, Given.PASSWORD);

            assertThat(clear.soap(Soap.create()).status()).isEqualTo(401);
            assertThat(plain.logonFailures()).isZero();
            assertThat(Given.run(secured, "hostname")).isEqualTo("hostname|");
        }
    }

    @Test
    void holdsALogonToTheTlsConnectionItCameThrough() throws Exception {
        EndpointSettings tls = Given.host().with(Listening.https(CERTIFICATES, CertificateProfile.TRUSTED));
        LogonRules strict = new LogonRules(Set.of(Scheme.NEGOTIATE), false, LogonRules.ChannelBindings.STRICT);
        byte[] wrong = new byte[16];
        wrong[3] = 7;
        try (WinRmEndpoint relaxed = WinRmEndpoint.start(tls, Given.echo());
                WinRmEndpoint hard = WinRmEndpoint.start(tls.with(strict), Given.echo())) {
            assertThat(bound(relaxed, null)).isEqualTo(200);
            assertThat(bound(relaxed, wrong)).isEqualTo(401);
            assertThat(bound(hard, null)).isEqualTo(401);
            try (RawClient client = RawClient.tls(hard)) {
                assertThat(client.logOn("", Given.USER, Given.PASSWORD).status())
                        .isEqualTo(200);
                assertThat(client.soap(Soap.create()).status()).isEqualTo(200);
            }
        }
    }

    private static int bound(WinRmEndpoint endpoint, byte[] binding) throws Exception {
        try (RawClient client = RawClient.tls(endpoint)) {
            return client.logOn("", Given.USER, Given.PASSWORD, binding).status();
        }
    }

    @Test
    void offersKerberosAloneWhereNothingElseIsOn() throws Exception {
        LogonRules rules = new LogonRules(Set.of(Scheme.KERBEROS), false, LogonRules.ChannelBindings.RELAXED);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(rules), Given.echo());
                RawClient client = RawClient.to(endpoint)) {
            RawClient.Answer answer =
                    client.post(List.of(RawClient.negotiate(ntlm(Given.PASSWORD).negotiate())), new byte[0]);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers())
                    .contains("WWW-Authenticate: Kerberos")
                    .doesNotContain("WWW-Authenticate: Negotiate");
        }
    }

    @Test
    void takesNtlmInsideSpnegoAsWell() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                RawClient client = RawClient.to(endpoint)) {
            NtlmClient ntlm = ntlm(Given.PASSWORD);
            RawClient.Answer challenge =
                    client.post(List.of(RawClient.negotiate(negTokenInit(ntlm.negotiate()))), new byte[0]);
            byte[] token = Base64.getDecoder()
                    .decode(challenge.header("WWW-Authenticate").substring("Negotiate ".length()));
            byte[] third = ntlm.authenticate(responseToken(token), NtlmClient.Target.NONE);

            RawClient.Answer answer = client.post(List.of(RawClient.negotiate(negTokenResp(third))), new byte[0]);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Negotiate ");
        }
    }

    private static byte[] negTokenInit(byte[] message) throws IOException {
        ASN1ObjectIdentifier ntlm = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.2.10");
        ASN1EncodableVector init = new ASN1EncodableVector();
        init.add(new DERTaggedObject(true, 0, new DERSequence(ntlm)));
        init.add(new DERTaggedObject(true, 2, new DEROctetString(message)));
        ASN1EncodableVector framed = new ASN1EncodableVector();
        framed.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.2"));
        framed.add(new DERTaggedObject(true, 0, new DERSequence(init)));
        return new DERTaggedObject(false, BERTags.APPLICATION, 0, new DERSequence(framed)).getEncoded();
    }

    private static byte[] negTokenResp(byte[] message) throws IOException {
        return new DERTaggedObject(true, 1, new DERSequence(new DERTaggedObject(true, 2, new DEROctetString(message))))
                .getEncoded();
    }

    private static byte[] responseToken(byte[] token) {
        ASN1Sequence fields =
                ASN1Sequence.getInstance(ASN1TaggedObject.getInstance(token).getExplicitBaseObject());
        ASN1TaggedObject last = ASN1TaggedObject.getInstance(fields.getObjectAt(fields.size() - 1));
        return DEROctetString.getInstance(last.getExplicitBaseObject()).getOctets();
    }

    private static RawClient.Answer thirdMessage(WinRmEndpoint endpoint, byte[] message) throws Exception {
        try (RawClient client = RawClient.to(endpoint)) {
            challenge(client, ntlm(Given.PASSWORD));
            return client.post(List.of(RawClient.negotiate(message)), new byte[0]);
        }
    }

    private static byte[] challenge(RawClient client, NtlmClient ntlm) throws IOException {
        return Base64.getDecoder()
                .decode(client.post(List.of(RawClient.negotiate(ntlm.negotiate())), new byte[0])
                        .header("WWW-Authenticate")
                        .substring("Negotiate ".length()));
    }

    private static NtlmClient ntlm(String password) {
        return new NtlmClient(
                new NtlmClient.Account("", Given.USER, password.toCharArray(), ""),
                NtlmFlags.CLIENT,
                new SecureRandom(),
                Clock.systemUTC());
    }

    private static RawClient.Answer logOn(WinRmEndpoint endpoint, String domain, String password) throws Exception {
        return logOn(endpoint, domain, Given.USER, password);
    }

    private static RawClient.Answer logOn(WinRmEndpoint endpoint, String domain, String user, String password)
            throws Exception {
        try (RawClient client = RawClient.to(endpoint)) {
            return client.logOn(domain, user, password);
        }
    }
}

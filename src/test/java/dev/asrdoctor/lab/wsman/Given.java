package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What most tests here start from. */
final class Given {
    static final String USER = "admin";
    static final String PASSWORD = "Pässword 1";

    private Given() {}

    /** A host with one local account, on plain HTTP. */
    static EndpointSettings host() {
        return EndpointSettings.of(HostIdentity.named("PS01"), Accounts.of(Account.local(USER, PASSWORD)));
    }

    /** The same, where clear text and Basic are enough. */
    static EndpointSettings openHost() {
        return host().with(LogonRules.WITH_BASIC.withAllowUnencrypted(true));
    }

    /** Answers with the command line and its input. */
    static CommandRunner echo() {
        return (line, stdin) -> text(line + "|" + new String(stdin, UTF_8));
    }

    static ScriptResult text(String stdout) {
        return new ScriptResult(stdout.getBytes(UTF_8), new byte[0], 0);
    }

    static RawClient client(WinRmEndpoint endpoint) throws IOException {
        return RawClient.basic(endpoint, USER, PASSWORD);
    }

    /** All of stdout, over as many Receives as it takes. */
    static String run(RawClient client, String line) throws IOException {
        String shell = Soap.shellId(client.soap(Soap.create()));
        String output = runIn(client, shell, line);
        client.soap(Soap.delete(shell));
        return output;
    }

    static String runIn(RawClient client, String shell, String line) throws IOException {
        String command = Soap.commandId(client.soap(Soap.command(shell, line)));
        return new String(receiveAll(client, shell, command), UTF_8);
    }

    static byte[] receiveAll(RawClient client, String shell, String command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            RawClient.Answer answer = client.soap(Soap.receive(shell, command));
            if (answer.status() != 200) {
                throw new IOException(answer.text());
            }
            out.writeBytes(Soap.output(answer, "stdout"));
            if (Soap.state(answer).equals("Done")) {
                return out.toByteArray();
            }
        }
    }
}

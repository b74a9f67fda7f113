package dev.asrdoctor.lab.wsman;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out the requests of the cmd shell (MS-WSMV 3.1.4). */
final class ShellService {
    private static final String SIGNAL = Names.SHELL + "/signal/";

    private final EndpointSettings settings;
    private final Program program;
    private final Clock clock;
    private final Envelopes envelopes;
    private final Shells shells;

    /** Who asks, and from where. */
    record Caller(String owner, String clientIp) {}

    ShellService(EndpointSettings settings, Program program, Clock clock, Envelopes envelopes, Shells shells) {
        this.settings = settings;
        this.program = program;
        this.clock = clock;
        this.envelopes = envelopes;
        this.shells = shells;
    }

    byte[] handle(SoapRequest request, Caller caller, List<WireFault> faults)
            throws FaultException, InterruptedException {
        if (request.operation() == Operation.IDENTIFY) {
            return envelopes.identity(true);
        }
        if (request.operation() == Operation.OTHER) {
            throw new FaultException(WsmanFault.actionNotSupported());
        }
        boolean aboutShells =
                request.operation() == Operation.GET && request.resourceUri().equals(Names.SHELL);
        if (!aboutShells && !request.resourceUri().equals(Names.CMD_SHELL)) {
            throw new FaultException(WsmanFault.noSuchResource());
        }
        if (request.operation() == Operation.CREATE) {
            return create(request, caller, faults);
        }
        if (faults.stream().anyMatch(WireFault.ShellVanishes.class::isInstance)) {
            shells.remove(request.shellId());
        }
        Shell shell = shells.enter(request.shellId(), caller.owner());
        if (shell == null) {
            throw new FaultException(WsmanFault.noSuchShell(request.shellId()));
        }
        try {
            return inShell(request, shell, faults);
        } finally {
            shell.leave(clock.instant());
        }
    }

    private byte[] inShell(SoapRequest request, Shell shell, List<WireFault> faults)
            throws FaultException, InterruptedException {
        return switch (request.operation()) {
            case COMMAND -> command(request, shell, faults);
            case SEND -> send(request, shell);
            case RECEIVE -> receive(request, shell);
            case SIGNAL -> signal(request, shell);
            case DELETE -> {
                shells.remove(shell.id());
                yield envelopes.answer(Envelopes.Kind.DELETE, request, "");
            }
            case GET -> envelopes.answer(Envelopes.Kind.SHELL, request, shell.xml(clock.instant()));
            case CONNECT, NEGOTIATE, LOGON, CREATE, IDENTIFY, OTHER ->
                throw new FaultException(WsmanFault.actionNotSupported());
        };
    }

    private byte[] create(SoapRequest request, Caller caller, List<WireFault> faults) throws FaultException {
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.QuotaExhausted exhausted) {
                throw new FaultException(tooManyShells(exhausted.cimForm()));
            }
        }
        XmlElement asked = required(request.body(), "Shell");
        String idle = asked.textOf(Names.SHELL, "IdleTimeOut");
        Duration idleTimeout = idle.isEmpty() ? settings.quotas().idleTimeout() : SoapRequest.duration(idle);
        Shell shell =
                new Shell(envelopes.newId(), caller.owner(), caller.clientIp(), idleTimeout, asked, clock.instant());
        if (!shells.add(shell, settings.quotas().shellsPerUser())) {
            throw new FaultException(tooManyShells(settings.quotas().cimForm()));
        }
        String reference = "<x:ResourceCreated><a:Address>" + Xml.escape(request.to())
                + "</a:Address><a:ReferenceParameters><w:ResourceURI>" + Names.CMD_SHELL
                + "</w:ResourceURI><w:SelectorSet><w:Selector Name=\"ShellId\">" + shell.id()
                + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>";
        return envelopes.answer(Envelopes.Kind.SHELL, request, reference + shell.xml(clock.instant()));
    }

    private WsmanFault tooManyShells(boolean cimForm) {
        return WsmanFault.tooManyShells(
                settings.quotas().shellsPerUser(), cimForm ? WsmanFault.Form.CIM : WsmanFault.Form.WSMAN_FAULT);
    }

    private byte[] command(SoapRequest request, Shell shell, List<WireFault> faults) throws FaultException {
        XmlElement asked = required(request.body(), "CommandLine");
        XmlElement program = required(asked, "Command");
        String executable = program.text().strip();
        if (executable.isEmpty()) {
            throw new FaultException(WsmanFault.schema());
        }
        if (request.optionIs("WINRS_SKIP_CMD_SHELL", true) && executable.indexOf('\\') < 0) {
            // Without cmd.exe nobody looks through the PATH.
            throw new FaultException(WsmanFault.fileNotFound());
        }
        String line = Stream.concat(
                        Stream.of(executable),
                        asked.all(Names.SHELL, "Arguments").stream().map(XmlElement::text))
                .collect(Collectors.joining(" "));
        String chosen = asked.attribute("CommandId");
        ShellCommand command = new ShellCommand(
                chosen.isEmpty() ? envelopes.newId() : chosen,
                line,
                request.optionIs("WINRS_CONSOLEMODE_STDIN", false),
                this.program.with(shell.environment()),
                settings.output(),
                faults);
        shell.add(command);
        return envelopes.answer(
                Envelopes.Kind.SHELL,
                request,
                "<rsp:CommandResponse><rsp:CommandId>" + Xml.escape(command.id())
                        + "</rsp:CommandId></rsp:CommandResponse>");
    }

    private byte[] send(SoapRequest request, Shell shell) throws FaultException {
        for (XmlElement stream : required(request.body(), "Send").all(Names.SHELL, "Stream")) {
            if (!stream.attribute("Name").equals("stdin")) {
                throw new FaultException(WsmanFault.schema());
            }
            found(shell.command(stream.attribute("CommandId")))
                    .send(stream.decodedText(), Boolean.parseBoolean(stream.attribute("End")));
        }
        return envelopes.answer(Envelopes.Kind.SHELL, request, "<rsp:SendResponse/>");
    }

    private byte[] receive(SoapRequest request, Shell shell) throws FaultException, InterruptedException {
        XmlElement desired = required(required(request.body(), "Receive"), "DesiredStream");
        String commandId = desired.attribute("CommandId");
        ShellCommand command = found(shell.command(commandId));
        ReceiveAnswer answer = new ReceiveAnswer(
                commandId, request.maxEnvelope(), settings.output().bytesPerReceive());
        ShellCommand.Batch batch = command.receive(request.timeout(), answer);
        if (batch == null) {
            throw new FaultException(WsmanFault.timedOut());
        }
        return envelopes.answer(Envelopes.Kind.RECEIVE, request, answer.write(batch));
    }

    private byte[] signal(SoapRequest request, Shell shell) throws FaultException {
        XmlElement asked = required(request.body(), "Signal");
        ShellCommand command = found(shell.command(asked.attribute("CommandId")));
        String code = asked.textOf(Names.SHELL, "Code");
        switch (code) {
            case SIGNAL + "terminate", SIGNAL + "Terminate" -> {
                command.kill();
                shell.remove(command);
            }
            case SIGNAL + "ctrl_c", SIGNAL + "ctrl_break" -> command.interrupt();
            default -> throw new FaultException(WsmanFault.schema());
        }
        return envelopes.answer(Envelopes.Kind.SHELL, request, "<rsp:SignalResponse/>");
    }

    private static ShellCommand found(@Nullable ShellCommand command) throws FaultException {
        if (command == null) {
            throw new FaultException(WsmanFault.noSuchCommand());
        }
        return command;
    }

    private static XmlElement required(XmlElement parent, String name) throws FaultException {
        XmlElement child = parent.child(Names.SHELL, name);
        if (child == null) {
            throw new FaultException(WsmanFault.schema());
        }
        return child;
    }
}

package dev.asrdoctor.remoting.wsman;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an envelope from the server says. */
sealed interface WsmanAnswer {

    record ShellCreated(String shellId) implements WsmanAnswer {}

    record CommandStarted(String commandId) implements WsmanAnswer {}

    /**
     * Output so far.
     *
     * @param done the command has ended
     * @param exitCode null until then, and where the server does not tell it
     */
    record Received(
            List<StreamPart> parts, boolean done, @Nullable Integer exitCode) implements WsmanAnswer {}

    /** Send, Signal and Delete have nothing to say. */
    record Acknowledged() implements WsmanAnswer {}

    record Fault(WsmanFault fault) implements WsmanAnswer {}

    /** Any number of bytes of one stream, cut anywhere. */
    record StreamPart(String stream, byte[] data) {}
}

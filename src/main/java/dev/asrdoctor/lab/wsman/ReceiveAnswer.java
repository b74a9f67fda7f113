package dev.asrdoctor.lab.wsman;

/** Fills one answer to a Receive as far as its envelope allows. */
final class ReceiveAnswer implements ShellCommand.Room {
    /** Header, state and end marks of an answer, generously. */
    private static final int FRAME = 2600;

    private static final int STREAM_TAGS = 120;

    private final String commandId;
    private int charactersLeft;
    private int bytesLeft;

    ReceiveAnswer(String commandId, int maxEnvelope, int bytesPerReceive) {
        this.commandId = commandId;
        charactersLeft = maxEnvelope - FRAME;
        bytesLeft = bytesPerReceive;
    }

    @Override
    public int take(Piece piece) {
        int fitting = Math.max(0, (charactersLeft - STREAM_TAGS) / 4 * 3);
        int count = Math.min(piece.length(), Math.min(fitting, bytesLeft));
        charactersLeft -= STREAM_TAGS + (count + 2) / 3 * 4;
        bytesLeft -= count;
        return count;
    }

    CharSequence write(ShellCommand.Batch batch) {
        String id = Xml.escape(commandId);
        int length = batch.pieces().stream()
                .mapToInt(piece -> STREAM_TAGS + piece.length() * 4 / 3 + 4)
                .sum();
        StringBuilder xml = new StringBuilder(800 + length).append("<rsp:ReceiveResponse>");
        for (Piece piece : batch.pieces()) {
            stream(xml, piece.stream(), id).append('>').append(Base64Text.encode(piece));
            xml.append("</rsp:Stream>");
        }
        String state = "Running";
        if (batch.done()) {
            state = "Done";
            for (Program.Stream each : Program.Stream.values()) {
                stream(xml, each, id).append(" End=\"true\"></rsp:Stream>");
            }
        }
        xml.append("<rsp:CommandState CommandId=\"")
                .append(id)
                .append("\" State=\"")
                .append(Names.SHELL);
        xml.append("/CommandState/").append(state).append("\">");
        if (batch.done()) {
            xml.append("<rsp:ExitCode>").append(batch.exitCode()).append("</rsp:ExitCode>");
        }
        return xml.append("</rsp:CommandState></rsp:ReceiveResponse>");
    }

    private static StringBuilder stream(StringBuilder xml, Program.Stream stream, String id) {
        return xml.append("<rsp:Stream Name=\"")
                .append(stream.label())
                .append("\" CommandId=\"")
                .append(id)
                .append('"');
    }
}

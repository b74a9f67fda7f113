package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.lab.command.ScriptResult;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Applies planned faults to what a command wrote. */
final class OutputFaults {
    private static final byte[] FILLER = filler();

    private OutputFaults() {}

    static boolean hangs(List<WireFault> faults) {
        return faults.stream().anyMatch(WireFault.HangingCommand.class::isInstance);
    }

    static ScriptResult spoil(ScriptResult result, List<WireFault> faults) {
        byte[] stdout = result.stdout();
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.OutputFault output) {
                stdout = spoil(stdout, output);
            }
        }
        return new ScriptResult(stdout, result.stderr(), result.exitCode());
    }

    private static byte[] spoil(byte[] stdout, WireFault.OutputFault fault) {
        return switch (fault) {
            case WireFault.GarbledOutput garbled -> garble(stdout, garbled);
            case WireFault.TruncatedOutput cut -> Arrays.copyOf(stdout, Math.min(stdout.length, cut.keepBytes()));
            case WireFault.SurroundedOutput around ->
                join(around.before().getBytes(UTF_8), stdout, around.after().getBytes(UTF_8));
            case WireFault.ReplacedOutput replaced -> replaced.text().getBytes(UTF_8);
            case WireFault.HugeOutput huge -> stdout;
            case WireFault.HangingCommand hanging -> stdout;
        };
    }

    /** Output of this many bytes that takes no memory of its own. */
    static List<Piece> filler(List<WireFault> faults) {
        List<Piece> pieces = new ArrayList<>();
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.HugeOutput huge) {
                for (long left = huge.bytes(); left > 0; left -= FILLER.length) {
                    pieces.add(new Piece(Program.Stream.STDOUT, FILLER, 0, (int) Math.min(left, FILLER.length)));
                }
            }
        }
        return pieces;
    }

    private static byte[] garble(byte[] stdout, WireFault.GarbledOutput garbled) {
        SplittableRandom random = new SplittableRandom(garbled.seed());
        byte[] bytes = stdout.clone();
        for (int i = 0; i < garbled.flips() && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        for (int i = 0; i < garbled.inserts(); i++) {
            int at = random.nextInt(bytes.length + 1);
            bytes = join(
                    Arrays.copyOf(bytes, at),
                    new byte[] {(byte) random.nextInt(256)},
                    Arrays.copyOfRange(bytes, at, bytes.length));
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] filler() {
        byte[] bytes = new byte[32 * 1024];
        Arrays.fill(bytes, (byte) '.');
        for (int i = 79; i < bytes.length; i += 80) {
            bytes[i] = '\n';
        }
        return bytes;
    }
}

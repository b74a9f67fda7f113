package dev.asrdoctor.lab.wsman;

import java.net.InetAddress;
import java.net.UnknownHostException;

final class Loopback {
    static final InetAddress FIRST = of(127, 0, 0, 1);

    private Loopback() {}

    static InetAddress of(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.asrdoctor.check;

import java.util.Map;

/** Win32 error codes with which Windows services end or refuse to start, in words. */
public final class ExitCodes {
    public static final long STOPPED_ORDINARILY = 0;
    public static final long SERVICE_SPECIFIC = 1066;
    public static final long CRASHED = 1067;
    public static final long NEVER_STARTED = 1077;

    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(0L, "stopped in the ordinary way"),
            Map.entry(2L, "a file was not found"),
            Map.entry(3L, "a path was not found"),
            Map.entry(5L, "access is denied"),
            Map.entry(8L, "not enough memory"),
            Map.entry(14L, "out of memory"),
            Map.entry(19L, "the medium is write protected"),
            Map.entry(21L, "the device is not ready"),
            Map.entry(87L, "a parameter is wrong"),
            Map.entry(109L, "the pipe was ended"),
            Map.entry(112L, "the disk is full"),
            Map.entry(126L, "a module was not found"),
            Map.entry(193L, "the program is not a valid one"),
            Map.entry(1053L, "it did not answer the start request in time"),
            Map.entry(1055L, "the service database is locked"),
            Map.entry(1056L, "it runs already"),
            Map.entry(1058L, "it is disabled"),
            Map.entry(1059L, "its dependencies form a circle"),
            Map.entry(1060L, "it is not installed"),
            Map.entry(1061L, "it cannot accept control messages now"),
            Map.entry(1062L, "it is not started"),
            Map.entry(1066L, "it ended with an error of its own"),
            Map.entry(1067L, "its process ended unexpectedly"),
            Map.entry(1068L, "a service that it depends on could not be started"),
            Map.entry(1069L, "the logon of its account failed"),
            Map.entry(1070L, "it hung while starting"),
            Map.entry(1072L, "it is marked for deletion"),
            Map.entry(1075L, "a service that it depends on is not installed"),
            Map.entry(1077L, "no start was attempted since the last boot"),
            Map.entry(1079L, "its account differs from that of other services in the same process"),
            Map.entry(577L, "its signature is not accepted"),
            Map.entry(1450L, "not enough resources of the system"),
            Map.entry(1455L, "the page file is too small"),
            Map.entry(1789L, "the machine's account does not fit its domain"),
            Map.entry(1385L, "its account lacks the right to log on as a service"));

    private ExitCodes() {}

    /** For example {@code error 1069: the logon of its account failed}. */
    public static String words(long code) {
        String words = WORDS.get(code);
        String number = code > 0xFFFF ? "0x%08X".formatted(code) : Long.toString(code);
        return words == null ? "error " + number : "error " + number + ": " + words;
    }
}

package dev.asrdoctor.remoting;

/** A transport whose libraries are there only for those who name it; made by {@link OptionalTransports}. */
public interface OptionalTransport {

    /** @param settings what every transport has to know */
    Remoting open(Settings settings);

    /**
     * @param outputLimit bytes of standard output and error together
     * @param powerShell program for a transport that starts PowerShell itself
     */
    record Settings(int outputLimit, String powerShell) {}
}

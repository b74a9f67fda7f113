package dev.asrdoctor.lab.wsman;

/** A request that HTTP.sys answers itself, without asking WinRM, and closes the connection after. */
final class HttpRefusal extends Exception {
    private final int status;

    HttpRefusal(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    HttpAnswer answer() {
        return HttpAnswer.ofHttpSys(status, String.valueOf(getMessage()));
    }
}

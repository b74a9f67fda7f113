package dev.asrdoctor.remoting;

import java.time.Duration;

/** What happened and what to do next, in words for an administrator, for every kind of failure. */
final class FailureWords {
    private FailureWords() {}

    static String message(RemotingFailure failure) {
        return switch (failure) {
            case RemotingFailure.OfNetwork of -> NetworkWords.message(of);
            case RemotingFailure.OfTls of -> TlsWords.message(of);
            case RemotingFailure.OfHttp of -> HttpWords.message(of);
            case RemotingFailure.OfLogon of -> LogonWords.message(of);
            case RemotingFailure.OfShell of -> ShellWords.message(of);
        };
    }

    static String advice(RemotingFailure failure) {
        return switch (failure) {
            case RemotingFailure.OfNetwork of -> NetworkWords.advice(of);
            case RemotingFailure.OfTls of -> TlsWords.advice(of);
            case RemotingFailure.OfHttp of -> HttpWords.advice(of);
            case RemotingFailure.OfLogon of -> LogonWords.advice(of);
            case RemotingFailure.OfShell of -> ShellWords.advice(of);
        };
    }

    static String time(Duration duration) {
        if (duration.toMinutes() >= 10) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}

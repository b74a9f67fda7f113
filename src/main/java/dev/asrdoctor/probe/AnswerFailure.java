package dev.asrdoctor.probe;

import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.WindowsError;
import java.util.Locale;
import java.util.Optional;

/** Why the output of a script that has ended is not its answer. */
public sealed interface AnswerFailure {

    /** One line: what came. */
    String message();

    /** The probable cause and the next action. */
    String advice();

    /** The kind as a word for machines, such as {@code cut-answer}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /**
     * @param excerpt the beginning of what was written instead, on one line, possibly empty
     * @param memory what was written tells that memory ran out
     */
    record NoAnswer(int exitCode, String excerpt, boolean memory) implements AnswerFailure {
        private static final int LAST_OF_PROGRAMS = 255;

        public NoAnswer(int exitCode, String excerpt) {
            this(exitCode, excerpt, OutOfMemory.tells(excerpt));
        }

        @Override
        public String message() {
            return "the script ended "
                    + (exitCode == Output.NO_EXIT_CODE
                            ? "without an exit code"
                            : "with exit code " + WindowsError.label(exitCode))
                    + " and without an answer"
                    + (excerpt.isEmpty() ? "" : ": " + excerpt);
        }

        @Override
        public String advice() {
            if (memory) {
                return WindowsError.MEMORY;
            }
            // Small ones are the program's own.
            Optional<WindowsError> known =
                    exitCode >= 0 && exitCode <= LAST_OF_PROGRAMS ? Optional.empty() : WindowsError.of(exitCode);
            return known.map(WindowsError::advice)
                    .orElse(
                            "Something on the server stopped the script or its output: an antivirus (look for a blocked script in its"
                                    + " log), a policy that forbids PowerShell, or a logon script that ends the session. Run it again with -v to"
                                    + " see all that was written.");
        }
    }

    /** @param expected length that the answer announced, or -1 when not even that arrived */
    record CutAnswer(int expected, int arrived) implements AnswerFailure {
        @Override
        public String message() {
            return "the script's answer is cut"
                    + (expected < 0 ? "" : ": " + arrived + " of " + expected + " characters arrived");
        }

        @Override
        public String advice() {
            return "The remote shell was closed before the answer was complete, probably by a quota or a restart of WinRM. Run it again;"
                    + " if it repeats, look at MaxMemoryPerShellMB and at the event log Microsoft-Windows-WinRM/Operational.";
        }
    }

    /** @param what could not be done with facts that came as they were sent */
    record OddAnswer(String what) implements AnswerFailure {
        @Override
        public String message() {
            return "the script's answer cannot be judged: " + what;
        }

        @Override
        public String advice() {
            return "No process server is known to answer like this. Nothing was concluded from it, and other servers are not"
                    + " touched by it. Look at what the server itself is like; if it looks sound, please report this line.";
        }
    }

    record GarbledAnswer(String what) implements AnswerFailure {
        @Override
        public String message() {
            return "the script's answer was changed on its way: " + what;
        }

        @Override
        public String advice() {
            return "Nothing in it was used. A profile, a transcript or a proxy that writes into the output can do this; run it again,"
                    + " and if it repeats look for what else writes to the console of a remote session on that server.";
        }
    }

    record ConstrainedLanguage() implements AnswerFailure {
        @Override
        public String message() {
            return "PowerShell runs in constrained language mode for this account";
        }

        @Override
        public String advice() {
            return "AppLocker or Windows Defender Application Control restricts scripts there. Let the account run PowerShell in full"
                    + " language mode, or allow asrdoctor's scripts in the policy.";
        }
    }

    record NoPowerShell() implements AnswerFailure {
        @Override
        public String message() {
            return "powershell.exe was not found on the server";
        }

        @Override
        public String advice() {
            return "Windows PowerShell belongs to Windows Server; look whether it was removed, or whether PATH of the account lacks"
                    + " %SystemRoot%\\System32\\WindowsPowerShell\\v1.0.";
        }
    }

    /** @param version what the answer says that it is */
    record OtherVersion(String version) implements AnswerFailure {
        @Override
        public String message() {
            return "the answer is of version " + version + ", which this asrdoctor does not know";
        }

        @Override
        public String advice() {
            return "Use the asrdoctor that sent the script, or a newer one.";
        }
    }
}

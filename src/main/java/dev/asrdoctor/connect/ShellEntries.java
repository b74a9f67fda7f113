package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Step;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.probe.ShellFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the shell told, step by step. */
final class ShellEntries {
    private static final long LITTLE_MEMORY_MB = 512;

    private ShellEntries() {}

    static void enter(ShellFacts facts, ConnectionSheet sheet) {
        sheet.ok(Step.SHELL, "a remote shell opens, runs a script and closes", List.of());
        sheet.ok(
                Step.POWERSHELL,
                (facts.psVersion() == null ? "it answers" : "version " + facts.psVersion())
                        + (facts.dotNetVersion() == null ? "" : ", .NET Framework " + facts.dotNetVersion()),
                List.of());
        sheet.ok(
                Step.LANGUAGE_MODE,
                facts.languageMode() == null ? "scripts of asrdoctor run" : facts.languageMode(),
                List.of());
        enterPolicy(facts, sheet);
        enterMemory(facts.memoryMB(), sheet);
        enterRights(facts.administrator(), sheet);
    }

    private static void enterPolicy(ShellFacts facts, ConnectionSheet sheet) {
        String policy = facts.policy();
        if (policy != null && (policy.equalsIgnoreCase("Restricted") || policy.equalsIgnoreCase("AllSigned"))) {
            sheet.warn(
                    Step.EXECUTION_POLICY,
                    "execution-policy",
                    policy + ", set by group policy, which no command line can loosen",
                    List.of(new Action(
                            Where.THE_SERVER,
                            "asrdoctor sends no script files, so it is not affected; but the module of the MARS agent may not"
                                    + " load, and then its proxy and bandwidth stay unknown. The policy is 'Turn on Script"
                                    + " Execution' (Windows PowerShell):",
                            List.of("Get-ExecutionPolicy -List", "gpresult /h gpresult.html"))));
        } else if (policy != null) {
            sheet.ok(Step.EXECUTION_POLICY, policy + ", set by group policy", List.of());
        } else {
            sheet.ok(
                    Step.EXECUTION_POLICY,
                    facts.executionPolicy() == null
                            ? "nothing is set; asrdoctor sends no script files"
                            : facts.executionPolicy() + ", set on the machine",
                    List.of());
        }
    }

    private static void enterMemory(@Nullable Long memoryMB, ConnectionSheet sheet) {
        if (memoryMB == null) {
            sheet.unknown(Step.MEMORY_QUOTA, "MaxMemoryPerShellMB could not be read");
        } else if (memoryMB > 0 && memoryMB < LITTLE_MEMORY_MB) {
            sheet.warn(
                    Step.MEMORY_QUOTA,
                    "memory-quota",
                    "one shell may use " + memoryMB + " MB (MaxMemoryPerShellMB); less than " + LITTLE_MEMORY_MB
                            + " MB can end a check half way",
                    List.of(new Action(
                            Where.THE_SERVER,
                            "Raise it; where it comes from a group policy ('Specify maximum amount of memory in MB per Shell'),"
                                    + " raise it there.",
                            List.of(
                                    "Set-Item WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB 1024",
                                    "Restart-Service WinRM"))));
        } else {
            sheet.ok(
                    Step.MEMORY_QUOTA,
                    memoryMB == 0 ? "one shell may use any amount of memory" : "one shell may use " + memoryMB + " MB",
                    List.of());
        }
    }

    private static void enterRights(@Nullable Boolean administrator, ConnectionSheet sheet) {
        if (administrator == null) {
            sheet.unknown(Step.ADMINISTRATOR, "could not be told");
        } else if (administrator) {
            sheet.ok(Step.ADMINISTRATOR, "the account has an administrator's rights", List.of());
        } else {
            sheet.warn(
                    Step.ADMINISTRATOR,
                    "not-administrator",
                    "the account may log on but has not an administrator's rights, so much will stay unknown",
                    sheet.advice().rights());
        }
    }
}

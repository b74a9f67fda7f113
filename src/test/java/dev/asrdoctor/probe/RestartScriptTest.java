package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartScriptTest {
    private static final String SERVICES = """

            Set-StrictMode -Version 2
            $ErrorActionPreference = 'Stop'
            function New-FakeService {
                param([string]$Name, [bool]$Refuses)
                $fake = New-Object PSObject -Property @{ Name = $Name; Status = 4; Refuses = $Refuses; DependentServices = @() }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Refresh -Value { }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Start -Value { $this.Status = 4 }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Stop -Value {
                    if ($this.Refuses) { throw (New-Object System.ComponentModel.Win32Exception -ArgumentList 5) }
                    $this.Status = 1
                }
                return $fake
            }
            $script:helper = New-FakeService -Name 'MarsHelper' -Refuses $false
            $script:engine = New-FakeService -Name 'obengine' -Refuses $true
            $script:engine.DependentServices = @($script:helper)
            function Find-AsrService { param([string]$Name) return $script:engine }
            function Get-AsrServiceProcess { param([string]$Name) return '4711' }
            $result = Restart-AsrService -Name 'obengine' -ProcessId '4711' -WaitSeconds 2 -WhatIf $false
            $result['outcome'] + ' ' + $result['win32Error'] + ' ' + $script:helper.Status
            """;

    @TempDir
    Path folder;

    @Test
    void bringsUpAgainWhatItStoppedWhenWindowsRefusesHalfWay() throws Exception {
        StringBuilder script = new StringBuilder();
        for (String part : new String[] {"lib/begin", "lib/services", "remedy/result", "remedy/restart-service"}) {
            script.append(Files.readString(Peers.project("ps-scripts/" + part + ".ps1")));
        }
        Path file = Files.writeString(folder.resolve("restart.ps1"), script.append(SERVICES));
        Process run = new ProcessBuilder(
                        Peers.powerShell().toString(), "-NoProfile", "-NonInteractive", "-File", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(run.waitFor()).isZero();
        assertThat(out.strip()).isEqualTo("restart-failed 5 4");
    }
}

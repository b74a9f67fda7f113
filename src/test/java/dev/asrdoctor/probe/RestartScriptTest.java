package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
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
        String out = ShippedScripts.run(
                folder, SERVICES, "lib/begin", "lib/services", "remedy/result", "remedy/restart-service");
        assertThat(out).isEqualTo("restart-failed 5 4");
    }
}

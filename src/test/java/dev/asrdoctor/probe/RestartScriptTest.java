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
                param([string]$Name, [int]$Status = 4)
                $fake = New-Object PSObject -Property @{
                    Name = $Name; Status = $Status; Refuses = $false; StopsAfter = 0; Comes = 4; DependentServices = @(); Watch = $null
                }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Refresh -Value {
                    if ($null -ne $this.Watch -and $this.Watch.ElapsedMilliseconds -ge $this.StopsAfter) {
                        $this.Status = 1
                        $this.Watch = $null
                    }
                }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Start -Value {
                    if ($this.Status -eq 3) { throw (New-Object System.ComponentModel.Win32Exception -ArgumentList 1056) }
                    $this.Status = $this.Comes
                }
                Add-Member -InputObject $fake -MemberType ScriptMethod -Name Stop -Value {
                    if ($this.Refuses) { throw (New-Object System.ComponentModel.Win32Exception -ArgumentList 5) }
                    $this.Status = 3
                    $this.Watch = [System.Diagnostics.Stopwatch]::StartNew()
                }
                return $fake
            }
            function Find-AsrService { param([string]$Name) return $engine }
            function Get-AsrServiceProcess { param([string]$Name) return '4711' }
            function Restart-Engine {
                $result = Restart-AsrService -Name 'obengine' -ProcessId '4711' -WaitSeconds 1 -WhatIf $false
                $told = @($result['outcome'], ($(if ($null -ne $result['win32Error']) { $result['win32Error'] } else { $result['message'] })), $engine.Status)
                foreach ($other in $engine.DependentServices) { $told += $other.Status }
                $told -join ' '
            }
            $engine = New-FakeService -Name 'obengine'
            """;

    @TempDir
    Path folder;

    @Test
    void bringsUpAgainWhatItStoppedWhenWindowsRefusesHalfWay() throws Exception {
        assertThat(restarted("""
                $engine.Refuses = $true
                $engine.DependentServices = @((New-FakeService -Name 'MarsHelper'))
                """)).isEqualTo("restart-failed 5 4 4");
    }

    @Test
    void startsAServiceThatIsSlowToStop() throws Exception {
        assertThat(restarted("$engine.StopsAfter = 1400\n")).isEqualTo("restarted  4");
    }

    @Test
    void tellsAServiceThatDoesNotStopAndBringsUpWhatRanOnTop() throws Exception {
        assertThat(restarted("""
                $engine.StopsAfter = 60000
                $engine.DependentServices = @((New-FakeService -Name 'MarsHelper'))
                """)).isEqualTo("stop-timed-out obengine 3 4");
    }

    @Test
    void stopsPausedDependantsTooAndLeavesStoppedOnesAlone() throws Exception {
        assertThat(restarted("""
                $engine.DependentServices = @((New-FakeService -Name 'Paused' -Status 7), (New-FakeService -Name 'Off' -Status 1))
                """)).isEqualTo("restarted  4 4 1");
    }

    @Test
    void namesTheFirstDependantThatStaysDownAndStartsTheOthers() throws Exception {
        assertThat(restarted("""
                $engine.DependentServices = @((New-FakeService -Name 'A'), (New-FakeService -Name 'B'), (New-FakeService -Name 'C'))
                $engine.DependentServices[2].Comes = 1
                """)).isEqualTo("dependant-down C 4 4 4 1");
    }

    private String restarted(String scene) throws Exception {
        return ShippedScripts.run(
                folder,
                SERVICES + scene + "Restart-Engine\n",
                "lib/begin",
                "lib/services",
                "remedy/result",
                "remedy/restart-service");
    }
}

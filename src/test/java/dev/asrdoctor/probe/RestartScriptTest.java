package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartScriptTest {
    /** Time goes on only where the script sleeps, so that it is the same on a busy machine. */
    private static final String SERVICES = """

            Set-StrictMode -Version 2
            $ErrorActionPreference = 'Stop'
            $clock = New-Object PSObject -Property @{ Millis = 0 }
            function Start-Sleep { param([int]$Milliseconds) $clock.Millis += $Milliseconds }
            function Start-AsrWatch {
                $fake = New-Object PSObject -Property @{ Began = $clock.Millis }
                Add-Member -InputObject $fake -MemberType ScriptProperty -Name ElapsedMilliseconds -Value { $clock.Millis - $this.Began }
                Add-Member -InputObject $fake -MemberType ScriptProperty -Name Elapsed -Value { [TimeSpan]::FromMilliseconds($clock.Millis - $this.Began) }
                return $fake
            }
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
                    $this.Watch = Start-AsrWatch
                }
                return $fake
            }
            function Find-AsrService { param([string]$Name) return $engine }
            $settings = @{}
            function Get-AsrServiceKey {
                param([string]$Name)
                if ($settings.ContainsKey($Name)) { return $settings[$Name] }
                return (New-Object PSObject -Property @{ Start = 2; DelayedAutostart = 0; DependOnService = @() })
            }
            function Get-AsrServiceProcess { param([string]$Name) return '4711' }
            function Restart-Engine {
                $result = Restart-AsrService -Name 'obengine' -ProcessId '4711' -WaitSeconds 1 -LimitSeconds 8 -WhatIf $false
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "obengine | New-Settings -Start 4 | refused-disabled obengine",
                "obengine | $null | refused-unread obengine",
                "obengine | New-Settings -Deleted 1 | refused-deleted obengine",
                "B | New-Settings -Start 4 | refused-disabled B",
                "B | New-Settings -Deleted 1 | refused-deleted B",
                "B | $null | refused-unread B",
            })
    void stopsNothingWhereTheServiceOrAnyDependantMightNotStartAgain(String name, String settings, String told)
            throws Exception {
        assertThat(restarted("""
                function New-Settings {
                    param([int]$Start = 2, [int]$Deleted = 0)
                    return (New-Object PSObject -Property @{ Start = $Start; DelayedAutostart = 0; DependOnService = @(); DeleteFlag = $Deleted })
                }
                $engine.DependentServices = @((New-FakeService -Name 'A'), (New-FakeService -Name 'B'))
                $settings['%s'] = %s
                """.formatted(name, settings))).isEqualTo(told + " 4 4 4");
    }

    @Test
    void stopsNothingWhereWhatItDependsOnIsDownAndDisabled() throws Exception {
        assertThat(restarted("""
                function Find-AsrService {
                    param([string]$Name)
                    if ($Name -eq 'obengine') { return $engine }
                    return (New-FakeService -Name $Name -Status 1)
                }
                function Test-AsrDriver { param([string]$Name) return $false }
                $settings['obengine'] = New-Object PSObject -Property @{ Start = 2; DelayedAutostart = 0; DependOnService = @('Below') }
                $settings['Below'] = New-Object PSObject -Property @{ Start = 4; DelayedAutostart = 0; DependOnService = @() }
                """)).isEqualTo("refused-disabled Below 4");
    }

    @Test
    void tellsAServiceThatWindowsRefusesToStartAgainAsStopped() throws Exception {
        assertThat(restarted("""
                Add-Member -InputObject $engine -MemberType ScriptMethod -Name Start -Force -Value {
                    throw (New-Object System.ComponentModel.Win32Exception -ArgumentList 1069)
                }
                function Restart-Engine {
                    $result = Restart-AsrService -Name 'obengine' -ProcessId '4711' -WaitSeconds 1 -LimitSeconds 8 -WhatIf $false
                    @($result['outcome'], $result['win32Error'], $result['after']) -join ' '
                }
                """)).isEqualTo("restart-failed 1069 stopped");
    }

    /** Four dependants that take their time to stop and more than one may take to start: the stops use up half of it. */
    @ParameterizedTest
    @CsvSource({
        "1400, stop-timed-out C 5000 4 2 2 3 4",
        "700, stop-timed-out obengine 6000 1 2 2 2 2",
    })
    void sharesItsTimeOutSoThatItEndsWithinItsLimitAndEverythingWasToldToStart(int stopsAfter, String told)
            throws Exception {
        assertThat(restarted("""
                $engine.DependentServices = @('A', 'B', 'C', 'D' | ForEach-Object { New-FakeService -Name $_ })
                foreach ($each in @($engine) + $engine.DependentServices) { $each.StopsAfter = %d; $each.Comes = 2 }
                function Restart-Engine {
                    $result = Restart-AsrService -Name 'obengine' -ProcessId '4711' -WaitSeconds 1 -LimitSeconds 6 -WhatIf $false
                    $told = @($result['outcome'], $result['message'], $clock.Millis, $engine.Status)
                    foreach ($other in $engine.DependentServices) { $told += $other.Status }
                    $told -join ' '
                }
                """.formatted(stopsAfter))).isEqualTo(told);
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

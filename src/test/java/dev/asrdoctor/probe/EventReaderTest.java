package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of the System log, over records of every kind that a log may hold. */
class EventReaderTest {
    /** A log is a list of records, the newest first; a text in place of one is what reading it throws. */
    private static final String LOG = """

            $log = New-Object System.Collections.Queue
            $asked = 0
            function New-Sid {
                param([string]$Value, [bool]$Known = $true)
                $sid = New-Object PSObject -Property @{ Value = $Value; Known = $Known }
                Add-Member -InputObject $sid -MemberType ScriptMethod -Name Translate -Value {
                    $script:asked++
                    if (-not $this.Known) { throw 'no such account' }
                    return (New-Object PSObject -Property @{ Value = 'LAB\\alice' })
                }
                return $sid
            }
            function Add-Record {
                param([int]$Id, [string[]]$Texts, $User = $null)
                $script:log.Enqueue((New-Object PSObject -Property @{
                            Id = $Id; TimeCreated = (Get-Date); UserId = $User
                            Properties = @($Texts | ForEach-Object { New-Object PSObject -Property @{ Value = $_ } })
                        }))
            }
            function New-AsrEventReader {
                $reader = New-Object PSObject -Property @{ Log = $script:log }
                Add-Member -InputObject $reader -MemberType ScriptMethod -Name ReadEvent -Value {
                    if ($this.Log.Count -eq 0) { return $null }
                    $record = $this.Log.Dequeue()
                    if ($record -is [string]) { throw (New-Object System.IO.InvalidDataException $record) }
                    return $record
                }
                Add-Member -InputObject $reader -MemberType ScriptMethod -Name Dispose -Value { }
                return $reader
            }
            function Show-Events {
                $read = Read-AsrServiceEvent -About @('svagents', 'InMage Scout VX Agent') -Since (Get-Date).AddHours(-24)
                $told = @($read['events'] | ForEach-Object { [string]$_['id'] + ' ' + ($_['parameters'] -join ',') + ' ' + $_['by'] })
                ($told -join '; ') + ' error=' + $read['error'] + ' asked=' + $script:asked
            }
            """;

    @TempDir
    Path folder;

    @Test
    void noNoiseOfOthersPushesOutWhoStoppedAService() throws Exception {
        assertThat(shown("""
                foreach ($i in 1..3000) { Add-Record 7031 @('Spooler', '1') }
                Add-Record 7042 @('InMage Scout VX Agent', 'stop') (New-Sid 'S-1-5-21-1')
                """)).isEqualTo("7042 InMage Scout VX Agent,stop LAB\\alice error= asked=1");
    }

    @Test
    void manyOfOneKindPushOutNoneOfAnother() throws Exception {
        assertThat(shown("""
                foreach ($i in 1..40) { Add-Record 7031 @('svagents', [string]$i) }
                Add-Record 7040 @('svagents', 'auto start') (New-Sid 'S-1-5-21-1')
                """))
                .contains("7031 svagents,1 ")
                .contains("7031 svagents,10 ")
                .doesNotContain("7031 svagents,11 ")
                .contains("7040 svagents,auto start LAB\\alice");
    }

    @Test
    void whatWasReadBeforeABrokenRecordIsKeptAndTheBreakIsTold() throws Exception {
        assertThat(shown("""
                Add-Record 7024 @('svagents', '%%1068')
                $log.Enqueue('The data is invalid')
                Add-Record 7042 @('svagents', 'stop') (New-Sid 'S-1-5-21-1')
                """)).isEqualTo("7024 svagents,%%1068  error=System.IO.InvalidDataException asked=0");
    }

    @Test
    void aLogThatMayNotBeReadIsNoEmptyLog() throws Exception {
        assertThat(shown("""
                function New-AsrEventReader { throw (New-Object System.UnauthorizedAccessException) }
                """)).isEqualTo("error=System.UnauthorizedAccessException asked=0");
    }

    @Test
    void aLogThatIsLongerThanWhatIsReadSaysSo() throws Exception {
        assertThat(shown("""
                foreach ($i in 1..20001) { Add-Record 7031 @('Spooler', '1') }
                """)).endsWith("error=cut asked=0");
    }

    @Test
    void anAccountIsLookedUpOnceAndOneThatNobodyKnowsKeepsItsSid() throws Exception {
        assertThat(shown("""
                foreach ($i in 1..5) { Add-Record 7042 @('svagents', 'stop') (New-Sid 'S-1-5-21-9' $false) }
                Add-Record 7040 @('svagents', 'auto start') (New-Sid 'S-1-5-18')
                """))
                .contains("7042 svagents,stop S-1-5-21-9")
                .contains("7040 svagents,auto start S-1-5-18")
                .endsWith("asked=1");
    }

    private String shown(String log) throws Exception {
        return ShippedScripts.run(
                folder, LOG + log + "Show-Events\n", "lib/begin", "lib/json", "lib/services", "lib/events");
    }
}

package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryScriptTest {
    @TempDir
    Path folder;

    @Test
    void aKeyWithoutValuesIsThereAndOneThatIsNotIsNot() throws Exception {
        assertThat(ShippedScripts.run(folder, """

                        Set-StrictMode -Version 2
                        $ErrorActionPreference = 'Stop'
                        function Get-ItemProperty {
                            param([string]$LiteralPath)
                            if ($LiteralPath -eq 'gone') {
                                throw (New-Object System.Management.Automation.ErrorRecord -ArgumentList (New-Object System.Exception -ArgumentList 'x'), 'PathNotFound', ([System.Management.Automation.ErrorCategory]::ObjectNotFound), $null)
                            }
                        }
                        $empty = Get-AsrKey -Path 'empty'
                        [string]($null -ne $empty) + ' ' + ($null -eq (Get-AsrText -Key $empty -Name 'a')) + ' ' + ($null -eq (Get-AsrKey -Path 'gone'))
                        """, "lib/begin", "lib/registry")).isEqualTo("True True True");
    }
}

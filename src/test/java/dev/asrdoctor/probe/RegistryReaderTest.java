package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose values Get-ItemProperty does not give. */
class RegistryReaderTest {
    private static final String KEY = """

            $values = @{ Version = '9.61'; CX_TYPE = [byte[]](1, 2, 3, 4, 5) }
            function Get-Item {
                param([string]$LiteralPath)
                $key = New-Object PSObject -Property @{ Values = $script:values }
                Add-Member -InputObject $key -MemberType ScriptMethod -Name GetValueNames -Value { return @($this.Values.Keys) }
                Add-Member -InputObject $key -MemberType ScriptMethod -Name GetValue -Value { param($Name) return $this.Values[$Name] }
                return $key
            }
            function Show-Key {
                $key = Get-AsrKey -Path 'HKLM:\\X'
                ($null -ne $key).ToString() + ' ' + (Get-AsrText -Key $key -Name 'Version') + ' ' + (Get-AsrNumber -Key $key -Name 'CX_TYPE')
            }
            """;

    @TempDir
    Path folder;

    @Test
    void oneValueOfAnotherSizeThanItsTypeCostsNoOther() throws Exception {
        assertThat(shown("function Get-ItemProperty { throw (New-Object System.InvalidCastException) }\n"))
                .isEqualTo("True 9.61");
    }

    @Test
    void aKeyWithoutValuesIsThere() throws Exception {
        assertThat(shown("function Get-ItemProperty { }\n$values = @{}\n")).isEqualTo("True");
    }

    @Test
    void aServicesKeyWithSuchAValueIsReadToo() throws Exception {
        String told = ShippedScripts.run(folder, KEY + """
                        function Get-ItemProperty { throw (New-Object System.InvalidCastException) }
                        $values = @{ Start = [int]4; Odd = [byte[]](1, 2) }
                        Get-AsrStartType -Key (Get-AsrServiceKey -Name 'obengine')
                        $values = @{ Start = [byte[]](4, 0); Odd = [byte[]](1, 2) }
                        'unread ' + (Get-AsrStartType -Key (Get-AsrServiceKey -Name 'obengine'))
                        """, "lib/begin", "lib/services");
        assertThat(told.lines()).containsExactly("disabled", "unread");
    }

    private String shown(String scene) throws Exception {
        return ShippedScripts.run(folder, KEY + scene + "Show-Key\n", "lib/begin", "lib/registry")
                .strip();
    }
}

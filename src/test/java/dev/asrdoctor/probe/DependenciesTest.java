package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ShippedScripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts take for a service's dependencies, asked of a registry in real PowerShell. */
class DependenciesTest {
    private static final String REGISTRY = """
            function Get-ItemProperty {
                param([string]$LiteralPath)
                switch ($LiteralPath.Substring($LiteralPath.LastIndexOf('\\') + 1)) {
                    'W3SVC' { return [pscustomobject]@{ Type = 32; DependOnService = [string[]]@('WAS', 'HTTP', '+Group', 'Ntfs', 'Gone') } }
                    'WAS' { return [pscustomobject]@{ Type = 32 } }
                    'HTTP' { return [pscustomobject]@{ Type = 1 } }
                    'Ntfs' { return [pscustomobject]@{ Type = 2 } }
                }
                throw 'Cannot find path'
            }
            [Console]::Out.WriteLine((Get-AsrDependency -Key (Get-AsrServiceKey -Name 'W3SVC')) -join ',')
            """;

    @TempDir
    Path folder;

    @Test
    void leaveOutDriversAndGroupsAndKeepWhatIsGone() throws Exception {
        assertThat(ShippedScripts.run(folder, REGISTRY, "lib/begin", "lib/services"))
                .isEqualTo("WAS,Gone");
    }
}

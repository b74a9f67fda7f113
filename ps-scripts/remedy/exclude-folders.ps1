# Adds folders to Windows Defender's exclusions; those that are there already stay as they are.

function Read-AsrExcluded {
    $preference = Get-CimInstance -Namespace 'root\Microsoft\Windows\Defender' -ClassName MSFT_MpPreference -OperationTimeoutSec 20
    return , @($preference.ExclusionPath | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_ })
}

function Add-AsrExclusion {
    param([string]$Folders, [bool]$WhatIf)
    $result = New-AsrResult -Name 'Windows Defender'
    try {
        $excluded = Read-AsrExcluded
        $result['before'] = [string]$excluded.Length
        $result['after'] = $result['before']
        $missing = @($Folders.Split([char]'|') | Where-Object { $excluded -notcontains $_ })
        if ($missing.Length -eq 0) {
            $result['outcome'] = 'already-set'
            return $result
        }
        if ($WhatIf) {
            $result['outcome'] = 'would-set'
            return $result
        }
        [void](Invoke-CimMethod -Namespace 'root\Microsoft\Windows\Defender' -ClassName MSFT_MpPreference -MethodName Add -Arguments @{ ExclusionPath = [string[]]$missing } -OperationTimeoutSec 60)
        $result['after'] = [string](Read-AsrExcluded).Length
        $result['outcome'] = 'set'
    }
    catch {
        $result['outcome'] = 'set-failed'
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}

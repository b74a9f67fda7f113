# Classes of CIM.

# The subset of WQL that the scripts use: terms such as Name='a', ProcessId=4 or Started=TRUE, joined by OR or by AND.
function Test-LabFilter {
    param($Instance, [string]$Filter)
    if ($Filter -eq '') {
        return $true
    }
    $hits = 0
    $terms = [regex]::Matches($Filter, "(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\d+|TRUE|FALSE))")
    foreach ($term in $terms) {
        $actual = [string]$Instance.PSObject.Properties[$term.Groups[1].Value].Value
        $wanted = $term.Groups[3].Value
        if (-not $term.Groups[3].Success) {
            $wanted = [regex]::Replace($term.Groups[2].Value, '\\(.)', '$1')
        }
        if ($actual -eq $wanted) {
            $hits++
        }
    }
    if ($Filter.Contains(' AND ')) {
        return $hits -eq $terms.Count
    }
    return $hits -gt 0
}

# Every property that real servers have, with its type, and null where the world says nothing.
function New-LabInstance {
    param([string]$ClassName, $Values)
    $types = Get-LabMember -Object $global:AsrLabTypes -Name $ClassName
    $instance = [ordered]@{}
    $seconds = Get-LabUpTime
    foreach ($property in @($types.PSObject.Properties)) {
        $value = Get-LabNumber -Value (Get-LabMember -Object $Values -Name $property.Name) -Seconds $seconds
        if ($value -is [string] -and $value -eq 'engine') {
            $value = 0
            $engine = Find-LabService -Name 'obengine'
            if ($null -ne $engine) { $value = $engine.processId }
        }
        if ($null -ne $value) {
            switch -Wildcard ($property.Value) {
                'uint64' { $value = [uint64]$value }
                'uint32' { $value = [uint32]([decimal]$value % 4294967296) }
                'uint16' { $value = [uint16]$value }
                'uint8' { $value = [byte]$value }
                'int16' { $value = [int16]$value }
                'boolean' { $value = [bool]$value }
                'string' { $value = [string]$value }
                'string`[`]' { $value = [string[]]@($value) }
            }
        }
        $instance[$property.Name] = $value
    }
    return [pscustomobject]$instance
}

function Get-CimInstance {
    [CmdletBinding()]
    param([string]$ClassName, [string]$Namespace, [string]$Filter, [uint32]$OperationTimeoutSec)
    Invoke-LabFault -Target 'cim'
    Update-LabWorld
    $words = @{
        'stopped' = 'Stopped'; 'start-pending' = 'Start Pending'; 'stop-pending' = 'Stop Pending'; 'running' = 'Running'
        'continue-pending' = 'Continue Pending'; 'pause-pending' = 'Pause Pending'; 'paused' = 'Paused'; 'unknown' = 'Unknown'
    }
    $modes = @{ 0 = 'Boot'; 1 = 'System'; 2 = 'Auto'; 3 = 'Manual'; 4 = 'Disabled' }
    switch ($ClassName) {
        'Win32_OperatingSystem' {
            $system = $global:AsrLabWorld.host
            $booted = ConvertFrom-LabTime -Text $system.bootedAt
            if ($null -ne $booted) { $booted = $booted.ToLocalTime() }
            $memory = @($global:AsrLabWorld.machine.cim.Win32_OperatingSystem)[0]
            return [pscustomobject]@{
                CSName = $system.computerName; Caption = $system.osCaption; Version = $system.osVersion
                MUILanguages = [string[]]@($system.culture); LastBootUpTime = $booted; LocalDateTime = (Get-LabNow).ToLocalTime()
                CurrentTimeZone = [int16]$memory.CurrentTimeZone; TotalVirtualMemorySize = [uint64]$memory.TotalVirtualMemorySize
                FreeVirtualMemory = [uint64]$memory.FreeVirtualMemory
                CodeSet = $(if ($null -ne $memory.PSObject.Properties['CodeSet']) { $memory.CodeSet })
            }
        }
        'Win32_Service' {
            foreach ($service in @($global:AsrLabWorld.services)) {
                $instance = [pscustomobject]@{
                    Name = $service.name; DisplayName = $service.displayName; Caption = $service.displayName
                    State = $words[$service.state]; Started = ($service.state -ne 'stopped'); StartMode = $modes[[int]$service.start]
                    ExitCode = [uint32]$service.exitCode; ServiceSpecificExitCode = [uint32]$service.serviceExitCode
                    ProcessId = [uint32]$service.processId; PathName = $service.imagePath; StartName = $service.account
                }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
        'Win32_Process' {
            Invoke-LabFault -Target 'process'
            foreach ($service in @($global:AsrLabWorld.services)) {
                if ($service.processId -eq 0) { continue }
                $created = ConvertFrom-LabTime -Text $service.processStartedAt
                if ($null -ne $created) { $created = $created.ToLocalTime() }
                $image = 'service.exe'
                $engine = [pscustomobject]@{ otherPerSecond = 0; readPerSecond = 0; writePerSecond = 0 }
                if ($service.imagePath -match '([^\\"]+\.exe)') { $image = $Matches[1] }
                if ($image -eq 'cbengine.exe') { $engine = $global:AsrLabWorld.machine.engine }
                $instance = [pscustomobject]@{
                    ProcessId = [uint32]$service.processId; Name = $image; CreationDate = $created
                    OtherTransferCount = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.otherPerSecond }) -Seconds (Get-LabUpTime))
                    ReadTransferCount  = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.readPerSecond }) -Seconds (Get-LabUpTime))
                    WriteTransferCount = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.writePerSecond }) -Seconds (Get-LabUpTime))
                }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
    }
    $known = Get-LabMember -Object $global:AsrLabWorld.machine.cim -Name $ClassName
    if ($null -ne $known -or $null -ne $global:AsrLabWorld.machine.cim.PSObject.Properties[$ClassName]) {
        foreach ($values in @($known)) {
            if ($null -eq $values) { continue }
            $instance = New-LabInstance -ClassName $ClassName -Values $values
            if (Test-LabFilter -Instance $instance -Filter $Filter) {
                $instance
            }
        }
        return
    }
    throw (New-LabError -Id 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand' -Message 'Invalid class')
}

function Invoke-CimMethod {
    [CmdletBinding()]
    param([string]$ClassName, [string]$Namespace, [string]$MethodName, $Arguments, [uint32]$OperationTimeoutSec)
    Invoke-LabFault -Target 'cim'
    $known = @(Get-LabMember -Object $global:AsrLabWorld.machine.cim -Name $ClassName)
    if ($ClassName -ne 'MSFT_MpPreference' -or $MethodName -ne 'Add' -or $known.Length -eq 0 -or $null -eq $known[0]) {
        throw (New-LabError -Id 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand' -Message 'Invalid class')
    }
    if (-not [bool](Get-LabMember -Object (Get-LabMember -Object $global:AsrLabWorld.machine -Name 'defender') -Name 'tamperProtected')) {
        $preference = [pscustomobject]@{}
        Merge-LabObject -Into $preference -Change $known[0]
        Merge-LabObject -Into $preference -Change ([pscustomobject]@{ ExclusionPath = @(@(Get-LabMember -Object $known[0] -Name 'ExclusionPath') + $Arguments['ExclusionPath'] | Where-Object { $null -ne $_ }) })
        Set-LabMachine -Change ([pscustomobject]@{ cim = [pscustomobject]@{ $ClassName = @($preference) } })
    }
    return [pscustomobject]@{ ReturnValue = [uint32]0 }
}

Export-ModuleMember -Function Get-CimInstance, Invoke-CimMethod

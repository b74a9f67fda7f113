# What the machine is used for, how it is addressed and how large it is. Budget: 5 s, four CIM queries.

function Read-AsrComputer {
    $computer = Get-CimInstance -ClassName Win32_ComputerSystem -OperationTimeoutSec 10
    return [ordered]@{
        cores       = $computer.NumberOfLogicalProcessors
        memoryBytes = $computer.TotalPhysicalMemory
        domainRole  = $computer.DomainRole
    }
}

# Numbers of roles are the same on every language; client Windows has no such class.
function Read-AsrFeature {
    $ids = New-Object System.Collections.ArrayList
    foreach ($feature in @(Get-CimInstance -ClassName Win32_ServerFeature -OperationTimeoutSec 15)) {
        if ($null -ne $feature) {
            [void]$ids.Add([int]$feature.ID)
        }
    }
    return , @($ids | Sort-Object)
}

function Read-AsrAdapter {
    $adapters = New-Object System.Collections.ArrayList
    foreach ($adapter in @(Get-CimInstance -ClassName Win32_NetworkAdapterConfiguration -Filter "IPEnabled=TRUE" -OperationTimeoutSec 10)) {
        if ($null -ne $adapter) {
            [void]$adapters.Add([ordered]@{
                    name      = [string]$adapter.Description
                    dhcp      = [bool]$adapter.DHCPEnabled
                    addresses = @($adapter.IPAddress | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_ })
                    gateways  = @($adapter.DefaultIPGateway | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_ })
                    resolvers = @($adapter.DNSServerSearchOrder | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_ })
                })
        }
    }
    return , $adapters.ToArray()
}

# Mounted folders are volumes too; their names are their paths.
function Read-AsrVolume {
    $volumes = New-Object System.Collections.ArrayList
    foreach ($volume in @(Get-CimInstance -ClassName Win32_Volume -Filter "DriveType=3" -OperationTimeoutSec 15)) {
        if ($null -ne $volume -and $null -ne $volume.Capacity) {
            [void]$volumes.Add([ordered]@{
                    name          = [string]$volume.Name
                    capacityBytes = $volume.Capacity
                    freeBytes     = $volume.FreeSpace
                })
        }
    }
    return , $volumes.ToArray()
}

function Find-AsrOtherProduct {
    param($Request)
    $found = New-Object System.Collections.ArrayList
    foreach ($name in @($Request.otherProducts)) {
        if ($null -ne (Get-AsrServiceKey -Name ([string]$name))) {
            [void]$found.Add([string]$name)
        }
    }
    return , $found.ToArray()
}

# Entries of the hosts file, which go before DNS.
function Read-AsrHostsEntry {
    param([string]$Windows)
    $entries = New-Object System.Collections.ArrayList
    $end = Read-AsrEnd -Path ($Windows + '\System32\drivers\etc\hosts') -Bytes 65536
    foreach ($line in ([string](ConvertFrom-AsrBytes -End $end)['text']).Split([char]10)) {
        $words = @($line.Split('#')[0].Split([char[]]@(' ', [char]9, [char]13), [System.StringSplitOptions]::RemoveEmptyEntries))
        for ($i = 1; $i -lt $words.Length; $i++) {
            if ($words[$i] -ne 'localhost' -and $entries.Count -lt 50) {
                [void]$entries.Add([ordered]@{ name = $words[$i]; address = $words[0] })
            }
        }
    }
    return , $entries.ToArray()
}

function Read-AsrSystem {
    param($Request)
    $computer = Read-AsrComputer
    $features = $null
    try {
        $features = Read-AsrFeature
    }
    catch {
        $features = $null
    }
    $fips = Get-AsrKey -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\Lsa\FipsAlgorithmPolicy'
    $windows = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' }
    $root = Get-AsrText -Key $windows -Name 'SystemRoot'
    $hosts = $null
    if ($null -ne $root) {
        try {
            $hosts = Read-AsrHostsEntry -Windows $root
        }
        catch {
            $hosts = $null
        }
    }
    return [ordered]@{
        cores         = $computer['cores']
        memoryBytes   = $computer['memoryBytes']
        domainRole    = $computer['domainRole']
        features      = $features
        fips          = ((Get-AsrNumber -Key $fips -Name 'Enabled') -eq 1)
        otherProducts = (Find-AsrOtherProduct -Request $Request)
        adapters      = (Read-AsrAdapter)
        volumes       = (Read-AsrVolume)
        windowsRoot   = $root
        hosts         = $hosts
    }
}

$AsrAreas['system'] = { Read-AsrSystem -Request $request }

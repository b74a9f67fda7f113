# What the probe and the remedies share about Windows services.

function Get-AsrProperty {
    param($Object, [string]$Name)
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return $null
    }
    return $property.Value
}

# Nothing where the key cannot be read.
function Get-AsrServiceKey {
    param([string]$Name)
    try {
        return (Get-ItemProperty -LiteralPath ('HKLM:\SYSTEM\CurrentControlSet\Services\' + $Name))
    }
    catch {
        return $null
    }
}

function Get-AsrStartType {
    param($Key)
    if ($null -eq $Key) {
        return $null
    }
    $start = Get-AsrProperty -Object $Key -Name 'Start'
    if ($null -eq $start) {
        return $null
    }
    switch ([int]$start) {
        0 { return 'boot' }
        1 { return 'system' }
        2 {
            if ([int](Get-AsrProperty -Object $Key -Name 'DelayedAutostart') -eq 1) {
                return 'automatic-delayed'
            }
            return 'automatic'
        }
        3 { return 'manual' }
        4 { return 'disabled' }
    }
    return $null
}

# SERVICE_DRIVER in the registry value Type. Neither Win32_Service nor Get-Service lists drivers, so one that a service
# depends on (W3SVC on HTTP) would look as if it were not installed.
function Test-AsrDriver {
    param([string]$Name)
    $key = Get-AsrServiceKey -Name $Name
    if ($null -eq $key) {
        return $false
    }
    $type = Get-AsrProperty -Object $key -Name 'Type'
    return ($null -ne $type -and ([int]$type -band 11) -ne 0)
}

# Names of services only; a name that begins with + is a load order group.
function Get-AsrDependency {
    param($Key)
    $names = New-Object System.Collections.ArrayList
    if ($null -ne $Key) {
        foreach ($name in @(Get-AsrProperty -Object $Key -Name 'DependOnService')) {
            if ($null -ne $name -and [string]$name -ne '' -and -not ([string]$name).StartsWith('+') -and -not (Test-AsrDriver -Name ([string]$name))) {
                [void]$names.Add([string]$name)
            }
        }
    }
    return , $names.ToArray()
}

# SERVICE_STATUS numbers mean the same on every display language.
function ConvertTo-AsrState {
    param([int]$Status)
    switch ($Status) {
        1 { return 'stopped' }
        2 { return 'start-pending' }
        3 { return 'stop-pending' }
        4 { return 'running' }
        5 { return 'continue-pending' }
        6 { return 'pause-pending' }
        7 { return 'paused' }
    }
    return 'unknown'
}

function ConvertTo-AsrQueryText {
    param([string]$Text)
    return $Text.Replace('\', '\\').Replace("'", "\'")
}

# Who stopped a service or changed its start type; nothing where nobody is named. Windows' own accounts keep their SIDs.
function Get-AsrEventUser {
    param($Record)
    $sid = $Record.UserId
    if ($null -eq $sid -or @(7040, 7042) -notcontains [int]$Record.Id) {
        return $null
    }
    if (@('S-1-5-18', 'S-1-5-19', 'S-1-5-20') -contains [string]$sid.Value) {
        return [string]$sid.Value
    }
    try {
        return [string]$sid.Translate([System.Security.Principal.NTAccount]).Value
    }
    catch {
        return [string]$sid.Value
    }
}

# Events of the Service Control Manager about these services, newest first; insertion strings only, because messages
# are localised.
function Read-AsrServiceEvent {
    param([string[]]$About, [DateTime]$Since, [int]$Most)
    $known = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $About) {
        [void]$known.Add($name)
    }
    $filter = @{
        LogName      = 'System'
        ProviderName = 'Service Control Manager'
        Id           = @(7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, 7040, 7042)
        StartTime    = $Since
    }
    $read = New-Object System.Collections.ArrayList
    try {
        $records = @(Get-WinEvent -FilterHashtable $filter -MaxEvents 500)
    }
    catch {
        if (([string]$_.FullyQualifiedErrorId).StartsWith('NoMatchingEventsFound')) {
            return , $read.ToArray()
        }
        throw
    }
    foreach ($record in $records) {
        $parameters = New-Object System.Collections.ArrayList
        foreach ($property in @($record.Properties)) {
            if ($null -eq $property -or $property.Value -is [byte[]]) {
                continue
            }
            [void]$parameters.Add([string]$property.Value)
        }
        $matched = $false
        for ($i = 0; $i -lt $parameters.Count -and $i -lt 2; $i++) {
            if ($known.Contains($parameters[$i])) {
                $matched = $true
            }
        }
        if ($matched) {
            [void]$read.Add([ordered]@{
                    id         = [int]$record.Id
                    at         = [DateTime]$record.TimeCreated
                    parameters = $parameters.ToArray()
                    by         = (Get-AsrEventUser -Record $record)
                })
            if ($read.Count -ge $Most) {
                break
            }
        }
    }
    return , $read.ToArray()
}

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
    $path = 'HKLM:\SYSTEM\CurrentControlSet\Services\' + $Name
    try {
        return (Get-ItemProperty -LiteralPath $path)
    }
    catch {
        if (-not ($_.Exception.GetBaseException() -is [System.InvalidCastException])) {
            return $null
        }
    }
    # One value whose size is not that of its type costs Get-ItemProperty all of them.
    $values = @{}
    $key = Get-Item -LiteralPath $path
    foreach ($value in @($key.GetValueNames())) {
        $values[[string]$value] = $key.GetValue($value)
    }
    return (New-Object PSObject -Property $values)
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
    # A value of another type than Windows writes tells nothing.
    if (-not ($start -is [int])) {
        return $null
    }
    switch ($start) {
        0 { return 'boot' }
        1 { return 'system' }
        2 {
            if ((Get-AsrProperty -Object $Key -Name 'DelayedAutostart') -eq 1) {
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
    return ($type -is [int] -and ($type -band 11) -ne 0)
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

# Nothing where there is no such service; names are no patterns.
function Find-AsrNamedService {
    param([string]$Name)
    try {
        return (Get-Service -Name ([System.Management.Automation.WildcardPattern]::Escape($Name)))
    }
    catch {
        if (([string]$_.FullyQualifiedErrorId).StartsWith('NoServiceFoundForGivenName')) {
            return $null
        }
        throw
    }
}

function Find-AsrShownService {
    param([string]$DisplayName)
    try {
        return (Get-Service -DisplayName ([System.Management.Automation.WildcardPattern]::Escape($DisplayName)))
    }
    catch {
        if (([string]$_.FullyQualifiedErrorId).StartsWith('NoServiceFoundForGivenDisplayName')) {
            return $null
        }
        throw
    }
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

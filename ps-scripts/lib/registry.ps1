# Registry keys as Windows stores them; which values exist differs by version, so nothing here is demanded.

# Nothing where it cannot be read, whatever the reason.
function Read-AsrOptional {
    param([scriptblock]$Read)
    try {
        return (& $Read)
    }
    catch {
        return $null
    }
}

# Value by value, which Get-ItemProperty does not do: it fails for all of them where one's size is not that of its type.
function Read-AsrKeyValues {
    param([string]$Path)
    $values = @{}
    $key = Get-Item -LiteralPath $Path
    foreach ($name in @($key.GetValueNames())) {
        $values[[string]$name] = $key.GetValue($name)
    }
    return (New-Object PSObject -Property $values)
}

# Nothing where there is no such key; an error where it may not be read. A key that has no values, but perhaps others below
# it, is there all the same.
function Get-AsrKey {
    param([string]$Path)
    try {
        $key = Get-ItemProperty -LiteralPath $Path
        if ($null -eq $key) {
            return (New-Object PSObject)
        }
        return $key
    }
    catch {
        $id = [string]$_.FullyQualifiedErrorId
        if ($id.StartsWith('PathNotFound') -or $id.StartsWith('DriveNotFound')) {
            return $null
        }
        if (-not ($_.Exception.GetBaseException() -is [System.InvalidCastException])) {
            throw
        }
    }
    return (Read-AsrKeyValues -Path $Path)
}

# A value as text, whatever its type; nothing where it is absent.
function Get-AsrText {
    param($Key, [string]$Name)
    if ($null -eq $Key) {
        return $null
    }
    $property = $Key.PSObject.Properties[$Name]
    if ($null -eq $property -or $null -eq $property.Value) {
        return $null
    }
    # A function that returned the bytes would return them one by one.
    $value = $property.Value
    if ($value -is [byte[]]) {
        return [Convert]::ToBase64String($value)
    }
    return [string]$value
}

function Get-AsrNumber {
    param($Key, [string]$Name)
    $text = Get-AsrText -Key $Key -Name $Name
    $number = [long]0
    if ($null -ne $text -and [long]::TryParse($text, [ref]$number)) {
        return $number
    }
    return $null
}

# The names of a key's values, without those that PowerShell itself adds.
function Get-AsrValueName {
    param($Key)
    $names = New-Object System.Collections.ArrayList
    if ($null -ne $Key) {
        foreach ($property in @($Key.PSObject.Properties)) {
            if (@('PSPath', 'PSParentPath', 'PSChildName', 'PSDrive', 'PSProvider') -cnotcontains $property.Name) {
                [void]$names.Add([string]$property.Name)
            }
        }
    }
    return , $names.ToArray()
}

# Nothing where there is no such key; what may not be read is added to what is unread.
function Read-AsrFirewallKey {
    param([string]$Path, $Unread)
    try {
        return (Get-AsrKey -Path $Path)
    }
    catch {
        [void]$Unread.Add($Path + ': ' + [string]$_.FullyQualifiedErrorId)
        return $null
    }
}

# Windows PowerShell's ConvertTo-Json and PowerShell 7's write dates, enumerations, escapes and short lists differently,
# so the answer is written here, the same on every version, in ASCII alone.

function ConvertTo-AsrJsonText {
    param([string]$Text)
    if ($Text -cmatch '\A[ !#-\[\]-~]*\z') {
        return '"' + $Text + '"'
    }
    $out = New-Object System.Text.StringBuilder
    [void]$out.Append('"')
    foreach ($char in $Text.ToCharArray()) {
        $code = [int]$char
        if ($code -eq 34 -or $code -eq 92) {
            [void]$out.Append('\').Append($char)
        }
        elseif ($code -lt 32 -or $code -gt 126) {
            [void]$out.Append('\u').Append($code.ToString('x4'))
        }
        else {
            [void]$out.Append($char)
        }
    }
    [void]$out.Append('"')
    return $out.ToString()
}

function ConvertTo-AsrJson {
    param($Value)
    if ($null -eq $Value) {
        return 'null'
    }
    if ($Value -is [string]) {
        return (ConvertTo-AsrJsonText -Text $Value)
    }
    if ($Value -is [bool]) {
        if ($Value) {
            return 'true'
        }
        return 'false'
    }
    if ($Value -is [DateTime]) {
        return (ConvertTo-AsrJsonText -Text (ConvertTo-AsrInstant -Moment $Value))
    }
    if ($Value -is [System.Collections.IDictionary]) {
        $members = New-Object System.Collections.ArrayList
        # By its entries: a key named Keys would stand for the list of keys, and a number for a place.
        foreach ($entry in $Value.GetEnumerator()) {
            [void]$members.Add((ConvertTo-AsrJsonText -Text ([string]$entry.Key)) + ':' + (ConvertTo-AsrJson -Value $entry.Value))
        }
        return '{' + ($members -join ',') + '}'
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $items = New-Object System.Collections.ArrayList
        foreach ($item in $Value) {
            [void]$items.Add((ConvertTo-AsrJson -Value $item))
        }
        return '[' + ($items -join ',') + ']'
    }
    return (ConvertTo-AsrJsonNumber -Value $Value)
}

# Whole numbers; what is no number is told as its text, so that one strange value costs no other.
function ConvertTo-AsrJsonNumber {
    param($Value)
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    if ($Value -is [Enum]) {
        return ([long]$Value).ToString('0', $invariant)
    }
    if ($Value -is [double] -or $Value -is [float]) {
        if ([double]::IsNaN($Value) -or [double]::IsInfinity($Value)) {
            return 'null'
        }
        return ([double]$Value).ToString('0', $invariant)
    }
    if ($Value -is [decimal] -or $Value -is [long] -or $Value -is [int] -or $Value -is [int16] -or $Value -is [sbyte] -or $Value -is [byte] -or $Value -is [uint16] -or $Value -is [uint32] -or $Value -is [uint64]) {
        return ([decimal]$Value).ToString('0', $invariant)
    }
    return (ConvertTo-AsrJsonText -Text ([string]$Value))
}

function ConvertTo-AsrInstant {
    param([DateTime]$Moment)
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    return $Moment.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', $invariant)
}

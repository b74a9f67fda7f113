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
        foreach ($key in $Value.Keys) {
            [void]$members.Add((ConvertTo-AsrJsonText -Text ([string]$key)) + ':' + (ConvertTo-AsrJson -Value $Value[$key]))
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
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    return ([decimal]$Value).ToString('0', $invariant)
}

function ConvertTo-AsrInstant {
    param([DateTime]$Moment)
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    return $Moment.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', $invariant)
}

# Where the product keeps what. The request tells it; the scripts go by names alone.

# The first of the keys of that name which is there; nothing where none is.
function Get-AsrProductKey {
    param($Request, [string]$Name)
    foreach ($path in @(Get-AsrProperty -Object $Request.product.registry -Name $Name)) {
        if ($null -ne $path) {
            $key = Get-AsrKey -Path ([string]$path)
            if ($null -ne $key) {
                return $key
            }
        }
    }
    return $null
}

# Nothing where the product has no such file, or where its root was not found.
function Get-AsrProductPath {
    param($Request, $Known, [string]$Name)
    $file = Get-AsrProperty -Object $Request.product.files -Name $Name
    if ($null -eq $file -or $null -eq $Known[[string]$file.root]) {
        return $null
    }
    return $Known[[string]$file.root].TrimEnd('\') + '\' + [string]$file.path
}

# Folder and pattern of each place of a log whose root was found.
function Find-AsrLogPlace {
    param($Request, $Known, [string]$Name)
    $places = New-Object System.Collections.ArrayList
    $log = Get-AsrProperty -Object $Request.logs -Name $Name
    if ($null -eq $log) {
        return , @()
    }
    foreach ($place in @($log.places)) {
        $folder = $Known[[string]$place.root]
        if ($null -ne $folder) {
            if ([string]$place.folder -ne '') {
                $folder = $folder.TrimEnd('\') + '\' + [string]$place.folder
            }
            [void]$places.Add(@($folder, [string]$place.files))
        }
    }
    return , $places.ToArray()
}

# Whether something on this server tells that it belongs to another product than the one that is asked about first.
function Test-AsrMark {
    param($Mark)
    $key = Read-AsrOptional -Read { Get-AsrKey -Path ([string]$Mark.key) }
    if ($null -eq $key) {
        return $false
    }
    if ([string]$Mark.value -eq '') {
        return $true
    }
    $text = Get-AsrText -Key $key -Name ([string]$Mark.value)
    if ([string]$Mark.file -eq '') {
        return ($null -ne $text -and $text -eq [string]$Mark.is)
    }
    return ($null -ne $text -and (Read-AsrOptional -Read { Test-Path -LiteralPath ($text.TrimEnd('\') + '\' + [string]$Mark.file) }) -eq $true)
}

# What the request says of the first product gives way to what it says of the one that is here.
function Select-AsrProduct {
    param($Request)
    foreach ($other in @($Request.others)) {
        $marked = $false
        foreach ($mark in @($other.marks)) {
            if (-not $marked -and (Test-AsrMark -Mark $mark)) {
                $marked = $true
            }
        }
        if ($marked) {
            foreach ($name in @('areas', 'services', 'otherProducts', 'product', 'urls')) {
                $Request.PSObject.Properties[$name].Value = Get-AsrProperty -Object $other -Name $name
            }
            $logs = @{}
            foreach ($part in @($Request.logs, $other.logs)) {
                foreach ($log in @($part.PSObject.Properties)) {
                    $logs[[string]$log.Name] = $log.Value
                }
            }
            $Request.logs = New-Object PSObject -Property $logs
            return
        }
    }
}

# A small file of JSON: nothing of it is kept but the members that somebody names.
function Read-AsrJsonFile {
    param([string]$Path)
    $read = @{ found = $false; error = $null; json = $null }
    if ($Path -eq '') {
        return $read
    }
    try {
        $text = (ConvertFrom-AsrBytes -End (Read-AsrEnd -Path $Path -Bytes 262144))['text']
        $read['found'] = $true
    }
    catch {
        $name = [string]$_.Exception.GetBaseException().GetType().Name
        if (@('FileNotFoundException', 'DirectoryNotFoundException') -cnotcontains $name) {
            $read['found'] = $true
            $read['error'] = $name
        }
        return $read
    }
    try {
        $read['json'] = ConvertFrom-Json -InputObject $text.Trim([char]65279)
    }
    catch {
        $read['json'] = $null
    }
    if ($null -eq $read['json']) {
        $read['error'] = 'not-json'
    }
    return $read
}

# A member of members; nothing where one of them is not there.
function Get-AsrMember {
    param($Object, [string[]]$Names)
    $at = $Object
    foreach ($name in $Names) {
        if ($null -ne $at) {
            $at = Get-AsrProperty -Object $at -Name $name
        }
    }
    return $at
}

# As text, in lower case where it is true or false; nothing where it is an object or a list.
function Get-AsrMemberText {
    param($Object, [string[]]$Names)
    $value = Get-AsrMember -Object $Object -Names $Names
    if ($value -is [bool]) {
        return ([string]$value).ToLowerInvariant()
    }
    if ($value -is [string]) {
        return (Limit-AsrText -Text $value -Length 300)
    }
    return $null
}

# Which parts of the product are installed, and where. Budget: 1 s, a few registry keys and one small file.

# A name = "value" line of a configuration file; its other lines hold passwords and are never kept.
function Get-AsrConfLine {
    param([string]$Path, [string[]]$Names, [string]$Section)
    $values = @{}
    try {
        $text = (ConvertFrom-AsrBytes -End (Read-AsrEnd -Path $Path -Bytes 262144))['text']
    }
    catch {
        return $values
    }
    $inside = ($Section -eq '')
    foreach ($line in $text.Split([char]10)) {
        if ($line -match '^\s*\[([^\]]*)\]') {
            $inside = ($Section -eq '' -or $Matches[1].Trim() -eq $Section)
        }
        elseif ($inside -and $line -match '^\s*(\w+)\s*=\s*"?([^"\r]*?)"?\s*$' -and $Names -contains $Matches[1]) {
            $values[$Matches[1]] = $Matches[2]
        }
    }
    return $values
}

# The newer key counts, of a product that has a usual place; set-up's record beside it is another product's.
function Find-AsrServerRoot {
    param($Request, $Server, $Modern)
    $root = Get-AsrText -Key $Server -Name 'InstallDirectory'
    $usual = Get-AsrProperty -Object $Request.product.roots -Name 'serverRoot'
    if ($null -eq $usual -or $null -eq $Modern) {
        return $root
    }
    $place = Get-AsrText -Key $Modern -Name 'Install Location'
    if ($null -eq $place -or $place.Trim() -eq '') {
        return $usual
    }
    $place = $place.TrimEnd('\')
    $below = '\' + [string]$Request.product.files.server.path
    if ($place.EndsWith($below, [System.StringComparison]::OrdinalIgnoreCase)) {
        return $place
    }
    return $place + $below
}

# Where an appliance keeps its cache: in its own file, else in the process server's key.
function Find-AsrCacheRoot {
    param($Request, $Modern)
    $path = Get-AsrProductPath -Request $Request -Known @{ dataRoot = (Get-AsrProperty -Object $Request.product.roots -Name 'dataRoot') } -Name 'appliance'
    if ($null -eq $path) {
        return $null
    }
    $named = Get-AsrMemberText -Object (Read-AsrJsonFile -Path $path)['json'] -Names @('CacheDirectory')
    if ($null -eq $named -or $named.Trim() -eq '') {
        return (Get-AsrText -Key $Modern -Name 'Request Default Folder Path')
    }
    return $named
}

# Addresses of the appliance that a mobility agent was joined to; nothing where it was joined to none.
function Find-AsrJoined {
    param($Request, [string]$Root)
    $path = Get-AsrProductPath -Request $Request -Known @{ agentRoot = $Root } -Name 'joined'
    if ($Root -eq '' -or $null -eq $path) {
        return $null
    }
    $file = Read-AsrJsonFile -Path $path
    if (-not $file['found']) {
        return $null
    }
    $addresses = New-Object System.Collections.ArrayList
    $transport = Get-AsrMember -Object $file['json'] -Names @('RcmProxyTransportSettings')
    foreach ($name in @('IpAddresses', 'NatIpAddress')) {
        foreach ($address in @(Get-AsrMember -Object $transport -Names @($name))) {
            if ($address -is [string] -and $address -match '^[A-Za-z0-9.:_-]{1,253}$' -and $addresses.Count -lt 20 -and -not $addresses.Contains($address)) {
                [void]$addresses.Add($address)
            }
        }
    }
    return , $addresses.ToArray()
}

function Read-AsrProduct {
    param($Request)
    $server = Get-AsrProductKey -Request $Request -Name 'server'
    $agent = Get-AsrProductKey -Request $Request -Name 'agent'
    $mars = Get-AsrProductKey -Request $Request -Name 'mars'
    # The first that says it, not the first that is there.
    $scratch = $null
    foreach ($path in @(Get-AsrProperty -Object $Request.product.registry -Name 'marsConfig')) {
        if ($null -eq $scratch -and $null -ne $path) {
            $scratch = Get-AsrText -Key (Read-AsrOptional -Read { Get-AsrKey -Path ([string]$path) }) -Name 'ScratchLocation'
        }
    }
    $modern = Get-AsrProductKey -Request $Request -Name 'modern'
    $provider = Get-AsrProductKey -Request $Request -Name 'registration'
    $appliance = Get-AsrProductKey -Request $Request -Name 'appliance'
    $root = Find-AsrServerRoot -Request $Request -Server $server -Modern $modern
    $agentRoot = Get-AsrText -Key $agent -Name 'InstallDirectory'
    $version = Get-AsrText -Key $server -Name 'Version'
    if ($null -ne $modern -and $null -ne (Get-AsrProperty -Object $Request.product.roots -Name 'serverRoot')) {
        $version = Get-AsrText -Key $modern -Name 'Build_Version'
    }
    $conf = @{}
    $path = Get-AsrProductPath -Request $Request -Known @{ serverRoot = $root } -Name 'serverConfiguration'
    if ($null -ne $path) {
        $conf = Get-AsrConfLine -Path $path -Names @('CX_TYPE', 'PS_IP', 'PS_CS_IP') -Section ''
    }
    return [ordered]@{
        cxType        = (Get-AsrNumber -Key $server -Name 'CX_TYPE')
        version       = $version
        serverRoot    = $root
        csAddress     = (Get-AsrText -Key $server -Name 'CsIpAddress')
        csPort        = (Get-AsrNumber -Key $server -Name 'CsPort')
        csMode        = (Get-AsrText -Key $modern -Name 'CS Mode')
        agentRoot     = $agentRoot
        agentVersion  = (Get-AsrText -Key $agent -Name 'Version')
        marsRoot      = (Get-AsrText -Key $mars -Name 'InstallPath')
        marsVersion   = (Get-AsrText -Key $mars -Name 'Version')
        marsScratch   = $scratch
        registered    = ($null -ne $provider)
        ownAddress    = $conf['PS_IP']
        ownCsAddress  = $conf['PS_CS_IP']
        applianceType = (Get-AsrText -Key $appliance -Name 'Type')
        azureCloud    = (Get-AsrText -Key $appliance -Name 'AzureCloud')
        cacheRoot     = (Find-AsrCacheRoot -Request $Request -Modern $modern)
        joinedTo      = (Find-AsrJoined -Request $Request -Root ([string]$agentRoot))
    }
}

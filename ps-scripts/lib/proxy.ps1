# The product's own proxy and the vault's endpoints, which more than one area goes by. Passwords are never read.

function Read-AsrProxyKey {
    param([string]$Path)
    $key = Get-AsrKey -Path $Path
    if ($null -eq $key) {
        return $null
    }
    $bypass = Get-AsrText -Key $key -Name 'ProxyBypassUrls'
    if ($null -eq $bypass) {
        $bypass = Get-AsrText -Key $key -Name 'Bypass'
    }
    return [ordered]@{
        address = (Get-AsrText -Key $key -Name 'ProxyAddress')
        port    = (Get-AsrText -Key $key -Name 'ProxyPort')
        user    = (Get-AsrText -Key $key -Name 'ProxyUserName')
        bypass  = $bypass
        off     = (Get-AsrText -Key $key -Name 'BypassDefault')
    }
}

# Host and port of a proxy as it is written: http://host:port/, host:port, host.
function ConvertFrom-AsrProxy {
    param([string]$Address, [string]$Port)
    $text = $Address.Trim().TrimEnd('/')
    $number = 80
    if ($text -match '^(?<scheme>[a-zA-Z]+)://(?<rest>.*)$') {
        $text = $Matches['rest']
        if ($Matches['scheme'] -eq 'https') {
            $number = 443
        }
    }
    if ($text -match '^(?<host>[^:]+):(?<port>\d{1,5})$') {
        $text = $Matches['host']
        $number = [int]$Matches['port']
    }
    if ($Port -match '^\s*\d{1,5}\s*$') {
        $number = [int]$Port
    }
    return @{ host = $text; port = $number }
}

# The proxy that the product was given: its own key decides where it says anything, else the record of set-up does.
function Find-AsrProxy {
    $found = Read-AsrProxyKey -Path 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery\ProxySettings'
    if ($null -eq $found -or ($null -eq $found['address'] -and $found['off'] -ne 'True')) {
        $found = Read-AsrProxyKey -Path 'HKLM:\SOFTWARE\WOW6432Node\InMage Systems\Installed Products\9'
    }
    if ($null -eq $found -or $found['off'] -eq 'True' -or $null -eq $found['address'] -or $found['address'].Trim() -eq '') {
        return $null
    }
    return (ConvertFrom-AsrProxy -Address $found['address'] -Port $found['port'])
}

# The vault's real endpoints, as the provider registered them.
function Find-AsrEndpoint {
    $hosts = New-Object System.Collections.ArrayList
    $key = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery\Registration'
    foreach ($name in @('SRSUri', 'IdmgmtSVCEndpoint', 'ProtectionServiceSVCEndpoint', 'TelemetryServiceSVCEndpoint', 'AADAuthority')) {
        $text = Get-AsrText -Key $key -Name $name
        if ($null -ne $text -and $text -match '^https?://([A-Za-z0-9.-]+)' -and -not $hosts.Contains($Matches[1])) {
            [void]$hosts.Add($Matches[1])
        }
    }
    return $hosts.ToArray()
}

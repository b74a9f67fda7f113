# The product's own proxy and the vault's endpoints, which more than one area goes by. Passwords are never read.

function Read-AsrProxyKey {
    param($Key)
    if ($null -eq $Key) {
        return $null
    }
    $bypass = Get-AsrText -Key $Key -Name 'ProxyBypassUrls'
    if ($null -eq $bypass) {
        $bypass = Get-AsrText -Key $Key -Name 'Bypass'
    }
    return [ordered]@{
        address = (Get-AsrText -Key $Key -Name 'ProxyAddress')
        port    = (Get-AsrText -Key $Key -Name 'ProxyPort')
        user    = (Get-AsrText -Key $Key -Name 'ProxyUserName')
        bypass  = $bypass
        off     = (Get-AsrText -Key $Key -Name 'BypassDefault')
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

# What the product was given, which may be no proxy: its own key decides where it says anything, else the record of set-up
# does.
function Find-AsrProductProxy {
    param($Request)
    $found = Read-AsrProxyKey -Key (Get-AsrProductKey -Request $Request -Name 'proxy')
    if ($null -eq $found -or ($null -eq $found['address'] -and $found['off'] -ne 'True')) {
        $found = Read-AsrProxyKey -Key (Get-AsrProductKey -Request $Request -Name 'server')
    }
    return $found
}

# The proxy for HTTPS of a list such as http=a:1;https=b:2; empty where it has none.
function Select-AsrProxy {
    param([string]$List)
    foreach ($entry in ($List -split '[;\s]+')) {
        if ($entry -match '^(https=)?(?<proxy>[^=]+)$') {
            return $Matches['proxy']
        }
    }
    return ''
}

# WinHTTP's proxy for the whole machine: version, counter, flags, and a counted text.
function ConvertFrom-AsrWinHttp {
    param($Key)
    if ($null -eq $Key) {
        return ''
    }
    $bytes = @(Get-AsrProperty -Object $Key -Name 'WinHttpSettings')
    if ($bytes.Length -lt 17 -or ($bytes[8] -band 2) -eq 0) {
        return ''
    }
    $length = [int]$bytes[12] + 256 * [int]$bytes[13]
    if ($length -eq 0 -or $length -gt $bytes.Length - 16) {
        return ''
    }
    return (Select-AsrProxy -List (-join ($bytes[16..(15 + $length)] | ForEach-Object { [char]$_ })))
}

# What services without a proxy of their own have: WinINET's of the LocalSystem account, or the machine's where a policy
# makes it so, else WinHTTP's.
function Read-AsrMachineProxy {
    $settings = '\Microsoft\Windows\CurrentVersion\Internet Settings'
    $from = 'account'
    $place = 'Registry::HKEY_USERS\S-1-5-18\Software'
    if ((Get-AsrNumber -Key (Get-AsrKey -Path ('HKLM:\SOFTWARE\Policies' + $settings)) -Name 'ProxySettingsPerUser') -eq 0) {
        $from = 'machine'
        $place = 'HKLM:\SOFTWARE'
    }
    $key = Get-AsrKey -Path ($place + $settings)
    $read = [ordered]@{
        enabled = ((Get-AsrNumber -Key $key -Name 'ProxyEnable') -eq 1)
        server  = (Get-AsrText -Key $key -Name 'ProxyServer')
        bypass  = (Get-AsrText -Key $key -Name 'ProxyOverride')
        script  = (Get-AsrText -Key $key -Name 'AutoConfigURL')
        from    = $from
    }
    $connections = Get-AsrKey -Path ('HKLM:\SOFTWARE' + $settings + '\Connections')
    $proxy = ''
    if ($read['enabled'] -and $null -ne $read['server']) {
        $proxy = Select-AsrProxy -List $read['server']
    }
    if ($proxy -eq '') {
        $proxy = [string](Read-AsrOptional -Read { ConvertFrom-AsrWinHttp -Key $connections })
    }
    $way = $null
    if ($proxy -ne '') {
        $way = ConvertFrom-AsrProxy -Address $proxy -Port ''
        $way['of'] = 'machine'
    }
    return @{ read = $read; winHttp = (Get-AsrText -Key $connections -Name 'WinHttpSettings'); way = $way }
}

# The vault's real endpoints, as the provider registered them.
function Find-AsrEndpoint {
    param($Request)
    $hosts = New-Object System.Collections.ArrayList
    $key = Get-AsrProductKey -Request $Request -Name 'registration'
    foreach ($name in @('SRSUri', 'IdmgmtSVCEndpoint', 'ProtectionServiceSVCEndpoint', 'TelemetryServiceSVCEndpoint', 'AADAuthority')) {
        $text = Get-AsrText -Key $key -Name $name
        if ($null -ne $text -and $text -match '^https?://([A-Za-z0-9.-]+)' -and -not $hosts.Contains($Matches[1])) {
            [void]$hosts.Add($Matches[1])
        }
    }
    return $hosts.ToArray()
}

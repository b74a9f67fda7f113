# Every place where a proxy can be set for the services of this server. Passwords are never read. Budget: 10 s, most of it
# the MARS agent's own cmdlet.

function Read-AsrMarsProxy {
    param($Machine)
    $setting = Get-AsrProperty -Object $Machine -Name 'ProxySetting'
    if ($null -eq $setting) {
        return [ordered]@{ enabled = $false; address = $null; port = $null; user = $null }
    }
    $port = Get-AsrProperty -Object $setting -Name 'ProxyPort'
    if ($null -ne $port) {
        $port = [string]$port
    }
    return [ordered]@{
        enabled = [bool](Get-AsrProperty -Object $setting -Name 'Enabled')
        address = [string](Get-AsrProperty -Object $setting -Name 'ProxyServer')
        port    = $port
        user    = (Get-AsrMarsProxyUser -Setting $setting)
    }
}

function Read-AsrProxy {
    param($Request, $Known)
    $user = Get-AsrKey -Path 'Registry::HKEY_USERS\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings'
    $connections = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections'
    $mars = $null
    $marsError = $null
    if ($null -ne $Known['marsRoot']) {
        $machine = Get-AsrMarsMachine -Known $Known
        $marsError = $Known['marsError']
        if ($null -ne $machine) {
            $mars = Read-AsrMarsProxy -Machine $machine
        }
    }
    $targets = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $places = New-Object System.Collections.ArrayList
    if ($Known['proxyHost'] -ne '') {
        [void]$places.Add(@{ host = $Known['proxyHost']; port = $Known['proxyPort'] })
    }
    if ($null -ne $mars -and $mars['enabled'] -and $mars['address'] -ne '') {
        [void]$places.Add((ConvertFrom-AsrProxy -Address $mars['address'] -Port $mars['port']))
    }
    foreach ($place in $places) {
        if ($seen.Add($place['host'] + ':' + $place['port'])) {
            [void]$targets.Add((New-AsrTarget -Name 'proxy' -HostName $place['host'] -Port $place['port'] -Tls $false -Http ''))
        }
    }
    $answers = @()
    if ($targets.Count -gt 0) {
        $answers = Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0
    }
    return [ordered]@{
        settings  = (Read-AsrProxyKey -Path 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery\ProxySettings')
        setup     = (Read-AsrProxyKey -Path 'HKLM:\SOFTWARE\WOW6432Node\InMage Systems\Installed Products\9')
        mars      = $mars
        marsError = $marsError
        winHttp   = (Get-AsrText -Key $connections -Name 'WinHttpSettings')
        system    = [ordered]@{
            enabled = ((Get-AsrNumber -Key $user -Name 'ProxyEnable') -eq 1)
            server  = (Get-AsrText -Key $user -Name 'ProxyServer')
            bypass  = (Get-AsrText -Key $user -Name 'ProxyOverride')
            script  = (Get-AsrText -Key $user -Name 'AutoConfigURL')
        }
        answers   = $answers
    }
}

# Every place where a proxy can be set for the services of this server. Passwords are never read. Budget: 10 s, most of it
# the MARS agent's own cmdlet, and two rounds of connections before the request's limit.

# Hosts of Azure that a bypass list names, tried without the proxy.
function Test-AsrBypassed {
    param([string]$List, $Hosts, [int]$LimitMillis)
    $targets = New-Object System.Collections.ArrayList
    foreach ($name in $Hosts) {
        $named = $false
        foreach ($entry in ($List -split '[;,\s]+')) {
            $pattern = ($entry -replace '^https?://', '') -replace '^\.', '*.'
            if ($pattern -ne '' -and (Read-AsrOptional -Read { $name -like $pattern })) {
                $named = $true
            }
        }
        if ($named) {
            [void]$targets.Add((New-AsrTarget -Name 'bypassed' -HostName $name -Port 443 -Tls $false -Http ''))
        }
    }
    if ($targets.Count -eq 0) {
        return , @()
    }
    return , (Test-AsrTarget -Targets $targets -LimitMillis $LimitMillis -ProxyHost '' -ProxyPort 0)
}

function Read-AsrProxy {
    param($Request, $Known)
    $machineProxy = Read-AsrMachineProxy
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
    $bypass = ''
    if ($null -ne $Known['proxy']) {
        [void]$places.Add($Known['proxy'])
        $bypass = $Known['bypass']
    }
    elseif ($null -ne $machineProxy['way']) {
        [void]$places.Add($machineProxy['way'])
        $bypass = [string]$machineProxy['read']['bypass']
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
        settings  = (Read-AsrProxyKey -Key (Get-AsrProductKey -Request $Request -Name 'proxy'))
        setup     = (Read-AsrProxyKey -Key (Get-AsrProductKey -Request $Request -Name 'server'))
        mars      = $mars
        marsError = $marsError
        winHttp   = $machineProxy['winHttp']
        system    = $machineProxy['read']
        answers   = $answers
        bypassed  = (Test-AsrBypassed -List $bypass -Hosts $Known['endpoints'] -LimitMillis ([int]$Request.connectMillis))
    }
}

$AsrAreas['proxy'] = { Read-AsrProxy -Request $request -Known $known }

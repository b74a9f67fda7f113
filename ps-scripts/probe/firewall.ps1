# Whether this server lets its own traffic out, and whether Azure answers it over TLS, through the proxy where there is
# one. Rules are read as the firewall stores them. Budget: one round of connections before the request's limit; a second and a
# third of those that fail, where the machine or the MARS agent has a proxy that the product has not.

function Read-AsrFirewallProfile {
    param([string]$Root, [string]$Name, [string]$From, $Unread)
    $key = Read-AsrFirewallKey -Path ($Root + '\' + $Name) -Unread $Unread
    if ($null -eq $key) {
        return $null
    }
    return [ordered]@{
        name     = $Name
        from     = $From
        enabled  = (Get-AsrNumber -Key $key -Name 'EnableFirewall')
        outbound = (Get-AsrNumber -Key $key -Name 'DefaultOutboundAction')
    }
}

# Active rules that block what goes out, in the firewall's own notation.
function Read-AsrBlockingRule {
    param([string]$Path, $Unread)
    $rules = New-Object System.Collections.ArrayList
    $key = Read-AsrFirewallKey -Path $Path -Unread $Unread
    foreach ($name in (Get-AsrValueName -Key $key)) {
        $rule = [string](Get-AsrText -Key $key -Name $name)
        # Hardening makes many rules for other protocols; none of them may push one for HTTPS out of the answer.
        $tcp = (-not $rule.Contains('|Protocol=')) -or $rule.Contains('|Protocol=6|')
        if ($tcp -and $rule.Contains('|Action=Block|') -and $rule.Contains('|Dir=Out|') -and $rule.Contains('|Active=TRUE|') -and $rules.Count -lt 200) {
            [void]$rules.Add((Limit-AsrText -Text $rule -Length 2000))
        }
    }
    return , $rules.ToArray()
}

# A product without a proxy of its own takes the machine's, unless it was told not to.
function Get-AsrWay {
    param($Known, $Machine)
    $direct = @{ of = $null; host = ''; port = 0 }
    if ($null -ne $Known['proxy']) {
        return , @($Known['proxy'])
    }
    if ($null -eq $Machine) {
        return , @($direct)
    }
    if ($Known['proxyOff']) {
        return , @($direct, $Machine)
    }
    return , @($Machine, $direct)
}

function Find-AsrMarsWay {
    param($Known)
    if ($null -ne $Known['proxy'] -or $null -eq $Known['marsRoot']) {
        return $null
    }
    $machine = Get-AsrMarsMachine -Known $Known
    if ($null -eq $machine) {
        return $null
    }
    $mars = Read-AsrMarsProxy -Machine $machine
    if (-not $mars['enabled'] -or [string]$mars['address'] -eq '') {
        return $null
    }
    $way = ConvertFrom-AsrProxy -Address $mars['address'] -Port $mars['port']
    $way['of'] = 'mars'
    return $way
}

# Tries by this way what was not answered by those before, and tells whether it has served any of it.
function Test-AsrByWay {
    param($Way, $Targets, $Results, [int]$LimitMillis)
    $places = New-Object System.Collections.ArrayList
    $again = New-Object System.Collections.ArrayList
    for ($i = 0; $i -lt $Targets.Count; $i++) {
        if ($null -eq $Results[$i] -or $Results[$i]['stage'] -ne 'done') {
            [void]$places.Add($i)
            [void]$again.Add($Targets[$i])
        }
    }
    $tried = Test-AsrTarget -Targets $again -LimitMillis $LimitMillis -ProxyHost $Way['host'] -ProxyPort $Way['port']
    $served = @($tried | Where-Object { $_['stage'] -eq 'done' }).Length -gt 0
    for ($i = 0; $i -lt $places.Count; $i++) {
        if ($served -or $null -eq $Results[$places[$i]]) {
            $Results[$places[$i]] = $tried[$i]
        }
    }
    return $served
}

function Test-AsrUrl {
    param($Known, $Machine, $Targets, [int]$LimitMillis)
    $results = New-Object System.Collections.ArrayList
    foreach ($target in $Targets) {
        [void]$results.Add($null)
    }
    $used = $null
    foreach ($way in (Get-AsrWay -Known $Known -Machine $Machine)) {
        if ((Test-AsrByWay -Way $way -Targets $Targets -Results $results -LimitMillis $LimitMillis) -or $null -eq $used) {
            $used = $way
        }
    }
    if (@($results | Where-Object { $_['stage'] -ne 'done' }).Length -gt 0) {
        $way = Find-AsrMarsWay -Known $Known
        if ($null -ne $way -and (Test-AsrByWay -Way $way -Targets $Targets -Results $results -LimitMillis $LimitMillis)) {
            $used = $way
        }
    }
    return @{ urls = $results.ToArray(); way = $used }
}

function Read-AsrFirewall {
    param($Request, $Known)
    $local = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\WindowsFirewall'
    $profiles = New-Object System.Collections.ArrayList
    $unread = New-Object System.Collections.ArrayList
    # A policy calls the private profile PrivateProfile, the local store StandardProfile.
    foreach ($name in @('DomainProfile', 'PrivateProfile', 'StandardProfile', 'PublicProfile')) {
        foreach ($place in @(@($policy, 'policy'), @($local, 'local'))) {
            $read = Read-AsrFirewallProfile -Root $place[0] -Name $name -From $place[1] -Unread $unread
            if ($null -ne $read) {
                [void]$profiles.Add($read)
            }
        }
    }
    $rules = New-Object System.Collections.ArrayList
    foreach ($place in @($local, $policy)) {
        foreach ($rule in (Read-AsrBlockingRule -Path ($place + '\FirewallRules') -Unread $unread)) {
            [void]$rules.Add($rule)
        }
    }
    $targets = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($url in @($Request.urls)) {
        if ($seen.Add([string]$url.host + ':' + [int]$url.port)) {
            [void]$targets.Add((New-AsrTarget -Name ([string]$url.name) -HostName ([string]$url.host) -Port ([int]$url.port) -Tls $true -Http ''))
        }
    }
    foreach ($url in $Known['endpoints']) {
        if ($seen.Add($url + ':443')) {
            [void]$targets.Add((New-AsrTarget -Name 'registered' -HostName $url -Port 443 -Tls $true -Http ''))
        }
    }
    $machine = Read-AsrOptional -Read { Read-AsrMachineProxy }
    if ($null -eq $machine) {
        $machine = @{ read = @{ script = $null }; way = $null }
    }
    $tried = Test-AsrUrl -Known $Known -Machine $machine['way'] -Targets $targets -LimitMillis ([int]$Request.connectMillis)
    $proxy = $null
    if ($null -ne $tried['way']['of']) {
        $proxy = $tried['way']['host'] + ':' + $tried['way']['port']
    }
    return [ordered]@{
        profiles   = $profiles.ToArray()
        rules      = $rules.ToArray()
        unread     = $unread.ToArray()
        proxy      = $proxy
        proxyOf    = $tried['way']['of']
        proxyError = $Known['proxyError']
        script     = $machine['read']['script']
        urls       = $tried['urls']
    }
}

$AsrAreas['firewall'] = { Read-AsrFirewall -Request $request -Known $known }

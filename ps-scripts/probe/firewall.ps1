# Whether this server lets its own traffic out, and whether Azure answers it over TLS, through the proxy where there is
# one. Rules are read as the firewall stores them. Budget: one round of connections before the request's limit.

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
    foreach ($url in @($Request.urls)) {
        [void]$targets.Add((New-AsrTarget -Name ([string]$url.name) -HostName ([string]$url.host) -Port ([int]$url.port) -Tls $true -Http ''))
    }
    foreach ($url in $Known['endpoints']) {
        [void]$targets.Add((New-AsrTarget -Name 'registered' -HostName $url -Port 443 -Tls $true -Http ''))
    }
    return [ordered]@{
        profiles   = $profiles.ToArray()
        rules      = $rules.ToArray()
        unread     = $unread.ToArray()
        proxy      = $Known['proxyText']
        proxyError = $Known['proxyError']
        urls       = (Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost $Known['proxyHost'] -ProxyPort $Known['proxyPort'])
    }
}

# Whether this server lets its own traffic out, and whether Azure answers it over TLS, through the proxy where there is
# one. Rules are read as the firewall stores them. Budget: one round of connections before the request's limit.

function Read-AsrFirewallProfile {
    param([string]$Root, [string]$Name, [string]$From)
    $key = Read-AsrOptional -Read { Get-AsrKey -Path ($Root + '\' + $Name) }
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
    param([string]$Path)
    $rules = New-Object System.Collections.ArrayList
    $key = Read-AsrOptional -Read { Get-AsrKey -Path $Path }
    foreach ($name in (Get-AsrValueName -Key $key)) {
        $rule = Get-AsrText -Key $key -Name $name
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
    # A policy calls the private profile PrivateProfile, the local store StandardProfile.
    foreach ($name in @('DomainProfile', 'PrivateProfile', 'StandardProfile', 'PublicProfile')) {
        foreach ($place in @(@($policy, 'policy'), @($local, 'local'))) {
            $read = Read-AsrFirewallProfile -Root $place[0] -Name $name -From $place[1]
            if ($null -ne $read) {
                [void]$profiles.Add($read)
            }
        }
    }
    $rules = New-Object System.Collections.ArrayList
    foreach ($place in @($local, $policy)) {
        foreach ($rule in (Read-AsrBlockingRule -Path ($place + '\FirewallRules'))) {
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
        profiles = $profiles.ToArray()
        rules    = $rules.ToArray()
        proxy    = $Known['proxyText']
        urls     = (Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost $Known['proxyHost'] -ProxyPort $Known['proxyPort'])
    }
}

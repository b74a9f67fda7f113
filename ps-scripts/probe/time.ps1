# How the clock is kept. Nothing is parsed that w32tm prints, because that is translated. Budget: 2 s, and 4 s for each of
# three sources where the machine's history is asked for.

# What a source itself answers (SNTP): its stratum, and how far it is ahead of this clock.
function Read-AsrTimeAnswer {
    param([string]$Source)
    $told = [ordered]@{ source = $Source; stratum = $null; aheadSeconds = $null; error = $null }
    $socket = $null
    $step = 'name'
    try {
        $address = $Source
        $literal = $null
        if (-not [System.Net.IPAddress]::TryParse($Source, [ref]$literal)) {
            $address = @(Resolve-DnsName -Name $Source -QuickTimeout | Where-Object { [string]$_.Type -eq 'A' } | ForEach-Object { [string]$_.IPAddress })[0]
        }
        $step = 'answer'
        $socket = New-Object System.Net.Sockets.Socket -ArgumentList 'InterNetwork', 'Dgram', 'Udp'
        $socket.ReceiveTimeout = 1500
        $socket.Connect($address, 123)
        $packet = New-Object byte[] 48
        $packet[0] = 27
        [void]$socket.Send($packet)
        $count = $socket.Receive($packet)
        $now = (Get-Date).ToUniversalTime()
        if ($count -lt 48) {
            $told['error'] = 'short'
        }
        else {
            $told['stratum'] = [int]$packet[1]
            if ($packet[1] -ge 1 -and $packet[1] -le 15) {
                $seconds = 16777216.0 * $packet[40] + 65536.0 * $packet[41] + 256.0 * $packet[42] + $packet[43] + $packet[44] / 256.0
                $epoch = New-Object DateTime -ArgumentList 1900, 1, 1
                $told['aheadSeconds'] = [long][Math]::Round(($epoch.AddSeconds($seconds) - $now).TotalSeconds)
            }
        }
    }
    catch {
        $told['error'] = $step
    }
    if ($null -ne $socket) {
        $socket.Close()
    }
    return $told
}

# Those that are in force, each by its place in the setting; the domain's own sources stand in no setting.
function Read-AsrTimeAnswers {
    param([string]$Type, [string]$Servers)
    $answers = New-Object System.Collections.ArrayList
    if ($Type -eq 'NT5DS' -or $Type -eq 'NoSync') {
        return , $answers.ToArray()
    }
    foreach ($server in $Servers.Split(' ')) {
        $name = $server.Split(',')[0]
        if ($name -ne '' -and $answers.Count -lt 3) {
            $told = Read-AsrTimeAnswer -Source $name
            $told['source'] = [string]$answers.Count
            [void]$answers.Add($told)
        }
    }
    return , $answers.ToArray()
}

# Good ones are not pushed out by bad ones, of which there may be many.
function Read-AsrTimeEvents {
    param([DateTime]$Since)
    $ids = @(24, 29, 34, 35, 36, 37, 47, 50, 52, 129, 134)
    $read = Read-AsrEvent -Provider 'Microsoft-Windows-Time-Service' -Ids $ids -Since $Since -Known $null -MostOfKind 5
    $events = New-Object System.Collections.ArrayList
    foreach ($one in $read['events']) {
        [void]$events.Add([ordered]@{ id = $one['id']; at = $one['at']; parameters = @() })
    }
    return @{ events = $events.ToArray(); error = $read['error'] }
}

function Read-AsrTime {
    param($Request)
    $service = 'HKLM:\SYSTEM\CurrentControlSet\Services\W32Time'
    $parameters = Get-AsrKey -Path ($service + '\Parameters')
    $policy = Get-AsrKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\W32Time\Parameters'
    $config = Get-AsrKey -Path ($service + '\Config')
    $state = $null
    $found = Find-AsrNamedService -Name 'W32Time'
    if ($null -ne $found) {
        $state = ConvertTo-AsrState -Status ([int]$found.Status)
    }
    $read = Read-AsrTimeEvents -Since (Get-Date).AddDays(-7)
    $type = Get-AsrText -Key $policy -Name 'Type'
    if ($null -eq $type) {
        $type = Get-AsrText -Key $parameters -Name 'Type'
    }
    $servers = Get-AsrText -Key $policy -Name 'NtpServer'
    if ($null -eq $servers) {
        $servers = Get-AsrText -Key $parameters -Name 'NtpServer'
    }
    $answers = @()
    if (@($Request.areas) -ccontains 'history') {
        $answers = Read-AsrTimeAnswers -Type $type -Servers $servers
    }
    return [ordered]@{
        state            = $state
        startType        = (Get-AsrStartType -Key (Get-AsrServiceKey -Name 'W32Time'))
        type             = (Get-AsrText -Key $parameters -Name 'Type')
        servers          = (Get-AsrText -Key $parameters -Name 'NtpServer')
        policyType       = (Get-AsrText -Key $policy -Name 'Type')
        policyServers    = (Get-AsrText -Key $policy -Name 'NtpServer')
        maxOffsetSeconds = (Get-AsrNumber -Key $config -Name 'MaxAllowedPhaseOffset')
        lastKnownGood    = (Get-AsrText -Key $config -Name 'LastKnownGoodTime')
        vmwareTools      = ($null -ne (Get-AsrServiceKey -Name 'VMTools'))
        answers          = $answers
        events           = $read['events']
        eventsError      = $read['error']
    }
}

$AsrAreas['time'] = { Read-AsrTime -Request $request }

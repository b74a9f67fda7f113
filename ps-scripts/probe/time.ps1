# How the clock is kept. Nothing is parsed that w32tm prints, because that is translated. Budget: 2 s.

function Read-AsrTimeEvents {
    param([DateTime]$Since)
    $filter = @{
        LogName      = 'System'
        ProviderName = 'Microsoft-Windows-Time-Service'
        Id           = @(24, 29, 34, 35, 36, 37, 47, 50, 52, 129, 134)
        StartTime    = $Since
    }
    $events = New-Object System.Collections.ArrayList
    try {
        foreach ($record in @(Get-WinEvent -FilterHashtable $filter -MaxEvents 20)) {
            [void]$events.Add([ordered]@{ id = [int]$record.Id; at = [DateTime]$record.TimeCreated; parameters = @() })
        }
    }
    catch {
        if (-not ([string]$_.FullyQualifiedErrorId).StartsWith('NoMatchingEventsFound')) {
            throw
        }
    }
    return , $events.ToArray()
}

function Read-AsrTime {
    $service = 'HKLM:\SYSTEM\CurrentControlSet\Services\W32Time'
    $parameters = Get-AsrKey -Path ($service + '\Parameters')
    $policy = Get-AsrKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\W32Time\Parameters'
    $config = Get-AsrKey -Path ($service + '\Config')
    $state = $null
    foreach ($found in @(Get-Service)) {
        if ($found.Name -eq 'W32Time') {
            $state = ConvertTo-AsrState -Status ([int]$found.Status)
        }
    }
    $events = @()
    $eventsError = $null
    try {
        $events = Read-AsrTimeEvents -Since (Get-Date).AddDays(-7)
    }
    catch {
        $eventsError = [string]$_.FullyQualifiedErrorId
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
        events           = $events
        eventsError      = $eventsError
    }
}

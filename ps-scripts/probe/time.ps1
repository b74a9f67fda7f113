# How the clock is kept. Nothing is parsed that w32tm prints, because that is translated. Budget: 2 s.

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
        events           = $read['events']
        eventsError      = $read['error']
    }
}

$AsrAreas['time'] = { Read-AsrTime }

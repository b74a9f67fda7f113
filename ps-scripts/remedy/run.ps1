# Does the steps of a plan in their order, under the server's lease, and watches for a while what it has started.

# Who made a mutex, where that is neither Windows, nor the administrators, nor this account; nothing where nobody can tell.
function Get-AsrStranger {
    param($Lease)
    try {
        $ours = @('S-1-5-18', 'S-1-5-32-544', [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value)
        if ($null -ne $Lease.PSObject.Methods['GetAccessControl']) {
            $access = $Lease.GetAccessControl()
        }
        else {
            $access = [System.Threading.ThreadingAclExtensions]::GetAccessControl($Lease)
        }
        $owner = $access.GetOwner([System.Security.Principal.SecurityIdentifier])
    }
    catch {
        return $null
    }
    # What has a descriptor without an owner is nobody's.
    if ($null -eq $owner -or $ours -contains $owner.Value) {
        return $null
    }
    try {
        return [string]$owner.Translate([System.Security.Principal.NTAccount]).Value
    }
    catch {
        return [string]$owner.Value
    }
}

# One mutex of the machine, so that two controllers never heal it at the same time; Windows gives it back when the process
# ends, however it ends. A name that another account holds and lets nobody open is told apart from one that is busy.
function Enter-AsrLease {
    $lease = $null
    try {
        $lease = New-Object System.Threading.Mutex -ArgumentList $false, ('Global\asrdoctor-remedy-' + $env:COMPUTERNAME)
        if ($lease.WaitOne(0)) {
            return @{ mutex = $lease; kept = $null; by = $null }
        }
        $stranger = Get-AsrStranger -Lease $lease
        $lease.Dispose()
        return @{ mutex = $null; kept = 'busy'; by = $stranger }
    }
    catch {
        $cause = $_.Exception.GetBaseException()
        if ($cause.GetType().Name -eq 'AbandonedMutexException') {
            return @{ mutex = $lease; kept = $null; by = $null }
        }
        if ($cause.GetType().Name -eq 'UnauthorizedAccessException') {
            return @{ mutex = $null; kept = 'denied'; by = $null }
        }
        throw
    }
}

# A step that a restart is to take is left out with it, before it is done: what would be left is a service that runs on
# with what it took at its start, before it was set.
function Find-AsrRefusedRestart {
    param($Step, $Request)
    foreach ($other in @($Request.steps)) {
        if ([string]$other.action -eq 'restart' -and $null -ne $other.needs -and [string]$other.needs -eq [string]$Step.target) {
            if (Test-AsrRestartRefused -Name ([string]$other.target)) {
                return @{ outcome = 'restart-refused'; message = [string]$other.target }
            }
            if (Test-AsrRestartMoved -Name ([string]$other.target) -ProcessId ([string]$other.from)) {
                return @{ outcome = 'restart-moved-on'; message = [string]$other.target }
            }
        }
    }
    return $null
}

function Invoke-AsrStep {
    param($Step, $Failed, $Down, $Request)
    $wait = [int]$Request.waitSeconds
    $limit = [int]$Step.seconds
    $whatIf = [bool]$Request.whatIf -or [bool]$Step.whatIf
    if ($null -ne $Step.needs -and $Failed -contains [string]$Step.needs) {
        $result = New-AsrResult -Name ([string]$Step.target)
        $result['outcome'] = 'skipped-dependency-failed'
        $result['message'] = [string]$Step.needs
        return $result
    }
    $refused = Find-AsrRefusedRestart -Step $Step -Request $Request
    if ($null -ne $refused) {
        $result = New-AsrResult -Name ([string]$Step.target)
        $result['outcome'] = $refused.outcome
        $result['message'] = $refused.message
        return $result
    }
    switch ([string]$Step.action) {
        'start' { return (Start-AsrService -Name $Step.target -Failed $Down -WaitSeconds $wait -WhatIf $whatIf) }
        'resume' { return (Start-AsrService -Name $Step.target -Failed $Down -WaitSeconds $wait -WhatIf $whatIf) }
        'restart' { return (Restart-AsrService -Name $Step.target -ProcessId $Step.from -WaitSeconds $wait -LimitSeconds $limit -WhatIf $whatIf) }
        'set-start-type' { return (Set-AsrStartType -Name $Step.target -From $Step.from -To $Step.to -LimitSeconds $limit -WhatIf $whatIf) }
        'resync-time' { return (Sync-AsrTime -WaitSeconds $wait -LimitSeconds $limit -WhatIf $whatIf) }
        'set-mars-proxy' { return (Set-AsrMarsProxy -Request $Request -From $Step.from -To $Step.to -WhatIf $whatIf) }
        'set-product-proxy' { return (Set-AsrProductProxy -Request $Request -From $Step.from -To $Step.to -WhatIf $whatIf) }
        'exclude-folders' { return (Add-AsrExclusion -Folders $Step.to -WhatIf $whatIf) }
    }
    throw ('there is no remedy ' + [string]$Step.action)
}

function Invoke-AsrSteps {
    param($Request)
    $began = (Get-Date).AddSeconds(-1)
    $good = @('already-running', 'started', 'resumed', 'would-start', 'would-resume', 'restarted', 'already-restarted', 'would-restart', 'set', 'already-set', 'would-set', 'asked', 'would-resync')
    $begun = @('started', 'resumed', 'restarted')
    $results = New-Object System.Collections.ArrayList
    $starts = @('start', 'resume', 'restart')
    $failed = New-Object System.Collections.ArrayList
    $down = New-Object System.Collections.ArrayList
    $acted = $false
    foreach ($step in @($Request.steps)) {
        $result = Invoke-AsrStep -Step $step -Failed $failed -Down $down -Request $Request
        $result['action'] = [string]$step.action
        [void]$results.Add($result)
        if ($good -notcontains $result['outcome']) {
            [void]$failed.Add([string]$step.target)
            if ($starts -contains [string]$step.action) {
                [void]$down.Add([string]$step.target)
            }
        }
        if ($begun -contains $result['outcome']) {
            $acted = $true
        }
    }
    if ($acted) {
        Start-Sleep -Seconds ([int]$Request.settleSeconds)
    }
    $about = New-Object System.Collections.ArrayList
    foreach ($result in $results) {
        if ($begun -contains $result['outcome']) {
            Test-AsrServiceStays -Result $result
        }
        [void]$about.Add($result['name'])
        try {
            $service = Find-AsrService -Name $result['name']
            if ($null -ne $service) {
                [void]$about.Add([string]$service.DisplayName)
            }
        }
        catch {
            continue
        }
    }
    $read = Read-AsrServiceEvent -About $about.ToArray() -Since $began
    return [ordered]@{
        leased      = $true
        steps       = $results.ToArray()
        events      = $read['events']
        eventsError = $read['error']
    }
}

function Invoke-AsrRemedy {
    param($Request)
    $lease = Enter-AsrLease
    if ($null -eq $lease.mutex) {
        return [ordered]@{ leased = $false; kept = $lease.kept; keptBy = $lease.by; steps = @(); events = @() }
    }
    try {
        return (Invoke-AsrSteps -Request $Request)
    }
    finally {
        $lease.mutex.ReleaseMutex()
        $lease.mutex.Dispose()
    }
}

$watch = [System.Diagnostics.Stopwatch]::StartNew()
$request = ConvertFrom-Json -InputObject $AsrRequest
$outcome = Get-AsrArea -Read { Invoke-AsrRemedy -Request $request }
Write-AsrAnswer -Nonce $request.nonce -Answer ([ordered]@{
        version       = 1
        remedy        = $outcome
        elapsedMillis = $watch.ElapsedMilliseconds
    })

# Does the steps of a plan in their order, under the server's lease, and watches for a while what it has started.

# One mutex of the machine, so that two controllers never heal it at the same time; Windows gives it back when the process
# ends, however it ends. Nothing where another holds it.
function Enter-AsrLease {
    try {
        $lease = New-Object System.Threading.Mutex -ArgumentList $false, ('Global\asrdoctor-remedy-' + $env:COMPUTERNAME)
        if ($lease.WaitOne(0)) {
            return $lease
        }
        $lease.Dispose()
        return $null
    }
    catch {
        $cause = $_.Exception.GetBaseException()
        if ($cause.GetType().Name -eq 'AbandonedMutexException') {
            return $lease
        }
        if ($cause.GetType().Name -eq 'UnauthorizedAccessException') {
            return $null
        }
        throw
    }
}

function Invoke-AsrStep {
    param($Step, $Failed, $Request)
    $wait = [int]$Request.waitSeconds
    $whatIf = [bool]$Request.whatIf -or [bool]$Step.whatIf
    if ($null -ne $Step.needs -and $Failed -contains [string]$Step.needs) {
        $result = New-AsrResult -Name ([string]$Step.target)
        $result['outcome'] = 'skipped-dependency-failed'
        $result['message'] = [string]$Step.needs
        return $result
    }
    switch ([string]$Step.action) {
        'start' { return (Start-AsrService -Name $Step.target -Failed $Failed -WaitSeconds $wait -WhatIf $whatIf) }
        'resume' { return (Start-AsrService -Name $Step.target -Failed $Failed -WaitSeconds $wait -WhatIf $whatIf) }
        'restart' { return (Restart-AsrService -Name $Step.target -ProcessId $Step.from -WaitSeconds $wait -WhatIf $whatIf) }
        'set-start-type' { return (Set-AsrStartType -Name $Step.target -From $Step.from -To $Step.to -WhatIf $whatIf) }
        'resync-time' { return (Sync-AsrTime -WaitSeconds $wait -WhatIf $whatIf) }
        'set-mars-proxy' { return (Set-AsrMarsProxy -From $Step.from -To $Step.to -WhatIf $whatIf) }
        'set-product-proxy' { return (Set-AsrProductProxy -From $Step.from -To $Step.to -WhatIf $whatIf) }
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
    $failed = New-Object System.Collections.ArrayList
    $acted = $false
    foreach ($step in @($Request.steps)) {
        $result = Invoke-AsrStep -Step $step -Failed $failed -Request $Request
        $result['action'] = [string]$step.action
        [void]$results.Add($result)
        if ($good -notcontains $result['outcome']) {
            [void]$failed.Add([string]$step.target)
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
    $events = @()
    try {
        $events = Read-AsrServiceEvent -About $about.ToArray() -Since $began -Most 50
    }
    catch {
        $events = @()
    }
    return [ordered]@{
        leased = $true
        steps  = $results.ToArray()
        events = $events
    }
}

function Invoke-AsrRemedy {
    param($Request)
    $lease = Enter-AsrLease
    if ($null -eq $lease) {
        return [ordered]@{ leased = $false; steps = @(); events = @() }
    }
    try {
        return (Invoke-AsrSteps -Request $Request)
    }
    finally {
        $lease.ReleaseMutex()
        $lease.Dispose()
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

# Starts what has stopped and resumes what is paused, in the order given. It reads each state again right before it acts,
# never starts a disabled service, and does nothing to one that runs already.

function Find-AsrService {
    param([string]$Name)
    try {
        return (Get-Service -Name ([System.Management.Automation.WildcardPattern]::Escape($Name)))
    }
    catch {
        if (([string]$_.FullyQualifiedErrorId).StartsWith('NoServiceFoundForGivenName')) {
            return $null
        }
        throw
    }
}

function Wait-AsrServiceLeaves {
    param($Service, [int[]]$States, [DateTime]$Until)
    while ($true) {
        $Service.Refresh()
        $status = [int]$Service.Status
        if ($States -notcontains $status -or (Get-Date) -ge $Until) {
            return $status
        }
        Start-Sleep -Milliseconds 250
    }
}

# Exceptions of ServiceController carry the Win32 error somewhere inside.
function Get-AsrWin32Error {
    param($Exception)
    while ($null -ne $Exception) {
        if ($Exception -is [System.ComponentModel.Win32Exception]) {
            return $Exception.NativeErrorCode
        }
        $Exception = $Exception.InnerException
    }
    return $null
}

function Add-AsrExitCode {
    param($Result)
    try {
        $service = Get-CimInstance -ClassName Win32_Service -Filter ("Name='" + (ConvertTo-AsrQueryText -Text $Result['name']) + "'") -OperationTimeoutSec 20
        $Result['exitCode'] = $service.ExitCode
        $Result['serviceExitCode'] = $service.ServiceSpecificExitCode
    }
    catch {
        return
    }
}

function Start-AsrService {
    param([string]$Name, $Failed, [int]$WaitSeconds, [bool]$WhatIf)
    $result = [ordered]@{
        name            = $Name
        before          = 'unknown'
        outcome         = 'not-installed'
        after           = 'unknown'
        win32Error      = $null
        exitCode        = $null
        serviceExitCode = $null
        message         = $null
        startedMillis   = $null
    }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        $service = Find-AsrService -Name $Name
        if ($null -eq $service) {
            return $result
        }
        $until = (Get-Date).AddSeconds($WaitSeconds)
        $status = [int]$service.Status
        $result['before'] = ConvertTo-AsrState -Status $status
        $result['after'] = $result['before']
        if ($status -eq 4) {
            $result['outcome'] = 'already-running'
            return $result
        }
        $key = Get-AsrServiceKey -Name $Name
        if ((Get-AsrStartType -Key $key) -eq 'disabled') {
            $result['outcome'] = 'refused-disabled'
            return $result
        }
        foreach ($dependency in (Get-AsrDependency -Key $key)) {
            if ($Failed -contains $dependency) {
                $result['outcome'] = 'skipped-dependency-failed'
                $result['message'] = $dependency
                return $result
            }
        }
        if ($WhatIf) {
            if ($status -eq 7 -or $status -eq 6) {
                $result['outcome'] = 'would-resume'
            }
            else {
                $result['outcome'] = 'would-start'
            }
            return $result
        }
        if ($status -eq 3 -or $status -eq 6) {
            $status = Wait-AsrServiceLeaves -Service $service -States @(3, 6) -Until $until
        }
        $outcome = 'started'
        if ($status -eq 7) {
            $service.Continue()
            $outcome = 'resumed'
        }
        elseif ($status -eq 1) {
            try {
                $service.Start()
            }
            catch {
                # 1056: somebody else has started it in the meantime.
                if ((Get-AsrWin32Error -Exception $_.Exception) -ne 1056) {
                    throw
                }
            }
        }
        $status = Wait-AsrServiceLeaves -Service $service -States @(2, 5, 7) -Until $until
        $result['after'] = ConvertTo-AsrState -Status $status
        $result['startedMillis'] = $watch.ElapsedMilliseconds
        if ($status -eq 4) {
            $result['outcome'] = $outcome
        }
        elseif ($status -eq 1) {
            $result['outcome'] = 'start-failed'
            Add-AsrExitCode -Result $result
        }
        else {
            $result['outcome'] = 'timed-out'
        }
    }
    catch {
        $result['outcome'] = 'start-failed'
        $result['win32Error'] = Get-AsrWin32Error -Exception $_.Exception
        $result['message'] = [string]$_.Exception.Message
        Add-AsrExitCode -Result $result
    }
    return $result
}

# A service that dies a moment after it started has not been healed.
function Test-AsrServiceStays {
    param($Result)
    try {
        $service = Find-AsrService -Name $Result['name']
        if ($null -eq $service) {
            return
        }
        $Result['after'] = ConvertTo-AsrState -Status ([int]$service.Status)
        if ([int]$service.Status -eq 1) {
            $Result['outcome'] = 'stopped-again'
            Add-AsrExitCode -Result $Result
        }
    }
    catch {
        $Result['message'] = [string]$_.Exception.Message
    }
}

function Invoke-AsrStartServices {
    param($Request)
    $began = (Get-Date).AddSeconds(-1)
    $healed = @('already-running', 'started', 'resumed', 'would-start', 'would-resume')
    $results = New-Object System.Collections.ArrayList
    $failed = New-Object System.Collections.ArrayList
    $acted = $false
    foreach ($name in @($Request.services)) {
        $result = Start-AsrService -Name $name -Failed $failed -WaitSeconds ([int]$Request.waitSeconds) -WhatIf ([bool]$Request.whatIf)
        [void]$results.Add($result)
        if ($healed -notcontains $result['outcome']) {
            [void]$failed.Add($name)
        }
        if ($result['outcome'] -eq 'started' -or $result['outcome'] -eq 'resumed') {
            $acted = $true
        }
    }
    if ($acted) {
        Start-Sleep -Seconds ([int]$Request.settleSeconds)
    }
    $about = New-Object System.Collections.ArrayList
    foreach ($result in $results) {
        if ($result['outcome'] -eq 'started' -or $result['outcome'] -eq 'resumed') {
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
        services = $results.ToArray()
        events   = $events
    }
}

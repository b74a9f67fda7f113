# What all remedies share: one result for each step, and how a service is found and waited for.

function New-AsrResult {
    param([string]$Name)
    return [ordered]@{
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
}

function Find-AsrService {
    param([string]$Name)
    return (Find-AsrNamedService -Name $Name)
}

# Time waited, not the clock: a remedy may move the clock meanwhile.
function Start-AsrWatch {
    return [System.Diagnostics.Stopwatch]::StartNew()
}

function Wait-AsrServiceLeaves {
    param($Service, [int[]]$States, $Watch, [int]$WaitSeconds)
    while ($true) {
        $Service.Refresh()
        $status = [int]$Service.Status
        if ($States -notcontains $status -or $Watch.Elapsed.TotalSeconds -ge $WaitSeconds) {
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

# The state that is left behind, where it can still be read.
function Update-AsrAfter {
    param($Result, $Service)
    if ($null -eq $Service) {
        return
    }
    try {
        $Service.Refresh()
        $Result['after'] = ConvertTo-AsrState -Status ([int]$Service.Status)
    }
    catch {
        $Result['after'] = 'unknown'
    }
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

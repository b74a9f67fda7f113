# Stands in for the Windows cmdlets, CIM classes and registry keys that asrdoctor's scripts read and change, on the world
# that the lab describes in the global variable AsrLabWorld. Instants there are texts that begin with @, in UTC. This file
# and those beside it, by what they stand in for, are one module; this is its first part.
Set-StrictMode -Version 2


function ConvertFrom-LabTime {
    param($Text)
    if ($null -eq $Text) {
        return $null
    }
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    $styles = [System.Globalization.DateTimeStyles]::AdjustToUniversal -bor [System.Globalization.DateTimeStyles]::AssumeUniversal
    return [DateTime]::Parse(([string]$Text).Substring(1), $invariant, $styles)
}

function ConvertTo-LabTime {
    param([DateTime]$Moment)
    return '@' + $Moment.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

function Get-LabNow {
    return [DateTime]::UtcNow.AddSeconds([double]$global:AsrLabWorld.host.clockOffsetSeconds)
}

function New-LabError {
    param([string]$Id, [string]$Message)
    $exception = New-Object System.InvalidOperationException $Message
    return New-Object System.Management.Automation.ErrorRecord $exception, $Id, ([System.Management.Automation.ErrorCategory]::NotSpecified), $null
}

# What goes wrong with a source, if anything does.
function Invoke-LabFault {
    param([string]$Target)
    foreach ($fault in @($global:AsrLabWorld.faults)) {
        if ($fault.target -ne $Target) {
            continue
        }
        if ($fault.error -eq 'hang') {
            Start-Sleep -Seconds 86400
        }
        $denied = $fault.error -eq 'access-denied'
        switch ($Target) {
            { $_ -eq 'cim' -or $_ -eq 'process' } {
                $code = 'HRESULT 0x80041001'
                if ($denied) { $code = 'HRESULT 0x80041003' }
                throw (New-LabError -Id ($code + ',Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand') -Message $fault.message)
            }
            'registry' {
                $name = 'System.IO.IOException'
                if ($denied) { $name = 'System.Security.SecurityException' }
                throw (New-LabError -Id ($name + ',Microsoft.PowerShell.Commands.GetItemPropertyCommand') -Message $fault.message)
            }
            'scm' {
                $name = 'System.InvalidOperationException'
                if ($denied) { $name = 'CouldNotGetServiceInfo' }
                throw (New-LabError -Id ($name + ',Microsoft.PowerShell.Commands.GetServiceCommand') -Message $fault.message)
            }
            'eventlog' {
                # What New-Object throws around the exception of a constructor is taken off by whoever reads it.
                if ($denied) { throw (New-Object System.UnauthorizedAccessException $fault.message) }
                throw (New-LabLogException -Message $fault.message)
            }
        }
    }
}

# Changes the machine beside its services; what is changed goes back to the lab when the script has ended.
function Set-LabMachine {
    param($Change)
    Merge-LabObject -Into $global:AsrLabWorld.machine -Change $Change
    if ($null -eq $global:AsrLabWorld.PSObject.Properties['changed']) {
        $global:AsrLabWorld | Add-Member -MemberType NoteProperty -Name changed -Value ([pscustomobject]@{})
    }
    Merge-LabObject -Into $global:AsrLabWorld.changed -Change $Change
}

function Merge-LabObject {
    param($Into, $Change)
    foreach ($property in @($Change.PSObject.Properties)) {
        $known = $Into.PSObject.Properties[$property.Name]
        if ($null -eq $known) {
            $value = $property.Value
            if ($value -is [pscustomobject]) {
                $value = [pscustomobject]@{}
                Merge-LabObject -Into $value -Change $property.Value
            }
            $Into | Add-Member -MemberType NoteProperty -Name $property.Name -Value $value
        }
        elseif ($known.Value -is [pscustomobject] -and $property.Value -is [pscustomobject]) {
            Merge-LabObject -Into $known.Value -Change $property.Value
        }
        else {
            $known.Value = $property.Value
        }
    }
}

function Get-LabMember {
    param($Object, [string]$Name)
    if ($null -eq $Object) {
        return $null
    }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return $null
    }
    return $property.Value
}

# A number, or one that grows since the server booted.
function Get-LabNumber {
    param($Value, [double]$Seconds)
    if ($Value -is [pscustomobject]) {
        return [Math]::Floor([decimal]$Value.base + [decimal]$Value.perSecond * [decimal]$Seconds)
    }
    return $Value
}

function Get-LabUpTime {
    return ((Get-LabNow) - (ConvertFrom-LabTime -Text $global:AsrLabWorld.host.bootedAt)).TotalSeconds
}

function Get-Date {
    return (Get-LabNow).ToLocalTime()
}

# The version that answers on the server, in place of the one that runs here.
function Get-Variable {
    [CmdletBinding()]
    param([string]$Name, [switch]$ValueOnly)
    if ($Name -eq 'PSVersionTable') {
        return [pscustomobject]@{ PSVersion = [Version]$global:AsrLabWorld.host.psVersion }
    }
    return (Microsoft.PowerShell.Utility\Get-Variable @PSBoundParameters)
}

$env:SystemRoot = 'C:\Windows'
$env:COMPUTERNAME = $global:AsrLabWorld.id
Export-ModuleMember -Function Get-Date, Get-Variable

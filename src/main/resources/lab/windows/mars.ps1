# The module of the MARS agent.

function Import-Module {
    [CmdletBinding()]
    param([string]$Name, [switch]$DisableNameChecking)
    if ($Name -notlike '*\MSOnlineBackup' -or $null -eq (Get-LabMember -Object $global:AsrLabWorld.machine -Name 'mars')) {
        throw (New-LabError -Id 'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand' -Message ("The specified module '" + $Name + "' was not loaded."))
    }
}

# The MARS agent's settings object, as its cmdlet returns it.
function Get-OBMachineSetting {
    $mars = Get-LabMember -Object $global:AsrLabWorld.machine -Name 'mars'
    $fails = Get-LabMember -Object $mars -Name 'error'
    if ($null -ne $fails) {
        throw (New-LabError -Id ($fails + ',Microsoft.Internal.CloudBackup.Commands.GetOBMachineSettingCommand') -Message 'The operation failed.')
    }
    return $mars
}

function Set-OBMachineSetting {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string]$ProxyServer, [int]$ProxyPort, [switch]$NoProxy)
    $proxy = [pscustomobject]@{ Enabled = $false }
    if (-not $NoProxy) { $proxy = [pscustomobject]@{ Enabled = $true; ProxyServer = $ProxyServer; ProxyPort = $ProxyPort } }
    Set-LabMachine -Change ([pscustomobject]@{ mars = [pscustomobject]@{ ProxySetting = $proxy } })
}

Export-ModuleMember -Function Import-Module, Get-OBMachineSetting, Set-OBMachineSetting

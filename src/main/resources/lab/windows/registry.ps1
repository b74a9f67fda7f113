# The registry, and the WSMan drive.

function Get-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath)
    $root = 'HKLM:\SYSTEM\CurrentControlSet\Services\'
    Invoke-LabFault -Target 'registry'
    $stored = Get-LabMember -Object $global:AsrLabWorld.machine.registry -Name $LiteralPath
    if ($null -ne $stored) {
        if ($stored -is [string]) {
            throw (New-LabError -Id 'System.Security.SecurityException,Microsoft.PowerShell.Commands.GetItemPropertyCommand' -Message 'Requested registry access is not allowed.')
        }
        $values = [ordered]@{}
        foreach ($property in @($stored.PSObject.Properties)) {
            $value = $property.Value
            if ($value -is [pscustomobject]) { $value = [Convert]::FromBase64String($value.binary) }
            elseif ($value -is [long]) { $value = [int]$value }
            $values[$property.Name] = $value
        }
        $values['PSPath'] = 'Microsoft.PowerShell.Core\Registry::' + $LiteralPath
        $values['PSChildName'] = $LiteralPath.Substring($LiteralPath.LastIndexOf('\') + 1)
        return [pscustomobject]$values
    }
    $service = $null
    if ($LiteralPath.StartsWith($root, [StringComparison]::OrdinalIgnoreCase)) {
        $service = Find-LabService -Name $LiteralPath.Substring($root.Length)
    }
    if ($null -eq $service) {
        throw (New-LabError -Id 'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand' -Message ("Cannot find path '" + $LiteralPath + "' because it does not exist."))
    }
    $key = [ordered]@{
        Type = 16; Start = [int]$service.start; ErrorControl = 1; ImagePath = $service.imagePath
        DisplayName = $service.displayName; ObjectName = $service.account
    }
    if ($service.delayed) {
        $key['DelayedAutostart'] = 1
    }
    $dependsOn = @($service.dependsOn)
    if ($dependsOn.Length -gt 0) {
        $key['DependOnService'] = [string[]]$dependsOn
    }
    return [pscustomobject]$key
}

# Of the WSMan drive alone.
function Get-Item {
    [CmdletBinding()]
    param([string]$LiteralPath)
    $cut = $LiteralPath.LastIndexOf('\')
    $values = Get-LabMember -Object $global:AsrLabWorld.machine.registry -Name $LiteralPath.Substring(0, $cut)
    if ($null -eq $values -or $values -is [string]) {
        throw (New-LabError -Id 'System.InvalidOperationException,Microsoft.PowerShell.Commands.GetItemCommand' -Message 'Access is denied.')
    }
    return [pscustomobject]@{ Name = $LiteralPath.Substring($cut + 1); Value = [string](Get-LabMember -Object $values -Name $LiteralPath.Substring($cut + 1)) }
}

# Values are texts or numbers; what a key holds beside stays.
function Set-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Name, $Value)
    Invoke-LabFault -Target 'registry'
    Set-LabMachine -Change ([pscustomobject]@{ registry = [pscustomobject]@{ $LiteralPath = [pscustomobject]@{ $Name = $Value } } })
}

Export-ModuleMember -Function Get-ItemProperty, Get-Item, Set-ItemProperty

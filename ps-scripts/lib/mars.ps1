# The MARS agent's machine settings, by its own cmdlet, asked for once in a run.

function Get-AsrMarsMachine {
    param($Known)
    if ($Known.ContainsKey('marsMachine')) {
        return $Known['marsMachine']
    }
    $Known['marsMachine'] = $null
    $Known['marsError'] = $null
    try {
        Import-Module -Name $Known['marsModule'] -DisableNameChecking
        $Known['marsMachine'] = Get-OBMachineSetting
    }
    catch {
        $Known['marsError'] = [string]$_.FullyQualifiedErrorId
    }
    return $Known['marsMachine']
}

# Whose password the agent's proxy was given, under whatever name the agent keeps it.
function Get-AsrMarsProxyUser {
    param($Setting)
    foreach ($property in @($Setting.PSObject.Properties)) {
        if ($property.Name -like '*user*' -and $property.Value -is [string] -and $property.Value.Trim() -ne '') {
            return $property.Value.Trim()
        }
    }
    return $null
}

function Read-AsrMarsProxy {
    param($Machine)
    $setting = Get-AsrProperty -Object $Machine -Name 'ProxySetting'
    if ($null -eq $setting) {
        return [ordered]@{ enabled = $false; address = $null; port = $null; user = $null }
    }
    $port = Get-AsrProperty -Object $setting -Name 'ProxyPort'
    if ($null -ne $port) {
        $port = [string]$port
    }
    return [ordered]@{
        enabled = [bool](Get-AsrProperty -Object $setting -Name 'Enabled')
        address = [string](Get-AsrProperty -Object $setting -Name 'ProxyServer')
        port    = $port
        user    = (Get-AsrMarsProxyUser -Setting $setting)
    }
}

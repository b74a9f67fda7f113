# What an appliance's own files and settings say of its registration, its updates and its parts. Budget: 2 s, a dozen small files
# and the registry's list of programs.

function Read-AsrConfiguration {
    param($Request, $Known)
    $file = Read-AsrJsonFile -Path ([string](Get-AsrProductPath -Request $Request -Known $Known -Name 'appliance'))
    return [ordered]@{
        found      = $file['found']
        error      = $file['error']
        fabricType = (Get-AsrMemberText -Object $file['json'] -Names @('FabricType'))
        registered = (Get-AsrLowerText -Object $file['json'] -Name 'IsApplianceRegistered')
        settings   = ($null -ne (Get-AsrMember -Object $file['json'] -Names @('RegistrationSettings')))
        version    = (Get-AsrMemberText -Object $file['json'] -Names @('ComponentVersion'))
    }
}

function Get-AsrLowerText {
    param($Object, [string]$Name)
    $text = Get-AsrMemberText -Object $Object -Names @($Name)
    if ($null -eq $text) {
        return $null
    }
    return $text.Trim().ToLowerInvariant()
}

function Read-AsrComponent {
    param($Request, $Known)
    $components = New-Object System.Collections.ArrayList
    foreach ($property in @($Request.product.files.PSObject.Properties)) {
        if (-not ([string]$property.Name).StartsWith('component')) {
            continue
        }
        $path = Get-AsrProductPath -Request $Request -Known $Known -Name ([string]$property.Name)
        $file = Read-AsrJsonFile -Path ([string]$path)
        [void]$components.Add([ordered]@{
                file       = ([string]$property.Value.path).Split('\')[-1]
                found      = $file['found']
                error      = $file['error']
                configured = (Get-AsrLowerText -Object $file['json'] -Name 'IsConfigured')
                registered = (Get-AsrLowerText -Object $file['json'] -Name 'IsRegistered')
            })
    }
    return , $components.ToArray()
}

function Read-AsrProgram {
    param($Request)
    $programs = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $wanted = @($Request.product.packages)
    foreach ($root in @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall')) {
        $keys = Read-AsrOptional -Read { , @(Get-ChildItem -LiteralPath $root) }
        foreach ($child in @($keys)) {
            if ($null -eq $child) {
                continue
            }
            $key = Read-AsrOptional -Read { Get-AsrKey -Path ($root + '\' + [string]$child.PSChildName) }
            $name = Get-AsrText -Key $key -Name 'DisplayName'
            if ($null -ne $name -and $wanted -contains $name -and $seen.Add($name)) {
                [void]$programs.Add([ordered]@{ name = $name; version = (Get-AsrText -Key $key -Name 'DisplayVersion') })
            }
        }
    }
    return , @($programs | Sort-Object -Property @{ Expression = { $_['name'] } })
}

# Values of group policy that forbid what the appliance needs, where they are set.
function Read-AsrPolicy {
    param($Unread)
    $policies = New-Object System.Collections.ArrayList
    foreach ($place in @(
            @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System', 'DisableRegistryTools'),
            @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\System', 'DisableCMD'),
            @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Attachments', 'UseTrustedHandlers'),
            @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\PowerShell', 'EnableScripts'),
            @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\PowerShell', 'ExecutionPolicy'))) {
        try {
            $value = Get-AsrText -Key (Get-AsrKey -Path $place[0]) -Name $place[1]
            if ($null -ne $value) {
                [void]$policies.Add([ordered]@{ name = $place[1]; value = (Limit-AsrText -Text $value -Length 100) })
            }
        }
        catch {
            [void]$Unread.Add($place[0] + ': ' + [string]$_.FullyQualifiedErrorId)
        }
    }
    return , $policies.ToArray()
}

function Read-AsrAppliance {
    param($Request, $Known)
    $unread = New-Object System.Collections.ArrayList
    $settings = Get-AsrProductKey -Request $Request -Name 'applianceSettings'
    $updater = Read-AsrJsonFile -Path ([string](Get-AsrProductPath -Request $Request -Known $Known -Name 'autoUpdate'))
    $progress = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\InProgress' }
    return [ordered]@{
        configuration  = (Read-AsrConfiguration -Request $Request -Known $Known)
        components     = (Read-AsrComponent -Request $Request -Known $Known)
        autoUpdate     = (Get-AsrNumber -Key $settings -Name 'AutoUpdate')
        autoUpdateFile = (Get-AsrLowerText -Object $updater['json'] -Name 'AutoUpdateEnabled')
        installing     = ($null -ne $progress)
        programs       = (Read-AsrProgram -Request $Request)
        policies       = (Read-AsrPolicy -Unread $unread)
        policiesUnread = $unread.ToArray()
    }
}

$AsrAreas['appliance'] = { Read-AsrAppliance -Request $request -Known $known }

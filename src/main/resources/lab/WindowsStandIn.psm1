# Stands in for the Windows cmdlets, CIM classes and registry keys that asrdoctor's scripts read and change, on the world
# that the lab describes in the global variable AsrLabWorld. Instants there are texts that begin with @, in UTC.
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

# .NET has this class on Windows alone; elsewhere it is made here, by name.
function New-LabLogException {
    param([string]$Message)
    $assembly = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly([System.Reflection.AssemblyName]::new('LabEventLog'), 'Run')
    $type = $assembly.DefineDynamicModule('LabEventLog').DefineType('System.Diagnostics.Eventing.Reader.EventLogException', 'Public', [System.Exception])
    $text = [Type[]]@([string])
    $code = $type.DefineConstructor('Public', 'Standard', $text).GetILGenerator()
    $code.Emit([System.Reflection.Emit.OpCodes]::Ldarg_0)
    $code.Emit([System.Reflection.Emit.OpCodes]::Ldarg_1)
    $code.Emit([System.Reflection.Emit.OpCodes]::Call, [System.Exception].GetConstructor($text))
    $code.Emit([System.Reflection.Emit.OpCodes]::Ret)
    return [System.Activator]::CreateInstance($type.CreateType(), @($Message))
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

function Enter-LabState {
    param($Service, $Transition)
    $Service.state = $Transition.state
    $Service.exitCode = $Transition.exitCode
    $Service.serviceExitCode = $Transition.serviceExitCode
    if ($Transition.processId -ne $Service.processId) {
        $Service.processId = $Transition.processId
        $Service.processStartedAt = $null
        if ($Transition.processId -ne 0) {
            $Service.processStartedAt = $Transition.at
        }
    }
    if ($null -ne $Transition.event) {
        $global:AsrLabWorld.events = @(@($global:AsrLabWorld.events) + [pscustomobject]@{
                id         = $Transition.event.id
                at         = $Transition.at
                parameters = @($Transition.event.parameters)
            })
    }
}

function Update-LabWorld {
    $now = Get-LabNow
    foreach ($service in @($global:AsrLabWorld.services)) {
        $open = @($service.transitions)
        while ($open.Length -gt 0 -and (ConvertFrom-LabTime -Text $open[0].at) -le $now) {
            Enter-LabState -Service $service -Transition $open[0]
            $open = @($open | Select-Object -Skip 1)
        }
        $service.transitions = $open
    }
}

function Find-LabService {
    param([string]$Name)
    foreach ($service in @($global:AsrLabWorld.services)) {
        if ($service.name -eq $Name) {
            return $service
        }
    }
    return $null
}

function New-LabTransition {
    param([DateTime]$At, [string]$State, $ExitCode, $ServiceExitCode, $ProcessId, $LogEvent)
    return [pscustomobject]@{
        at              = (ConvertTo-LabTime -Moment $At)
        state           = $State
        exitCode        = $ExitCode
        serviceExitCode = $ServiceExitCode
        processId       = $ProcessId
        event           = $LogEvent
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

# Stops it as the Service Control Manager does; 0, or the Win32 error.
function Stop-LabService {
    param([string]$Name)
    Update-LabWorld
    $service = Find-LabService -Name $Name
    if ($null -eq $service) { return 1060 }
    if (@('running', 'paused') -notcontains $service.state) { return 1062 }
    $service.state = 'stop-pending'
    $service.transitions = @()
    if (-not $service.stopHangs) {
        $service.transitions = @(New-LabTransition -At (Get-LabNow).AddMilliseconds($service.onStart.afterMillis) -State 'stopped' -ExitCode 0 -ServiceExitCode 0 -ProcessId 0 -LogEvent $null)
    }
    return 0
}

# Services that depend on it, through others too, those that depend on others first.
function Find-LabDependant {
    param([string]$Name, $Found)
    foreach ($other in @($global:AsrLabWorld.services)) {
        if (@($other.dependsOn) -contains $Name -and $Found -notcontains $other.name -and $other.name -ne $Name) {
            $above = New-Object System.Collections.ArrayList
            Find-LabDependant -Name $other.name -Found $above
            foreach ($one in $above) { if ($Found -notcontains $one) { [void]$Found.Add($one) } }
            if ($Found -notcontains $other.name) { [void]$Found.Add($other.name) }
        }
    }
}

# Starts it as the Service Control Manager does, its dependencies first; 0, or the Win32 error.
function Start-LabService {
    param([string]$Name, [string[]]$Above)
    Update-LabWorld
    $service = Find-LabService -Name $Name
    if ($null -eq $service) { return 1060 }
    if ($service.state -ne 'stopped') { return 1056 }
    if ($service.start -eq 4) { return 1058 }
    if ($Above -contains $Name) { return 1068 }
    foreach ($dependency in @($service.dependsOn)) {
        if ($null -eq $dependency) { continue }
        $below = Find-LabService -Name $dependency
        if ($null -eq $below) { return 1068 }
        if ($below.state -eq 'stopped' -and (Start-LabService -Name $dependency -Above (@($Above) + $Name)) -ne 0) { return 1068 }
    }
    $plan = $service.onStart
    if ($plan.outcome -eq 'fail' -and $plan.win32Error -ne 0) { return $plan.win32Error }
    $processId = 4000
    foreach ($other in @($global:AsrLabWorld.services)) {
        if ($other.processId -ge $processId) { $processId = $other.processId + 4 }
    }
    $now = Get-LabNow
    Enter-LabState -Service $service -Transition (New-LabTransition -At $now -State 'start-pending' -ExitCode 0 -ServiceExitCode 0 -ProcessId $processId -LogEvent $null)
    $next = $now.AddMilliseconds($plan.afterMillis)
    $running = New-LabTransition -At $next -State 'running' -ExitCode 0 -ServiceExitCode 0 -ProcessId $processId -LogEvent $null
    switch ($plan.outcome) {
        'running' { $service.transitions = @($running) }
        'fail' {
            $logged = [pscustomobject]@{ id = 7023; parameters = @($service.displayName, ('%%' + $plan.exitCode)) }
            $service.transitions = @(New-LabTransition -At $next -State 'stopped' -ExitCode $plan.exitCode -ServiceExitCode $plan.serviceExitCode -ProcessId 0 -LogEvent $logged)
        }
        'die' {
            $logged = [pscustomobject]@{ id = 7034; parameters = @($service.displayName, '1') }
            $service.transitions = @($running, (New-LabTransition -At $next.AddMilliseconds($plan.runsMillis) -State 'stopped' -ExitCode $plan.exitCode -ServiceExitCode $plan.serviceExitCode -ProcessId 0 -LogEvent $logged))
        }
        default { $service.transitions = @() }
    }
    $anew = Get-LabMember -Object (Get-LabMember -Object $global:AsrLabWorld.machine -Name 'afterStart') -Name $service.name
    if ($null -ne $anew) { Set-LabMachine -Change $anew }
    return 0
}

# The subset of WQL that the scripts use: terms such as Name='a', ProcessId=4 or Started=TRUE, joined by OR or by AND.
function Test-LabFilter {
    param($Instance, [string]$Filter)
    if ($Filter -eq '') {
        return $true
    }
    $hits = 0
    $terms = [regex]::Matches($Filter, "(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\d+|TRUE|FALSE))")
    foreach ($term in $terms) {
        $actual = [string]$Instance.PSObject.Properties[$term.Groups[1].Value].Value
        $wanted = $term.Groups[3].Value
        if (-not $term.Groups[3].Success) {
            $wanted = [regex]::Replace($term.Groups[2].Value, '\\(.)', '$1')
        }
        if ($actual -eq $wanted) {
            $hits++
        }
    }
    if ($Filter.Contains(' AND ')) {
        return $hits -eq $terms.Count
    }
    return $hits -gt 0
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

# Every property that real servers have, with its type, and null where the world says nothing.
function New-LabInstance {
    param([string]$ClassName, $Values)
    $types = Get-LabMember -Object $global:AsrLabTypes -Name $ClassName
    $instance = [ordered]@{}
    $seconds = Get-LabUpTime
    foreach ($property in @($types.PSObject.Properties)) {
        $value = Get-LabNumber -Value (Get-LabMember -Object $Values -Name $property.Name) -Seconds $seconds
        if ($value -is [string] -and $value -eq 'engine') {
            $value = 0
            $engine = Find-LabService -Name 'obengine'
            if ($null -ne $engine) { $value = $engine.processId }
        }
        if ($null -ne $value) {
            switch -Wildcard ($property.Value) {
                'uint64' { $value = [uint64]$value }
                'uint32' { $value = [uint32]([decimal]$value % 4294967296) }
                'uint16' { $value = [uint16]$value }
                'uint8' { $value = [byte]$value }
                'int16' { $value = [int16]$value }
                'boolean' { $value = [bool]$value }
                'string' { $value = [string]$value }
                'string`[`]' { $value = [string[]]@($value) }
            }
        }
        $instance[$property.Name] = $value
    }
    return [pscustomobject]$instance
}

function Get-CimInstance {
    [CmdletBinding()]
    param([string]$ClassName, [string]$Namespace, [string]$Filter, [uint32]$OperationTimeoutSec)
    Invoke-LabFault -Target 'cim'
    Update-LabWorld
    $words = @{
        'stopped' = 'Stopped'; 'start-pending' = 'Start Pending'; 'stop-pending' = 'Stop Pending'; 'running' = 'Running'
        'continue-pending' = 'Continue Pending'; 'pause-pending' = 'Pause Pending'; 'paused' = 'Paused'; 'unknown' = 'Unknown'
    }
    $modes = @{ 0 = 'Boot'; 1 = 'System'; 2 = 'Auto'; 3 = 'Manual'; 4 = 'Disabled' }
    switch ($ClassName) {
        'Win32_OperatingSystem' {
            $system = $global:AsrLabWorld.host
            $booted = ConvertFrom-LabTime -Text $system.bootedAt
            if ($null -ne $booted) { $booted = $booted.ToLocalTime() }
            $memory = @($global:AsrLabWorld.machine.cim.Win32_OperatingSystem)[0]
            return [pscustomobject]@{
                CSName = $system.computerName; Caption = $system.osCaption; Version = $system.osVersion
                MUILanguages = [string[]]@($system.culture); LastBootUpTime = $booted; LocalDateTime = (Get-LabNow).ToLocalTime()
                CurrentTimeZone = [int16]$memory.CurrentTimeZone; TotalVirtualMemorySize = [uint64]$memory.TotalVirtualMemorySize
                FreeVirtualMemory = [uint64]$memory.FreeVirtualMemory
                CodeSet = $(if ($null -ne $memory.PSObject.Properties['CodeSet']) { $memory.CodeSet })
            }
        }
        'Win32_Service' {
            foreach ($service in @($global:AsrLabWorld.services)) {
                $instance = [pscustomobject]@{
                    Name = $service.name; DisplayName = $service.displayName; Caption = $service.displayName
                    State = $words[$service.state]; Started = ($service.state -ne 'stopped'); StartMode = $modes[[int]$service.start]
                    ExitCode = [uint32]$service.exitCode; ServiceSpecificExitCode = [uint32]$service.serviceExitCode
                    ProcessId = [uint32]$service.processId; PathName = $service.imagePath; StartName = $service.account
                }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
        'Win32_Process' {
            Invoke-LabFault -Target 'process'
            foreach ($service in @($global:AsrLabWorld.services)) {
                if ($service.processId -eq 0) { continue }
                $created = ConvertFrom-LabTime -Text $service.processStartedAt
                if ($null -ne $created) { $created = $created.ToLocalTime() }
                $image = 'service.exe'
                $engine = [pscustomobject]@{ otherPerSecond = 0; readPerSecond = 0; writePerSecond = 0 }
                if ($service.imagePath -match '([^\\"]+\.exe)') { $image = $Matches[1] }
                if ($image -eq 'cbengine.exe') { $engine = $global:AsrLabWorld.machine.engine }
                $instance = [pscustomobject]@{
                    ProcessId = [uint32]$service.processId; Name = $image; CreationDate = $created
                    OtherTransferCount = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.otherPerSecond }) -Seconds (Get-LabUpTime))
                    ReadTransferCount  = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.readPerSecond }) -Seconds (Get-LabUpTime))
                    WriteTransferCount = [uint64](Get-LabNumber -Value ([pscustomobject]@{ base = 1000; perSecond = $engine.writePerSecond }) -Seconds (Get-LabUpTime))
                }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
    }
    $known = Get-LabMember -Object $global:AsrLabWorld.machine.cim -Name $ClassName
    if ($null -ne $known -or $null -ne $global:AsrLabWorld.machine.cim.PSObject.Properties[$ClassName]) {
        foreach ($values in @($known)) {
            if ($null -eq $values) { continue }
            $instance = New-LabInstance -ClassName $ClassName -Values $values
            if (Test-LabFilter -Instance $instance -Filter $Filter) {
                $instance
            }
        }
        return
    }
    throw (New-LabError -Id 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand' -Message 'Invalid class')
}

$numbers = @{
    'stopped' = 1; 'start-pending' = 2; 'stop-pending' = 3; 'running' = 4
    'continue-pending' = 5; 'pause-pending' = 6; 'paused' = 7; 'unknown' = 0
}

function New-LabServiceController {
    param($Service)
    $controller = [pscustomobject]@{
        Name = $Service.name; ServiceName = $Service.name; DisplayName = $Service.displayName; Status = $numbers[$Service.state]
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Refresh -Value {
        Update-LabWorld
        $this.Status = $numbers[(Find-LabService -Name $this.Name).state]
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Start -Value {
        $code = Start-LabService -Name $this.Name -Above @()
        if ($code -ne 0) {
            $inner = New-Object System.ComponentModel.Win32Exception ([int]$code)
            throw (New-Object System.InvalidOperationException ('Cannot start service ' + $this.Name + " on computer '.'."), $inner)
        }
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Stop -Value {
        $code = Stop-LabService -Name $this.Name
        if ($code -ne 0) {
            $inner = New-Object System.ComponentModel.Win32Exception ([int]$code)
            throw (New-Object System.InvalidOperationException ('Cannot stop service ' + $this.Name + " on computer '.'."), $inner)
        }
    }
    $controller | Add-Member -MemberType ScriptProperty -Name DependentServices -Value {
        $names = New-Object System.Collections.ArrayList
        Find-LabDependant -Name $this.Name -Found $names
        return , @($names | ForEach-Object { New-LabServiceController -Service (Find-LabService -Name $_) })
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Continue -Value {
        $service = Find-LabService -Name $this.Name
        if ($service.state -eq 'paused') {
            $service.state = 'running'
        }
    }
    return $controller
}

function Get-Service {
    [CmdletBinding()]
    param([string[]]$Name, [string[]]$DisplayName)
    Invoke-LabFault -Target 'scm'
    Update-LabWorld
    $found = $false
    foreach ($service in @($global:AsrLabWorld.services)) {
        $named = ($null -eq $Name -or @($Name | Where-Object { $service.name -like $_ }).Length -gt 0)
        if ($named -and ($null -eq $DisplayName -or @($DisplayName | Where-Object { $service.displayName -like $_ }).Length -gt 0)) {
            $found = $true
            New-LabServiceController -Service $service
        }
    }
    if (-not $found -and $null -ne $DisplayName) {
        throw (New-LabError -Id 'NoServiceFoundForGivenDisplayName,Microsoft.PowerShell.Commands.GetServiceCommand' -Message ("Cannot find any service with display name '" + $DisplayName + "'."))
    }
    if (-not $found -and $null -ne $Name) {
        throw (New-LabError -Id 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand' -Message ("Cannot find any service with service name '" + $Name + "'."))
    }
}

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

# A security identifier that knows its account's name, or does not.
function New-LabAccount {
    param($Name)
    if ($null -eq $Name) { return $null }
    $sid = $Name
    if (-not $Name.StartsWith('S-1-')) { $sid = 'S-1-5-21-1004336348-1177238915-682003330-' + [Math]::Abs([long]$Name.GetHashCode()) }
    $account = [pscustomobject]@{ Value = $sid; Account = $Name }
    $account | Add-Member -MemberType ScriptMethod -Name Translate -Value {
        param($Type)
        if ($this.Account -eq $this.Value) { throw (New-Object System.InvalidOperationException 'Some or all identity references could not be translated.') }
        return [pscustomobject]@{ Value = $this.Account }
    }
    return $account
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

# The newest first; a query of the form that the scripts have.
function New-LabEventReader {
    param([string]$Query)
    Invoke-LabFault -Target 'eventlog'
    Update-LabWorld
    if ($Query -cnotmatch "^\*\[System\[Provider\[@Name='([^']+)'\] and \(EventID=([^)]+)\) and TimeCreated\[@SystemTime>='([^']+)'\]\]\]$") {
        throw (New-LabLogException -Message 'The specified query is invalid')
    }
    $provider = $Matches[1]
    $since = ConvertFrom-LabTime -Text ('@' + $Matches[3])
    $ids = @($Matches[2] -split ' or EventID=' | ForEach-Object { [int]$_ })
    $logged = @($global:AsrLabWorld.events)
    if ($provider -ne 'Service Control Manager') {
        $logged = @($global:AsrLabWorld.machine.events | Where-Object { $null -ne $_ -and $_.provider -eq $provider } | ForEach-Object {
                [pscustomobject]@{ id = $_.id; at = $_.at; parameters = @() }
            })
    }
    $records = New-Object System.Collections.Queue
    foreach ($one in @($logged | Where-Object { $null -ne $_ -and $ids -contains $_.id -and (ConvertFrom-LabTime -Text $_.at) -ge $since } | Sort-Object -Property at -Descending -Stable)) {
        $records.Enqueue([pscustomobject]@{
                Id          = [int]$one.id
                TimeCreated = (ConvertFrom-LabTime -Text $one.at).ToLocalTime()
                Properties  = @($one.parameters | ForEach-Object { [pscustomobject]@{ Value = $_ } })
                UserId      = (New-LabAccount -Name (Get-LabMember -Object $one -Name 'by'))
            })
    }
    $reader = [pscustomobject]@{ Records = $records }
    $reader | Add-Member -MemberType ScriptMethod -Name ReadEvent -Value { if ($this.Records.Count -eq 0) { return $null } return $this.Records.Dequeue() }
    $reader | Add-Member -MemberType ScriptMethod -Name Dispose -Value { }
    return $reader
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


# Files lie in the current folder under their whole Windows paths, which are plain names there, so that what reads them is
# the real thing.
function Initialize-LabFiles {
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ('asrdoctor-lab-' + $PID)
    if ([System.IO.Directory]::Exists($folder)) {
        [System.IO.Directory]::Delete($folder, $true)
    }
    [void][System.IO.Directory]::CreateDirectory($folder)
    [Environment]::CurrentDirectory = $folder
    foreach ($file in @($global:AsrLabWorld.machine.files.PSObject.Properties)) {
        if ($null -eq $file -or $null -eq (Get-LabMember -Object $file.Value -Name 'bytes')) { continue }
        $bytes = [Convert]::FromBase64String($file.Value.bytes)
        $stream = [System.IO.File]::Create([System.IO.Path]::Combine($folder, $file.Name))
        $stream.SetLength([Math]::Max([long]$file.Value.size, [long]$bytes.Length))
        [void]$stream.Seek(-$bytes.Length, [System.IO.SeekOrigin]::End)
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Dispose()
    }
}

function Get-ChildItem {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Filter, [switch]$Recurse)
    $prefix = $LiteralPath.TrimEnd('\') + '\'
    if ($LiteralPath.StartsWith('HKLM:', [StringComparison]::OrdinalIgnoreCase)) {
        Invoke-LabFault -Target 'registry'
        $names = foreach ($key in @($global:AsrLabWorld.machine.registry.PSObject.Properties)) {
            if ($key.Name.StartsWith($prefix, [StringComparison]::OrdinalIgnoreCase)) { $key.Name.Substring($prefix.Length).Split('\')[0] }
        }
        return @($names | Select-Object -Unique | ForEach-Object { [pscustomobject]@{ PSChildName = $_ } })
    }
    $below = @($global:AsrLabWorld.machine.files.PSObject.Properties | Where-Object { $null -ne $_ -and $_.Name.StartsWith($prefix, [StringComparison]::OrdinalIgnoreCase) })
    # Folders that may not be listed: what is in them is not seen, and each is one error.
    $shut = @($below | ForEach-Object { $_.Name } | Where-Object { $_.EndsWith('\') -and ($Recurse -or $_ -eq $prefix) })
    foreach ($folder in $shut) {
        $message = "Access to the path '" + $folder.TrimEnd('\') + "' is denied."
        if ($ErrorActionPreference -ne 'SilentlyContinue') {
            throw (New-LabError -Id 'DirUnauthorizedAccessError,Microsoft.PowerShell.Commands.GetChildItemCommand' -Message $message)
        }
        Write-Error -Message $message -ErrorId 'DirUnauthorizedAccessError'
    }
    $exists = $below.Length -gt 0
    $found = foreach ($file in $below) {
        $hidden = $false
        foreach ($folder in $shut) { $hidden = $hidden -or $file.Name.StartsWith($folder, [StringComparison]::OrdinalIgnoreCase) }
        $at = $file.Name.LastIndexOf('\')
        if ($hidden -or $at -eq $file.Name.Length - 1) { continue }
        $name = $file.Name.Substring($at + 1)
        if (($Recurse -or $at -eq $prefix.Length - 1) -and ($Filter -eq '' -or $name -like $Filter)) {
            [pscustomobject]@{
                Name = $name; FullName = $file.Name; DirectoryName = $file.Name.Substring(0, $at); PSIsContainer = $false
                Length = [long]$file.Value.size; LastWriteTimeUtc = (ConvertFrom-LabTime -Text $file.Value.modifiedAt)
            }
        }
    }
    if (-not $exists -and $ErrorActionPreference -eq 'SilentlyContinue') {
        Write-Error -Message ("Cannot find path '" + $LiteralPath + "' because it does not exist.") -ErrorId 'PathNotFound'
    }
    elseif (-not $exists) {
        throw (New-LabError -Id 'PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand' -Message ("Cannot find path '" + $LiteralPath + "' because it does not exist."))
    }
    return $found
}

function Test-Path {
    [CmdletBinding()]
    param([string]$LiteralPath)
    return ($null -ne (Get-LabMember -Object $global:AsrLabWorld.machine.files -Name $LiteralPath) -or $null -ne (Get-LabMember -Object $global:AsrLabWorld.machine.programs -Name $LiteralPath))
}

function Find-LabEndpoint {
    param([string]$HostName, [int]$Port)
    return (Get-LabMember -Object $global:AsrLabWorld.machine.network.endpoints -Name ($HostName + ':' + $Port))
}

# 0, or the Winsock error of a connection there.
function Get-LabReach {
    param([string]$HostName, [int]$Port)
    $literal = $null
    $endpoint = Find-LabEndpoint -HostName $HostName -Port $Port
    $fails = Get-LabMember -Object $endpoint -Name 'fails'
    if ($fails -eq 'dns' -or (-not [System.Net.IPAddress]::TryParse($HostName, [ref]$literal) -and $null -eq (Get-LabMember -Object $global:AsrLabWorld.machine.network.names -Name $HostName))) { return 11001 }
    switch ($fails) {
        'timeout' { return 10060 }
        'refused' { return 10061 }
        'blocked' { return 10013 }
        'unreachable' { return 10065 }
    }
    if ($null -eq $endpoint) { return 10061 }
    return 0
}

function Resolve-DnsName {
    [CmdletBinding()]
    param([string]$Name, [switch]$QuickTimeout)
    $addresses = Get-LabMember -Object $global:AsrLabWorld.machine.network.names -Name $Name
    if ($null -eq $addresses) {
        throw (New-LabError -Id 'DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName' -Message ($Name + ' : DNS name does not exist'))
    }
    foreach ($address in @($addresses)) {
        [pscustomobject]@{ Name = $Name; Type = 'A'; IPAddress = $address }
    }
}

function New-LabSocketError {
    param([int]$Code)
    return New-Object System.Net.Sockets.SocketException -ArgumentList $Code
}

function New-LabClient {
    $client = [pscustomobject]@{ To = ''; Port = 0; ReceiveTimeout = 0; SendTimeout = 0; Client = $null }
    $client | Add-Member -MemberType ScriptMethod -Name BeginConnect -Value {
        param($HostName, $Port, $Callback, $State)
        $this.To = $HostName
        $this.Port = $Port
        return [pscustomobject]@{ IsCompleted = ((Get-LabReach -HostName $HostName -Port $Port) -ne 10060) }
    }
    $client | Add-Member -MemberType ScriptMethod -Name EndConnect -Value {
        param($Call)
        $code = Get-LabReach -HostName $this.To -Port $this.Port
        if ($code -ne 0) { throw (New-LabSocketError -Code $code) }
        $address = Get-LabMember -Object (Find-LabEndpoint -HostName $this.To -Port $this.Port) -Name 'address'
        if ($null -eq $address) { $address = $this.To }
        $this.Client = [pscustomobject]@{ RemoteEndPoint = [pscustomobject]@{ Address = $address } }
        $this.Client | Add-Member -MemberType ScriptMethod -Name Poll -Value { return $true }
    }
    $client | Add-Member -MemberType ScriptMethod -Name GetStream -Value { return (New-LabStream -Endpoint (Find-LabEndpoint -HostName $this.To -Port $this.Port)) }
    $client | Add-Member -MemberType ScriptMethod -Name Close -Value { }
    return $client
}

# A stream that a proxy answers on: 200 to CONNECT, or what the world says.
function New-LabStream {
    param($Endpoint)
    $stream = [pscustomobject]@{ Endpoint = $Endpoint; Behind = $null; Answer = [System.Collections.Generic.Queue[byte]]::new() }
    $stream | Add-Member -MemberType ScriptMethod -Name Write -Value {
        param($Bytes, $From, $Count)
        $text = [System.Text.Encoding]::ASCII.GetString($Bytes, $From, $Count)
        $status = Get-LabMember -Object $this.Endpoint -Name 'http'
        if ($text -match '^CONNECT ([^ ]+):(\d+) ') {
            $status = Get-LabMember -Object $this.Endpoint -Name 'connect'
            if ($null -eq $status) { $status = 200 }
            $this.Behind = Find-LabEndpoint -HostName $Matches[1] -Port ([int]$Matches[2])
            if ($status -eq 200 -and ($null -eq $this.Behind -or $null -ne (Get-LabMember -Object $this.Behind -Name 'fails'))) { $status = 503 }
        }
        if ($null -eq $status) { return }
        foreach ($byte in [System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 $status STATUS`r`nContent-Length: 0`r`n`r`n")) { $this.Answer.Enqueue($byte) }
    }
    $stream | Add-Member -MemberType ScriptMethod -Name Read -Value {
        param($Buffer, $From, $Count)
        if ($this.Answer.Count -eq 0) { return 0 }
        $Buffer[$From] = $this.Answer.Dequeue()
        return 1
    }
    return $stream
}

function New-LabTls {
    param($Stream)
    $endpoint = $Stream.Endpoint
    if ($null -ne $Stream.Behind) { $endpoint = $Stream.Behind }
    $tls = New-LabStream -Endpoint $endpoint
    $tls | Add-Member -MemberType NoteProperty -Name RemoteCertificate -Value $null
    $tls | Add-Member -MemberType NoteProperty -Name SslProtocol -Value $null
    $tls | Add-Member -MemberType NoteProperty -Name Callback -Value $null
    $tls | Add-Member -MemberType ScriptMethod -Name AuthenticateAsClientAsync -Value { return $this }
    $tls | Add-Member -MemberType ScriptMethod -Name Wait -Value {
        param($Millis)
        $spoken = Get-LabMember -Object $this.Endpoint -Name 'tls'
        if ($null -eq $spoken) { throw (New-Object System.IO.IOException 'Authentication failed because the remote party has closed the transport stream.') }
        switch (Get-LabMember -Object $spoken -Name 'fails') {
            'handshake' { throw (New-Object System.Security.Authentication.AuthenticationException 'A call to SSPI failed, see inner exception.') }
            'reset' { throw (New-Object System.IO.IOException -ArgumentList 'Unable to read data from the transport connection.', (New-LabSocketError -Code 10054)) }
        }
        $this.RemoteCertificate = [pscustomobject]@{
            Subject = $spoken.subject; Issuer = $spoken.issuer
            NotBefore = (ConvertFrom-LabTime -Text $spoken.notBefore); NotAfter = (ConvertFrom-LabTime -Text $spoken.notAfter)
        }
        $this.SslProtocol = $spoken.protocol
        [void](& $this.Callback $this $null $null ([int]$spoken.problems))
        return $true
    }
    return $tls
}

# What programs of Windows do; 0, or their exit code.
function Invoke-LabTool {
    param([string]$Path, [string]$Arguments)
    if ($Path -eq 'C:\Windows\System32\w32tm.exe' -and $Arguments -eq '/resync /rediscover') {
        if ((Find-LabService -Name 'W32Time').state -ne 'running') { return -2147023834 }
        $global:AsrLabWorld.host.clockOffsetSeconds = 0
    }
    if ($Path -eq 'C:\Windows\System32\sc.exe' -and $Arguments -match '^config "([^"]+)" start= (auto|delayed-auto|demand)$') {
        $service = Find-LabService -Name $Matches[1]
        if ($null -eq $service) { return 1060 }
        $service.start = 2
        if ($Matches[2] -eq 'demand') { $service.start = 3 }
        $service.delayed = ($Matches[2] -eq 'delayed-auto')
    }
    return 0
}

function New-LabProcess {
    $process = [pscustomobject]@{ StartInfo = $null; StandardOutput = $null; StandardError = $null; Program = $null; ExitCode = 0 }
    $process | Add-Member -MemberType ScriptMethod -Name Start -Value {
        $this.Program = Get-LabMember -Object $global:AsrLabWorld.machine.programs -Name $this.StartInfo.FileName
        foreach ($pair in @(@('StandardOutput', 'output'), @('StandardError', 'error'))) {
            $text = [string](Get-LabMember -Object $this.Program -Name $pair[1])
            $reader = [pscustomobject]@{ Text = $text }
            $reader | Add-Member -MemberType ScriptMethod -Name ReadToEndAsync -Value { return [pscustomobject]@{ Result = $this.Text } }
            $this.($pair[0]) = $reader
        }
        $code = Get-LabMember -Object $this.Program -Name 'exitCode'
        if ($null -eq $code) { $code = Invoke-LabTool -Path $this.StartInfo.FileName -Arguments $this.StartInfo.Arguments }
        $this.ExitCode = [int]$code
        return $true
    }
    $process | Add-Member -MemberType ScriptMethod -Name WaitForExit -Value { param($Millis) return -not [bool](Get-LabMember -Object $this.Program -Name 'hangs') }
    $process | Add-Member -MemberType ScriptMethod -Name Kill -Value { }
    return $process
}

function New-LabCounterCategory {
    param([string]$Name)
    $category = [pscustomobject]@{ CategoryName = $Name }
    $category | Add-Member -MemberType ScriptMethod -Name ReadCategory -Value {
        $counters = $global:AsrLabWorld.machine.counters
        if (@($counters.PSObject.Properties).Length -eq 0) { throw (New-Object System.InvalidOperationException 'Category does not exist.') }
        $data = @{}
        foreach ($counter in $counters.PSObject.Properties) {
            $data[$counter.Name] = [pscustomobject]@{ Values = @($counter.Value.PSObject.Properties | ForEach-Object { [pscustomobject]@{ InstanceName = $_.Name; RawValue = [long](Get-LabNumber -Value $_.Value -Seconds (Get-LabUpTime)) } }) }
        }
        return $data
    }
    return $category
}

function New-Object {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string]$TypeName, [Parameter(Position = 1)][object[]]$ArgumentList, [System.Collections.IDictionary]$Property)
    if ($PSBoundParameters.ContainsKey('Property')) {
        return (Microsoft.PowerShell.Utility\New-Object @PSBoundParameters)
    }
    switch ($TypeName) {
        'System.Net.Sockets.TcpClient' { return (New-LabClient) }
        'System.Net.Security.SslStream' {
            $tls = New-LabTls -Stream $ArgumentList[0]
            $tls.Callback = { param($from, $certificate, $chain, $errors) [void]$ArgumentList[2].Invoke($from, $certificate, $chain, [System.Net.Security.SslPolicyErrors]$errors) }.GetNewClosure()
            return $tls
        }
        'System.Security.Cryptography.X509Certificates.X509Certificate2' { return $ArgumentList[0] }
        'System.Diagnostics.Process' { return (New-LabProcess) }
        'System.IO.FileInfo' {
            $file = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name $ArgumentList[0]
            return [pscustomobject]@{ LastWriteTimeUtc = (ConvertFrom-LabTime -Text $file.modifiedAt) }
        }
        'System.Diagnostics.Eventing.Reader.EventLogQuery' { return [pscustomobject]@{ Path = $ArgumentList[0]; Query = $ArgumentList[2]; ReverseDirection = $false } }
        'System.Diagnostics.Eventing.Reader.EventLogReader' { return (New-LabEventReader -Query $ArgumentList[0].Query) }
        'System.Diagnostics.PerformanceCounterCategory' { return (New-LabCounterCategory -Name $ArgumentList[0]) }
        'System.IO.FileStream' {
            $file = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name $ArgumentList[0]
            $shut = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name ($ArgumentList[0] + '\')
            if ($null -ne $shut -or [bool](Get-LabMember -Object $file -Name 'denied')) {
                throw (Microsoft.PowerShell.Utility\New-Object System.UnauthorizedAccessException ("Access to the path '" + $ArgumentList[0] + "' is denied."))
            }
        }
    }
    if ($PSBoundParameters.ContainsKey('ArgumentList')) {
        return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName -ArgumentList $ArgumentList)
    }
    return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName)
}

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

# Values are texts or numbers; what a key holds beside stays.
function Set-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Name, $Value)
    Invoke-LabFault -Target 'registry'
    Set-LabMachine -Change ([pscustomobject]@{ registry = [pscustomobject]@{ $LiteralPath = [pscustomobject]@{ $Name = $Value } } })
}

function Set-OBMachineSetting {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string]$ProxyServer, [int]$ProxyPort, [switch]$NoProxy)
    $proxy = [pscustomobject]@{ Enabled = $false }
    if (-not $NoProxy) { $proxy = [pscustomobject]@{ Enabled = $true; ProxyServer = $ProxyServer; ProxyPort = $ProxyPort } }
    Set-LabMachine -Change ([pscustomobject]@{ mars = [pscustomobject]@{ ProxySetting = $proxy } })
}

function Invoke-CimMethod {
    [CmdletBinding()]
    param([string]$ClassName, [string]$Namespace, [string]$MethodName, $Arguments, [uint32]$OperationTimeoutSec)
    Invoke-LabFault -Target 'cim'
    $known = @(Get-LabMember -Object $global:AsrLabWorld.machine.cim -Name $ClassName)
    if ($ClassName -ne 'MSFT_MpPreference' -or $MethodName -ne 'Add' -or $known.Length -eq 0 -or $null -eq $known[0]) {
        throw (New-LabError -Id 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand' -Message 'Invalid class')
    }
    if (-not [bool](Get-LabMember -Object (Get-LabMember -Object $global:AsrLabWorld.machine -Name 'defender') -Name 'tamperProtected')) {
        $preference = [pscustomobject]@{}
        Merge-LabObject -Into $preference -Change $known[0]
        Merge-LabObject -Into $preference -Change ([pscustomobject]@{ ExclusionPath = @(@(Get-LabMember -Object $known[0] -Name 'ExclusionPath') + $Arguments['ExclusionPath'] | Where-Object { $null -ne $_ }) })
        Set-LabMachine -Change ([pscustomobject]@{ cim = [pscustomobject]@{ $ClassName = @($preference) } })
    }
    return [pscustomobject]@{ ReturnValue = [uint32]0 }
}

$env:SystemRoot = 'C:\Windows'
$env:COMPUTERNAME = $global:AsrLabWorld.id
Initialize-LabFiles
Export-ModuleMember -Function Get-CimInstance, Get-Service, Get-Item, Get-ItemProperty, Get-Date, Get-Variable, Get-ChildItem, Test-Path, Resolve-DnsName, New-Object, Import-Module, Get-OBMachineSetting, Set-OBMachineSetting, Set-ItemProperty, Invoke-CimMethod

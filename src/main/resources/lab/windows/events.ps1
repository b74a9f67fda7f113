# Event logs.

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

# Windows tells when the clock was set by two moments; a scenario by the seconds between them.
function Get-LabEventParameters {
    param($Logged)
    $texts = @(Get-LabMember -Object $Logged -Name 'parameters' | Where-Object { $null -ne $_ })
    if ($Logged.provider -ne 'Microsoft-Windows-Kernel-General') { return , $texts }
    $now = (ConvertFrom-LabTime -Text $Logged.at).ToLocalTime()
    return , @($now, $now.AddSeconds(-[long]$texts[0]))
}

# The newest first; a query of the form that the scripts have.
function New-LabEventReader {
    param([string]$Log, [string]$Query)
    Invoke-LabFault -Target 'eventlog'
    Update-LabWorld
    if ($Query -cnotmatch "^\*\[System\[(?:Provider\[@Name='([^']+)'\] and )?\(EventID=([^)]+)\) and TimeCreated\[@SystemTime>='([^']+)'\]\]\]$") {
        throw (New-LabLogException -Message 'The specified query is invalid')
    }
    $provider = ''
    if ($Matches.ContainsKey(1)) { $provider = $Matches[1] }
    $applications = @('Application Error', 'Application Hang', 'MsiInstaller', '.NET Runtime')
    $since = ConvertFrom-LabTime -Text ('@' + $Matches[3])
    $ids = @($Matches[2] -split ' or EventID=' | ForEach-Object { [int]$_ })
    $logged = @($global:AsrLabWorld.events)
    if ($provider -ne 'Service Control Manager') {
        $logged = @($global:AsrLabWorld.machine.events | Where-Object { $null -ne $_ -and ($provider -eq '' -or $_.provider -eq $provider) -and (($applications -contains $_.provider) -eq ($Log -eq 'Application')) } | ForEach-Object {
                [pscustomobject]@{ id = $_.id; at = $_.at; provider = $_.provider; parameters = (Get-LabEventParameters -Logged $_) }
            })
    }
    $records = New-Object System.Collections.Queue
    foreach ($one in @($logged | Where-Object { $null -ne $_ -and $ids -contains $_.id -and (ConvertFrom-LabTime -Text $_.at) -ge $since } | Sort-Object -Property at -Descending -Stable)) {
        $records.Enqueue([pscustomobject]@{
                Id           = [int]$one.id
                ProviderName = (Get-LabMember -Object $one -Name 'provider')
                TimeCreated  = (ConvertFrom-LabTime -Text $one.at).ToLocalTime()
                Properties   = @($one.parameters | ForEach-Object { [pscustomobject]@{ Value = $_ } })
                UserId       = (New-LabAccount -Name (Get-LabMember -Object $one -Name 'by'))
            })
    }
    $reader = [pscustomobject]@{ Records = $records }
    $reader | Add-Member -MemberType ScriptMethod -Name ReadEvent -Value { if ($this.Records.Count -eq 0) { return $null } return $this.Records.Dequeue() }
    $reader | Add-Member -MemberType ScriptMethod -Name Dispose -Value { }
    return $reader
}

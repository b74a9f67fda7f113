# Runs what simulated servers are sent, one request a line, until its standard input ends. Each request gets a runspace
# of its own in which the stand-in for Windows is loaded; the script itself is run as it came.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$requests = [Console]::In
$answers = [Console]::Out
$standIn = Join-Path $PSScriptRoot 'WindowsStandIn.psm1'
$types = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Join-Path $PSScriptRoot 'cim-types.json')))
$utf8 = New-Object System.Text.UTF8Encoding $false

while ($true) {
    $line = $requests.ReadLine()
    if ($null -eq $line) {
        break
    }
    $request = ConvertFrom-Json -InputObject $line
    $out = New-Object System.IO.StringWriter
    $err = New-Object System.IO.StringWriter
    $exitCode = 0
    $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace([System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
    $runspace.Open()
    $runspace.SessionStateProxy.SetVariable('AsrLabWorld', $request.world)
    $runspace.SessionStateProxy.SetVariable('AsrLabTypes', $types)
    $shell = [System.Management.Automation.PowerShell]::Create()
    $shell.Runspace = $runspace
    try {
        [void]$shell.AddCommand('Import-Module').AddParameter('Name', $standIn).AddParameter('Global', $true).Invoke()
        $shell.Commands.Clear()
        $mode = $request.world.machine.PSObject.Properties['powershell']
        if ($null -ne $mode -and $null -ne $mode.Value.PSObject.Properties['languageMode']) {
            $runspace.SessionStateProxy.LanguageMode = [string]$mode.Value.languageMode
        }
        [Console]::SetOut($out)
        [Console]::SetError($err)
        [Console]::SetIn((New-Object System.IO.StringReader ''))
        foreach ($variable in $request.environment.PSObject.Properties) {
            [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value)
        }
        $text = $utf8.GetString([Convert]::FromBase64String($request.stdin))
        $lines = @($text.Replace("`r`n", "`n").Split([char]10))
        [void]$shell.AddScript($request.command)
        foreach ($written in $shell.Invoke($lines)) {
            if ($null -ne $written) {
                $out.WriteLine([string]$written)
            }
        }
    }
    catch {
        $err.WriteLine([string]$_.Exception.Message)
        $err.WriteLine([string]$_.FullyQualifiedErrorId)
        $exitCode = 1
    }
    foreach ($record in $shell.Streams.Error) {
        $err.WriteLine([string]$record.Exception.Message)
        $err.WriteLine([string]$record.FullyQualifiedErrorId)
    }
    foreach ($variable in $request.environment.PSObject.Properties) {
        [Environment]::SetEnvironmentVariable($variable.Name, $null)
    }
    $world = $runspace.SessionStateProxy.GetVariable('AsrLabWorld')
    $world.PSObject.Properties.Remove('machine')
    $shell.Dispose()
    $runspace.Dispose()
    [Console]::SetOut($answers)
    $answer = [ordered]@{
        stdout   = [Convert]::ToBase64String($utf8.GetBytes($out.ToString()))
        stderr   = [Convert]::ToBase64String($utf8.GetBytes($err.ToString()))
        exitCode = $exitCode
        world    = $world
    }
    $answers.WriteLine((ConvertTo-Json -InputObject $answer -Depth 12 -Compress))
    $answers.Flush()
}

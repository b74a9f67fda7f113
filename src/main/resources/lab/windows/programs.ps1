# Programs and performance counters.

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

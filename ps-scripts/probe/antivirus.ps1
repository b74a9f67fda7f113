# Which scanners filter files, and which folders they leave alone, as far as Windows can tell. Budget: 5 s.

function Read-AsrDefenderPreference {
    $preference = Get-CimInstance -Namespace 'root\Microsoft\Windows\Defender' -ClassName MSFT_MpPreference -OperationTimeoutSec 10
    return @{
        paths = @($preference.ExclusionPath | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_ })
        off   = [bool]$preference.DisableRealtimeMonitoring
    }
}

function Read-AsrDefenderState {
    $state = Get-CimInstance -Namespace 'root\Microsoft\Windows\Defender' -ClassName MSFT_MpComputerStatus -OperationTimeoutSec 10
    return @{ realTime = [bool]$state.RealTimeProtectionEnabled; mode = (Get-AsrProperty -Object $state -Name 'AMRunningMode') }
}

function Read-AsrExclusionKey {
    param([string]$Path)
    $names = Get-AsrValueName -Key (Get-AsrKey -Path $Path)
    return , @($names | Where-Object { $_ -ne '' })
}

# Any of them that cannot be looked at may be a scanner, so then none is told. Scanners other than Defender are drivers in the antivirus band of filter altitudes, 320000 to 329998.
function Read-AsrFilterDriver {
    $drivers = New-Object System.Collections.ArrayList
    foreach ($driver in @(Get-CimInstance -ClassName Win32_SystemDriver -Filter "Started=TRUE AND ServiceType='File System Driver'" -OperationTimeoutSec 15)) {
        if ($null -eq $driver) {
            continue
        }
        # Newer Windows keeps them one level lower.
        $name = $null
        foreach ($folder in @('\Parameters\Instances', '\Instances')) {
            $path = 'HKLM:\SYSTEM\CurrentControlSet\Services\' + $driver.Name + $folder
            $name = Get-AsrText -Key (Get-AsrKey -Path $path) -Name 'DefaultInstance'
            if ($null -ne $name) {
                break
            }
        }
        if ($null -eq $name) {
            continue
        }
        $altitude = Get-AsrText -Key (Get-AsrKey -Path ($path + '\' + $name)) -Name 'Altitude'
        $number = [decimal]0
        $invariant = [System.Globalization.CultureInfo]::InvariantCulture
        if ($null -ne $altitude -and [decimal]::TryParse($altitude, [System.Globalization.NumberStyles]::Number, $invariant, [ref]$number) -and $number -ge 320000 -and $number -lt 330000) {
            [void]$drivers.Add([string]$driver.Name)
        }
    }
    return , @($drivers | Sort-Object)
}

# Scanners that are known by a service of theirs, whatever their drivers are. A disabled one was put out of use; a key that
# may not be read is there.
function Find-AsrScanner {
    param($Request)
    $found = New-Object System.Collections.ArrayList
    foreach ($name in @($Request.scanners)) {
        $there = $false
        try {
            $key = Get-AsrKey -Path ('HKLM:\SYSTEM\CurrentControlSet\Services\' + [string]$name)
            $there = ($null -ne $key -and (Get-AsrStartType -Key $key) -ne 'disabled')
        }
        catch {
            $id = [string]$_.FullyQualifiedErrorId
            if (-not ($id.StartsWith('System.Security.SecurityException') -or $id.StartsWith('System.UnauthorizedAccessException'))) {
                throw
            }
            $there = $true
        }
        if ($there) {
            [void]$found.Add([string]$name)
        }
    }
    return , $found.ToArray()
}

function Read-AsrAntivirus {
    param($Request)
    $preference = $null
    $preferenceError = $null
    try {
        $preference = Read-AsrDefenderPreference
    }
    catch {
        $preferenceError = [string]$_.FullyQualifiedErrorId
    }
    $state = Read-AsrOptional -Read { Read-AsrDefenderState }
    $drivers = Read-AsrOptional -Read { , @(Read-AsrFilterDriver) }
    $scanners = Read-AsrOptional -Read { , @(Find-AsrScanner -Request $Request) }
    $policyPaths = @()
    $mergeOff = $false
    $policyError = $null
    try {
        $policyPaths = Read-AsrExclusionKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender\Exclusions\Paths'
        $mergeOff = (Get-AsrNumber -Key (Get-AsrKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender') -Name 'DisableLocalAdminMerge') -eq 1
    }
    catch {
        $policyError = [string]$_.FullyQualifiedErrorId
    }
    $facts = [ordered]@{
        defender      = ($null -ne $preference)
        defenderError = $preferenceError
        realTime      = $null
        mode          = $null
        exclusions    = $null
        policyPaths   = $policyPaths
        mergeOff      = $mergeOff
        policyError   = $policyError
        drivers       = $drivers
        scanners      = $scanners
        systemDrive   = [string](Get-AsrText -Key (Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') -Name 'SystemRoot')
    }
    if ($null -ne $preference) {
        $facts['exclusions'] = $preference['paths']
        # That it is not switched off does not tell that it is on: another scanner may have taken its place.
        if ($preference['off']) {
            $facts['realTime'] = $false
        }
    }
    if ($null -ne $state) {
        $facts['realTime'] = $state['realTime']
        $facts['mode'] = $state['mode']
    }
    return $facts
}

$AsrAreas['antivirus'] = { Read-AsrAntivirus -Request $request }

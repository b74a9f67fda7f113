# Files and folders.

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

Initialize-LabFiles
Export-ModuleMember -Function Get-ChildItem, Test-Path

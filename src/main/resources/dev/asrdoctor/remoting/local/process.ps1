# Starts one process with files for its streams and says with which code it has ended.
param([string]$Program, [string]$Arguments, [string]$Folder)
Set-StrictMode -Version 2
$info = New-Object System.Diagnostics.ProcessStartInfo -ArgumentList $Program, $Arguments
$info.UseShellExecute = $false
# PowerShell 7 hands its modules on to whatever is started from it, and Windows PowerShell cannot load them.
$info.EnvironmentVariables.Remove('PSModulePath')
$info.RedirectStandardInput = $true
$info.RedirectStandardOutput = $true
$info.RedirectStandardError = $true
$out = [System.IO.File]::Create([System.IO.Path]::Combine($Folder, 'out'))
$err = [System.IO.File]::Create([System.IO.Path]::Combine($Folder, 'err'))
$in = [System.IO.File]::OpenRead([System.IO.Path]::Combine($Folder, 'in'))
try {
    $process = [System.Diagnostics.Process]::Start($info)
    $outCopied = $process.StandardOutput.BaseStream.CopyToAsync($out)
    $errCopied = $process.StandardError.BaseStream.CopyToAsync($err)
    try {
        $in.CopyTo($process.StandardInput.BaseStream)
        $process.StandardInput.Close()
    }
    catch [System.IO.IOException] {
        # It has ended without reading everything; its exit code tells why.
        $null = $_
    }
    $process.WaitForExit()
    $outCopied.Wait()
    $errCopied.Wait()
}
finally {
    $in.Dispose()
    $out.Dispose()
    $err.Dispose()
}
'ASRDOCTOR-ENDED ' + $process.ExitCode

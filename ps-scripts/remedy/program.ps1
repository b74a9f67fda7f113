# Programs of Windows itself, for what no cmdlet of every supported version does. What they print is translated and not
# read; their exit codes are not.

function Invoke-AsrProgram {
    param([string]$Name, [string]$Arguments, [int]$LimitSeconds)
    $info = New-Object System.Diagnostics.ProcessStartInfo -ArgumentList ($env:SystemRoot + '\System32\' + $Name)
    $info.Arguments = $Arguments
    $info.UseShellExecute = $false
    $info.CreateNoWindow = $true
    $info.RedirectStandardOutput = $true
    $info.RedirectStandardError = $true
    $process = New-Object System.Diagnostics.Process
    $process.StartInfo = $info
    [void]$process.Start()
    [void]$process.StandardOutput.ReadToEndAsync()
    [void]$process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit(1000 * $LimitSeconds)) {
        $process.Kill()
        return $null
    }
    return [int]$process.ExitCode
}

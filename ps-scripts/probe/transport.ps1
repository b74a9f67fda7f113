# The data port of the process server: does it answer an HTTPS request, and what do the logs on this machine say of
# transfers. Budget: one request before the request's limit, a CIM query and a second round where it is not answered, the ends
# of a few logs; the vendor's test where the request asks.

# The vendor's own test puts, renames and deletes 1 MiB on the process server. Its exit code tells nothing; lines that
# begin with *** do.
function Read-AsrTransferTest {
    param($Request, $Known)
    $path = Get-AsrProductPath -Request $Request -Known $Known -Name 'transferTest'
    if ($null -eq $path -or -not (Test-Path -LiteralPath $path)) {
        return $null
    }
    $seconds = [int]$Request.transferSeconds
    $info = New-Object System.Diagnostics.ProcessStartInfo -ArgumentList $path
    $info.Arguments = '-i ' + [string]$Request.processServer.host + ' -l ' + [int]$Request.processServer.port + ' -y ' + $seconds
    $info.UseShellExecute = $false
    $info.CreateNoWindow = $true
    $info.RedirectStandardOutput = $true
    $info.RedirectStandardError = $true
    $process = New-Object System.Diagnostics.Process
    $process.StartInfo = $info
    [void]$process.Start()
    $output = $process.StandardOutput.ReadToEndAsync()
    $errors = $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit(1000 * ($seconds + 5))) {
        $process.Kill()
        return [ordered]@{ finished = $false; failures = @() }
    }
    $failures = @(($output.Result + "`n" + $errors.Result).Split([char]10) | ForEach-Object { $_.Trim() } | Where-Object { $_.StartsWith('***') -or $_.StartsWith('Exception:') -or $_.Contains('E R R O R') } | ForEach-Object { Limit-AsrText -Text $_ -Length 300 } | Select-Object -First 5)
    return [ordered]@{ finished = $true; failures = $failures }
}

# Where the registered address does not answer, the port may still do so on another of the server's own.
function Test-AsrOtherAddress {
    param([string]$Registered, [int]$Port, [int]$LimitMillis)
    $targets = New-Object System.Collections.ArrayList
    foreach ($adapter in @(Get-CimInstance -ClassName Win32_NetworkAdapterConfiguration -Filter "IPEnabled=TRUE" -OperationTimeoutSec 10)) {
        foreach ($address in @($adapter.IPAddress)) {
            if ([string]$address -match '^[\d.]+$' -and $address -ne $Registered -and $targets.Count -lt 4) {
                [void]$targets.Add((New-AsrTarget -Name 'own-address' -HostName $address -Port $Port -Tls $true -Http '/'))
            }
        }
    }
    return , (Test-AsrTarget -Targets $targets -LimitMillis $LimitMillis -ProxyHost '' -ProxyPort 0)
}

function Read-AsrTransport {
    param($Request, $Known)
    $hostName = $null
    $port = [int](Get-AsrProperty -Object $Request.product.ports -Name 'data')
    $test = $null
    if ($Known['role'] -eq 'source') {
        if ($null -ne $Request.processServer) {
            $hostName = [string]$Request.processServer.host
            $port = [int]$Request.processServer.port
            if ([int]$Request.transferSeconds -gt 0 -and $null -ne $Known['agentRoot']) {
                $test = Read-AsrTransferTest -Request $Request -Known $Known
            }
        }
    }
    elseif ($null -ne $Known['serverRoot']) {
        $configured = $null
        $file = Get-AsrProductPath -Request $Request -Known $Known -Name 'transportConfiguration'
        if ($null -ne $file) {
            $configured = (Get-AsrConfLine -Path $file -Names @('ssl_port') -Section ([string]$Request.product.files.transportConfiguration.section))['ssl_port']
        }
        if ($null -ne $configured -and $configured -match '^\d{1,5}$') {
            $port = [int]$configured
        }
        $hostName = 'localhost'
        if ($null -ne $Known['ownAddress'] -and $Known['ownAddress'] -ne '') {
            $hostName = $Known['ownAddress']
        }
    }
    # Before the request: the data port logs one that it does not know as an error.
    $logs = Read-AsrLogs -Places (Find-AsrLogPlace -Request $Request -Known $Known -Name 'transport') -Search (Get-AsrProperty -Object $Request.logs -Name 'transport') -Most 8 -Bytes ([int]$Request.logBytes) -Files 2
    $answer = $null
    if ($null -ne $hostName) {
        $target = New-AsrTarget -Name 'data-port' -HostName $hostName -Port $port -Tls $true -Http '/'
        $answer = (Test-AsrTarget -Targets @($target) -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)[0]
    }
    $others = $null
    if ($null -ne $answer -and $Known['role'] -ne 'source' -and $answer['outcome'] -ne 'connected') {
        try {
            $others = Test-AsrOtherAddress -Registered $hostName -Port $port -LimitMillis ([int]$Request.connectMillis)
        }
        catch {
            $others = $null
        }
    }
    return [ordered]@{
        port         = $port
        answer       = $answer
        logs         = $logs
        transferTest = $test
        others       = $others
    }
}

$AsrAreas['transport'] = { Read-AsrTransport -Request $request -Known $known }

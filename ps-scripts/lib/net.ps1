# Connections that are tried from the server itself, all at once, each before a limit. Failures are Winsock numbers:
# 11001 no such name, 10060 timed out, 10061 refused, 10065 no route.

function New-AsrTarget {
    param([string]$Name, [string]$HostName, [int]$Port, [bool]$Tls, [string]$Http)
    return @{ name = $Name; host = $HostName; port = $Port; tls = $Tls; http = $Http }
}

function Get-AsrSocketError {
    param($Exception)
    $at = $Exception
    while ($null -ne $at) {
        if ($at -is [System.Net.Sockets.SocketException]) {
            return [int]$at.SocketErrorCode
        }
        $at = $at.InnerException
    }
    return -1
}

# A read is timed by the socket; an answer that trickles in is timed here.
function Read-AsrHead {
    param($Stream, [int]$LimitMillis)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $head = New-Object System.Text.StringBuilder
    $one = New-Object byte[] 1
    while ($head.Length -lt 4096) {
        if ($watch.ElapsedMilliseconds -gt $LimitMillis) {
            throw (New-Object System.Net.Sockets.SocketException -ArgumentList 10060)
        }
        if ($Stream.Read($one, 0, 1) -le 0) {
            break
        }
        [void]$head.Append([char]$one[0])
        if ($one[0] -eq 10 -and $head.ToString().EndsWith("`r`n`r`n")) {
            break
        }
    }
    return $head.ToString()
}

function Get-AsrHttpStatus {
    param([string]$Head)
    if ($Head -cmatch '\AHTTP/\d\.\d (\d{3})') {
        return [int]$Matches[1]
    }
    return $null
}

function Send-AsrText {
    param($Stream, [string]$Text)
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($Text)
    $Stream.Write($bytes, 0, $bytes.Length)
}

# Whatever certificate comes is looked at, none is trusted: nothing but a request line is sent over it.
function Read-AsrTls {
    param($Stream, [string]$HostName, $Result)
    $policy = @{ errors = 0 }
    $accept = { param($from, $certificate, $chain, $errors) $policy['errors'] = [int]$errors; return $true }.GetNewClosure()
    $tls = New-Object System.Net.Security.SslStream -ArgumentList $Stream, $true, ([System.Net.Security.RemoteCertificateValidationCallback]$accept)
    $protocols = [System.Security.Authentication.SslProtocols]'Tls, Tls11, Tls12'
    $tls.AuthenticateAsClient($HostName, $null, $protocols, $false)
    $certificate = $tls.RemoteCertificate
    $Result['tls'] = [ordered]@{
        ok       = $true
        protocol = [string]$tls.SslProtocol
        subject  = [string]$certificate.Subject
        issuer   = [string]$certificate.Issuer
        problems = $policy['errors']
        error    = $null
    }
    return $tls
}

function Complete-AsrTarget {
    param($Open, [string]$Proxy, [int]$LimitMillis, [bool]$Late)
    $target = $Open['target']
    $result = $Open['result']
    try {
        $client = $Open['client']
        $client.EndConnect($Open['call'])
        $result['outcome'] = 'connected'
        $result['code'] = 0
        $client.ReceiveTimeout = $LimitMillis
        $client.SendTimeout = $LimitMillis
        if ($null -ne $client.Client -and $null -ne $client.Client.RemoteEndPoint) {
            $result['address'] = [string]$client.Client.RemoteEndPoint.Address
        }
        if (-not $target['tls']) {
            return
        }
        $result['stage'] = 'tls'
        if ($Proxy -ne '') {
            $result['stage'] = 'proxy'
        }
        if ($Late) {
            $result['code'] = 10060
            $result['error'] = 'out-of-time'
            return
        }
        $stream = $client.GetStream()
        if ($Proxy -ne '') {
            $to = $target['host'] + ':' + $target['port']
            Send-AsrText -Stream $stream -Text ("CONNECT $to HTTP/1.1`r`nHost: $to`r`n`r`n")
            $result['proxyStatus'] = Get-AsrHttpStatus -Head (Read-AsrHead -Stream $stream -LimitMillis $LimitMillis)
            if ($result['proxyStatus'] -ne 200) {
                return
            }
        }
        $result['stage'] = 'tls'
        $tls = Read-AsrTls -Stream $stream -HostName $target['host'] -Result $result
        if ($target['http'] -ne '') {
            $result['stage'] = 'http'
            Send-AsrText -Stream $tls -Text ('GET ' + $target['http'] + " HTTP/1.1`r`nHost: " + $target['host'] + "`r`nConnection: close`r`n`r`n")
            $head = Read-AsrHead -Stream $tls -LimitMillis $LimitMillis
            $result['httpStatus'] = Get-AsrHttpStatus -Head $head
            if ($head -eq '') {
                throw (New-Object System.IO.EndOfStreamException)
            }
            if ($null -eq $result['httpStatus']) {
                throw (New-Object System.IO.InvalidDataException)
            }
        }
        $result['stage'] = 'done'
    }
    catch {
        $code = Get-AsrSocketError -Exception $_.Exception
        if ($result['outcome'] -eq 'pending') {
            $result['outcome'] = 'failed'
            $result['code'] = $code
        }
        else {
            $result['error'] = [string]$_.Exception.GetBaseException().GetType().Name
            $result['code'] = $code
        }
    }
}

# Asks for all connections first, then sees each through; what has not come when the time is up has timed out.
function Test-AsrTarget {
    param($Targets, [int]$LimitMillis, [string]$ProxyHost, [int]$ProxyPort)
    $opened = New-Object System.Collections.ArrayList
    $results = New-Object System.Collections.ArrayList
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    foreach ($target in $Targets) {
        $result = [ordered]@{
            name = $target['name']; host = $target['host']; port = $target['port']; outcome = 'pending'; code = 0
            millis = 0; address = $null; stage = 'tcp'; proxyStatus = $null; tls = $null; httpStatus = $null; error = $null
        }
        [void]$results.Add($result)
        $to = $target['host']
        $port = $target['port']
        if ($ProxyHost -ne '' -and $target['tls']) {
            $to = $ProxyHost
            $port = $ProxyPort
        }
        try {
            $client = New-Object System.Net.Sockets.TcpClient
            [void]$opened.Add(@{ target = $target; result = $result; client = $client; call = $client.BeginConnect($to, $port, $null, $null); done = $false })
        }
        catch {
            $result['outcome'] = 'failed'
            $result['code'] = Get-AsrSocketError -Exception $_.Exception
        }
    }
    $left = $opened.Count
    while ($left -gt 0 -and $watch.ElapsedMilliseconds -lt $LimitMillis) {
        foreach ($open in $opened) {
            if (-not $open['done'] -and $open['call'].IsCompleted) {
                $open['done'] = $true
                $open['result']['millis'] = $watch.ElapsedMilliseconds
                $left--
            }
        }
        if ($left -gt 0) {
            Start-Sleep -Milliseconds 10
        }
    }
    foreach ($open in $opened) {
        if ($open['done']) {
            Complete-AsrTarget -Open $open -Proxy $ProxyHost -LimitMillis $LimitMillis -Late ($watch.ElapsedMilliseconds -ge 4 * $LimitMillis)
        }
        else {
            $open['result']['outcome'] = 'timed-out'
            $open['result']['code'] = 10060
            $open['result']['millis'] = $watch.ElapsedMilliseconds
        }
        $open['client'].Close()
    }
    return , $results.ToArray()
}

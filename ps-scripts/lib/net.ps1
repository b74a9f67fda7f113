# Connections that are tried from the server itself, all at once, each step of them before a limit. Failures are Winsock
# numbers: 11001 no such name, 10060 timed out, 10061 refused, 10065 no route.

function New-AsrTarget {
    param([string]$Name, [string]$HostName, [int]$Port, [bool]$Tls, [string]$Http)
    return @{ name = $Name; host = $HostName; port = $Port; tls = $Tls; http = $Http }
}

# The configuration server's web server; its root is asked for, as that asks nothing of the application.
function New-AsrControlTarget {
    param([string]$HostName, [int]$Port, [bool]$Plain)
    if ($Plain) {
        return (New-AsrTarget -Name 'configuration-server' -HostName $HostName -Port $Port -Tls $false -Http '')
    }
    return (New-AsrTarget -Name 'configuration-server' -HostName $HostName -Port $Port -Tls $true -Http '/')
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

# Answers for all certificates and keeps what is wrong with them. It is compiled, as handshakes that go on side by side ask
# on threads that cannot run scripts.
function New-AsrCertificatePolicy {
    param([int[]]$Problems)
    $expression = [System.Linq.Expressions.Expression]
    $from = $expression::Parameter([object], 'from')
    $certificate = $expression::Parameter([System.Security.Cryptography.X509Certificates.X509Certificate], 'certificate')
    $chain = $expression::Parameter([System.Security.Cryptography.X509Certificates.X509Chain], 'chain')
    $errors = $expression::Parameter([System.Net.Security.SslPolicyErrors], 'errors')
    $place = $expression::ArrayAccess($expression::Constant($Problems, [int[]]), [System.Linq.Expressions.Expression[]]@($expression::Constant(0, [int])))
    $keep = $expression::Assign($place, $expression::Convert($errors, [int]))
    $body = $expression::Block([System.Linq.Expressions.Expression[]]@($keep, $expression::Constant($true, [bool])))
    return $expression::Lambda([System.Net.Security.RemoteCertificateValidationCallback], $body, [System.Linq.Expressions.ParameterExpression[]]@($from, $certificate, $chain, $errors)).Compile()
}

# Whatever certificate comes is looked at, none is trusted: nothing but a request line is sent over it.
function Start-AsrTls {
    param($Open)
    $Open['result']['stage'] = 'tls'
    $Open['problems'] = New-Object int[] 1
    $policy = New-AsrCertificatePolicy -Problems $Open['problems']
    $Open['tls'] = New-Object System.Net.Security.SslStream -ArgumentList $Open['stream'], $true, $policy
    $protocols = [System.Security.Authentication.SslProtocols]'Tls, Tls11, Tls12'
    $Open['handshake'] = $Open['tls'].AuthenticateAsClientAsync($Open['target']['host'], $null, $protocols, $false)
}

function Complete-AsrTls {
    param($Open, [int]$LeftMillis)
    if (-not $Open['handshake'].Wait([Math]::Max(1, $LeftMillis))) {
        throw (New-Object System.Net.Sockets.SocketException -ArgumentList 10060)
    }
    $certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $Open['tls'].RemoteCertificate
    $Open['result']['tls'] = [ordered]@{
        ok         = $true
        protocol   = [string]$Open['tls'].SslProtocol
        subject    = [string]$certificate.Subject
        issuer     = [string]$certificate.Issuer
        problems   = $Open['problems'][0]
        error      = $null
        notBefore  = [DateTime]$certificate.NotBefore
        notAfter   = [DateTime]$certificate.NotAfter
        thumbprint = ([string]$certificate.Thumbprint).ToLowerInvariant()
    }
}

function Complete-AsrConnect {
    param($Open, [int]$LimitMillis)
    $result = $Open['result']
    $client = $Open['client']
    $client.EndConnect($Open['call'])
    $result['outcome'] = 'connected'
    $client.SendTimeout = $LimitMillis
    if ($null -ne $client.Client -and $null -ne $client.Client.RemoteEndPoint) {
        $result['address'] = [string]$client.Client.RemoteEndPoint.Address
    }
    $Open['stream'] = $client.GetStream()
    $Open['over'] = -not $Open['target']['tls']
}

# What has come in time is read even where others have used up the time, with a second's grace for a busy processor.
function Read-AsrAnswer {
    param($Open, $Stream, [int]$LeftMillis)
    if ($LeftMillis -le 0 -and -not $Open['client'].Client.Poll(0, [System.Net.Sockets.SelectMode]::SelectRead)) {
        throw (New-Object System.Net.Sockets.SocketException -ArgumentList 10060)
    }
    $left = [Math]::Max(100, $LeftMillis)
    $Open['client'].ReceiveTimeout = $left
    return (Read-AsrHead -Stream $Stream -LimitMillis ($left + 1000))
}

function Send-AsrConnect {
    param($Open)
    $Open['result']['stage'] = 'proxy'
    $to = $Open['target']['host'] + ':' + $Open['target']['port']
    Send-AsrText -Stream $Open['stream'] -Text ("CONNECT $to HTTP/1.1`r`nHost: $to`r`n`r`n")
}

function Complete-AsrProxy {
    param($Open, [int]$LeftMillis)
    $status = Get-AsrHttpStatus -Head (Read-AsrAnswer -Open $Open -Stream $Open['stream'] -LeftMillis $LeftMillis)
    $Open['result']['proxyStatus'] = $status
    $Open['over'] = $status -ne 200
}

function Send-AsrRequest {
    param($Open)
    $target = $Open['target']
    if ($target['http'] -eq '') {
        $Open['result']['stage'] = 'done'
        $Open['over'] = $true
        return
    }
    $Open['result']['stage'] = 'http'
    Send-AsrText -Stream $Open['tls'] -Text ('GET ' + $target['http'] + " HTTP/1.1`r`nHost: " + $target['host'] + "`r`nConnection: close`r`n`r`n")
}

function Complete-AsrRequest {
    param($Open, [int]$LeftMillis)
    $head = Read-AsrAnswer -Open $Open -Stream $Open['tls'] -LeftMillis $LeftMillis
    if ($head -eq '') {
        throw (New-Object System.IO.EndOfStreamException)
    }
    $status = Get-AsrHttpStatus -Head $head
    if ($null -eq $status) {
        throw (New-Object System.IO.InvalidDataException)
    }
    $Open['result']['httpStatus'] = $status
    $Open['result']['stage'] = 'done'
}

# One step of all connections that are still going on; what goes wrong is the end of that connection alone.
function Step-AsrOpened {
    param($Opened, [scriptblock]$Read)
    foreach ($open in $Opened) {
        if ($open['over']) {
            continue
        }
        try {
            [void](& $Read)
        }
        catch {
            $open['over'] = $true
            $open['result']['code'] = Get-AsrSocketError -Exception $_.Exception
            if ($open['result']['outcome'] -eq 'pending') {
                $open['result']['outcome'] = 'failed'
            }
            else {
                $open['result']['error'] = [string]$_.Exception.GetBaseException().GetType().Name
            }
        }
    }
}

# Every step is begun on all connections before any is waited for, so that one that hangs takes no time from the others;
# what has not come when a step's time is up has timed out.
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
            # Without a family .NET Framework speaks IPv4 alone.
            $literal = $null
            $family = [System.Net.Sockets.AddressFamily]::InterNetwork
            if ([System.Net.IPAddress]::TryParse($to, [ref]$literal)) {
                $family = $literal.AddressFamily
            }
            $client = New-Object System.Net.Sockets.TcpClient -ArgumentList $family
            [void]$opened.Add(@{ target = $target; result = $result; client = $client; call = $client.BeginConnect($to, $port, $null, $null); done = $false; over = $false })
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
        if (-not $open['done']) {
            $open['over'] = $true
            $open['result']['outcome'] = 'timed-out'
            $open['result']['code'] = 10060
            $open['result']['millis'] = $watch.ElapsedMilliseconds
        }
    }
    Step-AsrOpened -Opened $opened -Read { Complete-AsrConnect -Open $open -LimitMillis $LimitMillis }
    if ($ProxyHost -ne '') {
        Step-AsrOpened -Opened $opened -Read { Send-AsrConnect -Open $open }
        $until = $watch.ElapsedMilliseconds + $LimitMillis
        Step-AsrOpened -Opened $opened -Read { Complete-AsrProxy -Open $open -LeftMillis ($until - $watch.ElapsedMilliseconds) }
    }
    Step-AsrOpened -Opened $opened -Read { Start-AsrTls -Open $open }
    # For a certificate of an unknown authority Windows asks Windows Update first, which takes 15 s where it is out of reach.
    $until = $watch.ElapsedMilliseconds + 4 * $LimitMillis
    Step-AsrOpened -Opened $opened -Read { Complete-AsrTls -Open $open -LeftMillis ($until - $watch.ElapsedMilliseconds) }
    Step-AsrOpened -Opened $opened -Read { Send-AsrRequest -Open $open }
    $until = $watch.ElapsedMilliseconds + $LimitMillis
    Step-AsrOpened -Opened $opened -Read { Complete-AsrRequest -Open $open -LeftMillis ($until - $watch.ElapsedMilliseconds) }
    foreach ($open in $opened) {
        $open['client'].Close()
    }
    return , $results.ToArray()
}
